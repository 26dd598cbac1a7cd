import Glibc
import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

/// The real binary on a real server: what it does to the database, and what it says.
@Suite struct DataModelCommandTests {
    private static let postgres = RunningPostgres.shared

    private static let production: [String: String] = [
        "MARQUEE_ENV": "production", "MARQUEE_CORS_ORIGINS": "https://films.example",
        "MARQUEE_SIGNING_KEYS":
            "a:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    ]

    /// Runs the binary to its end.
    private func marquee(
        _ arguments: [String], _ url: String, _ environment: [String: String] = [:]
    ) async throws -> ChildProcess.Report {
        try await onLoop {
            var plan = ChildProcess.Plan(executable: RunningMarquee.path, arguments: arguments)
            plan.environment = RunningMarquee.environment.merging(environment) { $1 }
            plan.environment["DATABASE_URL"] = url
            plan.environment["MARQUEE_MIGRATE"] = environment["MARQUEE_MIGRATE"]
            return try await ChildProcess.run(plan, deadlineMilliseconds: 120_000)
        }
    }

    private func run(_ script: String, _ url: String) async throws {
        try await onLoop {
            let connection = try await SerialConnection.connect(to: PostgresAddress(url).patient)
            defer { connection.close() }
            try await connection.run(script: script)
        }
    }

    private func start(
        _ arguments: [String] = [], _ url: String, _ environment: [String: String?] = [:]
    ) async throws -> RunningMarquee {
        var environment = environment
        environment["DATABASE_URL"] = url
        environment["MARQUEE_MIGRATE"] = environment["MARQUEE_MIGRATE"] ?? .some(nil)
        return try await RunningMarquee.start(
            ["serve", "--workers", "1"] + arguments, environment: environment)
    }

    @Test func `migrate shows, plans and does, once`() async throws {
        let url = try await Self.postgres.newDatabase("command_migrate")
        let plan = try await marquee(["migrate", "--dry-run"], url)
        #expect(plan.output.hasPrefix("0001_foundations.sql\n0002_"))
        let missing = try await marquee(["migrate", "--status"], url)
        #expect(missing.output.hasPrefix("0001_foundations.sql  missing\n"))
        let done = try await marquee(["migrate"], url)
        #expect(done.end == .exited(0))
        #expect(done.output.hasPrefix("applying 0001_foundations.sql\n"))
        let again = try await marquee(["migrate"], url)
        #expect(again.output == "The database is up to date.\n")
        let status = try await marquee(["migrate", "--status"], url)
        #expect(status.output.hasPrefix("0001_foundations.sql  applied 20"))
        try await run("UPDATE marquee_migration SET checksum = sha256('') WHERE number = 2", url)
        let edited = try await marquee(["migrate"], url)
        #expect(edited.end == .exited(1))
        #expect(edited.output.hasPrefix("marquee: migrate: Migrations/0002_media.sql was changed"))
        #expect(edited.output.split(separator: "\n").count == 1)
    }

    @Test func `seed fills what is empty, and the rest when it is told so`() async throws {
        let url = try await Self.postgres.newDatabase("command_seed")
        let first = try await marquee(["seed"], url)
        #expect(first.end == .exited(0))
        #expect(first.output.contains("Seeding: 100 %"))
        let password = try self.password(in: first.output, of: "admin@example.com")
        try await expect(password, of: "admin@example.com", at: url)
        let second = try await marquee(["seed"], url)
        #expect(second.end == .exited(1))
        #expect(
            second.output == "marquee: seed: the database has data already; "
                + "`marquee seed --reset` loses all of it first, and "
                + "`marquee admin create EMAIL` only adds an admin\n")
        #expect(try await marquee(["seed", "--reset"], url).end == .exited(0))
        let refused = try await marquee(["seed", "--reset"], url, Self.production)
        #expect(refused.output == "marquee: seed: --reset is not for production.\n")
        let unknown = try await marquee(["seed", "--scale", "huge"], url)
        #expect(unknown.end == .exited(64))
    }

    @Test func `an admin is made from the command line, and told the password once`() async throws {
        let url = try await Self.postgres.newDatabase("command_admin")
        let early = try await marquee(["admin", "create", "ada@films.example"], url)
        #expect(early.end == .exited(1))
        #expect(early.output.hasPrefix("marquee: admin: the database lacks 12 migrations"))
        _ = try await marquee(["migrate"], url)
        let done = try await marquee(
            ["admin", "create", "Ada@films.example", "--name", "Ada"], url, Self.production)
        #expect(done.end == .exited(0))
        let password = try self.password(in: done.output, of: "Ada@films.example")
        try await expect(password, of: "Ada@films.example", at: url)
        try await run(
            """
            DO $$ BEGIN ASSERT (SELECT (name, role) = ('Ada', 'ADMIN') FROM account);
            ASSERT (SELECT count(*) = 1 FROM admin_log JOIN account ON subject_id = account.id::text
                WHERE action = 'admin.create' AND actor_id IS NULL); END $$
            """, url)
        let refusals = [
            (["create", "ada@FILMS.example"], "there is an account with this email already"),
            (["create", "ada"], "this is no email"),
            (["create", "b@films.example", "--name", " "], "a name is one line"),
        ]
        for (operands, complaint) in refusals {
            let refused = try await marquee(["admin"] + operands, url)
            #expect(refused.end == .exited(1))
            #expect(refused.output.hasPrefix("marquee: admin: \(complaint)"))
            #expect(refused.output.split(separator: "\n").count == 1)
        }
        for operands in [[], ["create"], ["delete", "ada@films.example"]] {
            #expect(try await marquee(["admin"] + operands, url).end == .exited(64))
        }
    }

    @Test func `an argument that is no text is refused`() async throws {
        let report = try await onLoop {
            let script = #"exec "$0" admin create "$(printf 'a\377@films.example')""#
            var plan = ChildProcess.Plan(
                executable: "/bin/sh", arguments: ["-c", script, RunningMarquee.path])
            plan.environment = RunningMarquee.environment
            return try await ChildProcess.run(plan, deadlineMilliseconds: 120_000)
        }
        #expect(report.end == .exited(64))
        #expect(
            report.output == "marquee: an argument is not UTF-8; write all of them in that.\n")
    }

    /// What the last line gives away.
    private func password(in output: String, of email: String) throws -> String {
        let line = try #require(output.split(separator: "\n").last)
        let start = "The admin is \(email), with the password "
        let end = ": shown this once."
        try #require(line.hasPrefix(start) && line.hasSuffix(end))
        return String(line.dropFirst(start.count).dropLast(end.count))
    }

    private func expect(_ password: String, of email: String, at url: String) async throws {
        let isRight = try await onLoop {
            let connection = try await SerialConnection.connect(to: PostgresAddress(url).patient)
            defer { connection.close() }
            let stored = try await connection.run(
                "SELECT password_hash FROM account WHERE email = \(email)")[0].text(0)
            let verdict = try await PasswordHasher().verify(
                password, against: PasswordHash(parsing: stored))
            return verdict == .right(needsRenewal: false)
        }
        #expect(isRight)
    }

    @Test func `in development serve migrates first, and fills an empty database if asked`()
        async throws
    {
        let url = try await Self.postgres.newDatabase("command_development")
        for isFirst in [true, false] {
            let marquee = try await start(["--demo"], url)
            try await marquee.waitForLine(containing: #""message":"serving""#)
            try await marquee.stop()
            let said = try await marquee.lines.joined(separator: "\n")
            #expect(said.contains("The admin is admin@example.com, with the password ") == isFirst)
        }
        try await run("SELECT 1 / (count(*) - 199) FROM movie", url)
    }

    @Test func `in production serve waits for migrate, unless it may do so itself`() async throws {
        let url = try await Self.postgres.newDatabase("command_production")
        let refused = try await marquee(["serve"], url, Self.production)
        #expect(refused.end == .exited(1))
        #expect(refused.output.contains("marquee: the database lacks 12 migrations (0001_"))
        #expect(refused.output.contains("run `marquee migrate`, or set MARQUEE_MIGRATE=auto\n"))
        let demo = try await marquee(["serve", "--demo"], url, Self.production)
        #expect(demo.output == "marquee: serve: --demo is not for production.\n")
        var environment = Self.production.mapValues { Optional($0) }
        environment["MARQUEE_MIGRATE"] = "auto"
        for _ in 0..<2 {
            let marquee = try await start([], url, environment)
            try await marquee.waitForLine(containing: #""message":"serving""#)
            try await marquee.stop()
            environment["MARQUEE_MIGRATE"] = "check"
        }
    }

    @Test func `an upgrade that does not fit the database leaves the old workers`() async throws {
        let url = try await Self.postgres.newDatabase("command_upgrade")
        let marquee = try await start([], url)
        try await marquee.waitForLine(containing: #""message":"serving""#)
        let workers = try await marquee.workers
        try await run("UPDATE marquee_migration SET checksum = sha256('') WHERE number = 1", url)
        try await marquee.signal(SIGHUP)
        try await marquee.waitForLine(containing: "upgrade given up: Migrations/0001_foundations")
        #expect(try await marquee.get("/readyz").status == 200)
        #expect(try await marquee.workers == workers)
        #expect(try await marquee.metric("marquee_upgrades_failed_total") == 1)
        try await marquee.stop()
    }

    @Test func `a database that cannot be had is one line and what to do`() async throws {
        try await run(
            "CREATE ROLE guest LOGIN CONNECTION LIMIT 0", Self.postgres.url(of: "postgres"))
        let cases = [
            (
                "postgres://me:secret@127.0.0.1:1/films",
                "postgres://me@127.0.0.1:1/films cannot be reached: Connection refused; "
                    + "start it, or correct DATABASE_URL"
            ),
            (
                Self.postgres.url(of: "nowhere"),
                #"postgres://postgres@/nowhere cannot be reached: database "nowhere" does not "#
                    + "exist; correct DATABASE_URL"
            ),
            (
                Self.postgres.url(of: "postgres", user: "stranger"),
                #"postgres://stranger@/postgres cannot be reached: role "stranger" does not "#
                    + "exist; correct DATABASE_URL"
            ),
            (
                Self.postgres.url(of: "postgres", user: "guest"),
                #"postgres://guest@/postgres cannot be reached: too many connections for role "#
                    + #""guest"; end connections of others, or raise its max_connections"#
            ),
        ]
        for (url, words) in cases {
            for command in ["migrate", "seed"] {
                let report = try await marquee([command], url)
                #expect(report.end == .exited(1))
                #expect(report.output == "marquee: \(command): the database \(words)\n")
            }
            let report = try await marquee(["serve"], url)
            #expect(report.end == .exited(1))
            #expect(report.output == "marquee: the database \(words)\n")
        }
    }

    /// Runs what works on the database, and expects of each one line with these words.
    private func expectRefusal(_ words: String, _ url: String) async throws {
        for command in ["migrate", "serve", "seed", "doctor"] {
            let report = try await marquee([command], url)
            #expect(report.end == .exited(1))
            let lines = report.output.split(separator: "\n").filter { $0.contains(words) }
            #expect(lines.count == 1, "\(command): \(report.output)")
            #expect(!report.output.contains(#""message":"serving""#))
        }
    }

    @Test func `a migration that fails is told, and nothing serves until it is mended`()
        async throws
    {
        let url = try await Self.postgres.newDatabase("command_half_migrated")
        try await run("CREATE TABLE account (id int)", url)
        let failed = try await marquee(["migrate"], url)
        #expect(failed.end == .exited(1))
        #expect(
            failed.output.contains("marquee: migrate: Migrations/0003_accounts.sql:"),
            "\(failed.output)")
        #expect(
            failed.output.hasSuffix(
                #"relation "account" already exists [42P07]; "#
                    + "nothing of this migration is applied: mend it, run again\n"))
        for environment in [["MARQUEE_MIGRATE": "auto"], ["MARQUEE_MIGRATE": "check"]] {
            let refused = try await marquee(["serve"], url, environment)
            #expect(refused.end == .exited(1))
            let last = refused.output.split(separator: "\n").last
            #expect(last?.hasPrefix("marquee: ") == true, "\(refused.output)")
            #expect(!refused.output.contains(#""message":"serving""#))
        }
        try await run("DROP TABLE account", url)
        #expect(try await marquee(["migrate"], url).end == .exited(0))
        #expect(try await marquee(["doctor"], url).output.contains("PostgreSQL"))
    }

    /// Views in front of the server's own tell what a lesser server would.
    @Test func `a server that lacks an extension is told what to install`() async throws {
        let url = try await Self.postgres.newDatabase("command_extensions")
        try await run(
            """
            CREATE SCHEMA lesser;
            CREATE VIEW lesser.pg_available_extensions AS
                SELECT * FROM pg_catalog.pg_available_extensions WHERE name <> 'pg_trgm';
            ALTER DATABASE command_extensions SET search_path = lesser, pg_catalog, public;
            """, url)
        try await expectRefusal("the server lacks the extension pg_trgm", url)
    }

    @Test func `a database in another encoding is told how to make a right one`() async throws {
        let url = try await Self.postgres.newDatabase("command_latin", encoding: "LATIN1")
        try await expectRefusal("is encoded in LATIN1 but Marquee needs UTF8", url)
    }

    @Test func `an old server is told to be upgraded`() async throws {
        let server = try OldPostgres()
        try await expectRefusal(
            "the server is PostgreSQL 12 but Marquee needs 13 or later", server.url)
        server.close()
    }

    @Test func `doctor tells what is the matter with the database`() async throws {
        let gone = try await marquee(["doctor"], "postgres://me:secret@127.0.0.1:1/films")
        #expect(gone.end == .exited(1))
        #expect(gone.output.contains("missing  PostgreSQL"))
        #expect(
            gone.output.contains("the database postgres://me@127.0.0.1:1/films cannot be reached"))
        #expect(gone.output.contains("Start it, or correct DATABASE_URL."))
        let url = try await Self.postgres.newDatabase("command_doctor")
        let unmigrated = try await marquee(["doctor"], url, ["MARQUEE_MIGRATE": "check"])
        #expect(unmigrated.output.contains("lacks 12 migrations"))
        #expect(try await marquee(["migrate"], url).end == .exited(0))
        let well = try await marquee(["doctor"], url, ["MARQUEE_MIGRATE": "check"])
        #expect(well.output.contains("ok       PostgreSQL"), "\(well.output)")
    }
}
