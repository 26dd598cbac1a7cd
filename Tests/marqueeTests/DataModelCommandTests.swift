import Glibc
import Postgres
import Reactor
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
            let connection = try await SerialConnection.connect(to: PostgresAddress(url))
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
        #expect(first.output.hasSuffix("The admin is admin@example.com.\n"))
        let second = try await marquee(["seed"], url)
        #expect(second.end == .exited(1))
        #expect(
            second.output == "marquee: seed: the database has data already; "
                + "`marquee seed --reset` loses all of it first\n")
        #expect(try await marquee(["seed", "--reset"], url).end == .exited(0))
        let refused = try await marquee(["seed", "--reset"], url, Self.production)
        #expect(refused.output == "marquee: seed: --reset is not for production.\n")
        let unknown = try await marquee(["seed", "--scale", "huge"], url)
        #expect(unknown.end == .exited(64))
    }

    @Test func `in development serve migrates first, and fills an empty database if asked`()
        async throws
    {
        let url = try await Self.postgres.newDatabase("command_development")
        for _ in 0..<2 {
            let marquee = try await start(["--demo"], url)
            try await marquee.waitForLine(containing: #""message":"serving""#)
            try await marquee.stop()
        }
        try await run("SELECT 1 / (count(*) - 199) FROM movie", url)
    }

    @Test func `in production serve waits for migrate, unless it may do so itself`() async throws {
        let url = try await Self.postgres.newDatabase("command_production")
        let refused = try await marquee(["serve"], url, Self.production)
        #expect(refused.end == .exited(1))
        #expect(refused.output.contains("marquee: the database lacks 9 migrations (0001_"))
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
}
