import Database
import Gateway
import Reactor
import Testing

@Suite struct DoctorTests {
    private static let healthy = MachineFacts(
        openFiles: (soft: 16_640, hard: 16_640),
        postgres: [PostgresBinaries(folder: "/usr/lib/postgresql/15/bin", majorVersion: 15)],
        hasTimeZones: true, cores: 6, memoryBytes: 512 << 20, isWorkingFolderWritable: true,
        isCheckout: false, probe: { _ in .free },
        probeDatabase: { _ in .usable(version: 150_007, missing: 0, connections: 97) })

    private func run(
        _ arguments: [String] = [], with environment: [String: String] = Samples.development,
        isColorful: Bool = false, _ change: (inout MachineFacts) -> Void = { _ in }
    ) -> Run {
        var facts = Self.healthy
        change(&facts)
        let captured = CapturedTerminal(isColorful: isColorful)
        let found = facts
        let surroundings = Surroundings(environment: environment, machine: Samples.machine) {
            _ throws(TextFile.Fault) in
            throw TextFile.Fault(isAbsence: true, reason: "No such file or directory")
        }
        let code = CommandLineTool(commands: [.doctor { _ in found }]).run(
            arguments: ["doctor"] + arguments, in: surroundings, output: captured.terminal)
        return Run(code: code, output: captured.output, error: captured.error)
    }

    /// The check's own lines, without those of the others.
    private func lines(_ name: String, of run: Run) -> [String] {
        let lines = run.output.split(separator: "\n").map(String.init)
        guard let first = lines.firstIndex(where: { $0.contains("  \(name)  ") }) else { return [] }
        return [lines[first]] + lines[(first + 1)...].prefix { $0.hasPrefix("          ") }
    }

    @Test func `a healthy machine lacks nothing`() {
        #expect(
            run()
                == Run(
                    code: 0,
                    output: """
                        ok       configuration           development, readable
                        ok       open files              16640 allowed, 16640 needed
                        ok       PostgreSQL              15 in /usr/lib/postgresql/15/bin
                        ok       time zones              /usr/share/zoneinfo
                        ok       cores                   6 online, 6 wanted for workers
                        ok       memory                  512 MiB
                        ok       working folder          writable, for .marquee/
                        ok       address 127.0.0.1:4000  free

                        Nothing is missing.

                        """))
    }

    @Test func `what is missing is mended by one command`() {
        let found = run { facts in
            facts.postgres = [PostgresBinaries(folder: "/old", majorVersion: 12)]
            facts.hasTimeZones = false
        }
        #expect(found.code == 1)
        #expect(
            lines("PostgreSQL", of: found) == [
                "missing  PostgreSQL              only 12 in /old",
                "                                 "
                    + "Install PostgreSQL 13 or later, or set DATABASE_URL.",
            ])
        #expect(
            found.output.hasSuffix(
                "\nTo install what is missing: sudo apt-get install postgresql tzdata\n"))
    }

    @Test func `in a checkout the one command is its setup`() {
        let found = run { facts in
            facts.postgres = []
            facts.isCheckout = true
        }
        #expect(found.output.hasSuffix("\nTo install what is missing: script/setup\n"))
        #expect(lines("PostgreSQL", of: found)[0].hasSuffix("  no initdb and postgres found"))
    }

    @Test func `a given database needs no programs, and its password stays out`() {
        let found = run(with: Samples.production) { $0.postgres = [] }
        #expect(found.code == 0)
        #expect(
            lines("PostgreSQL", of: found)[0].hasSuffix(
                "  15 at postgres://marquee@db:5432/films"))
        #expect(!found.output.contains("hunter2"))
    }

    @Test(
        arguments: [
            (
                .unusable(
                    "the database a cannot be reached: no; start it, or correct DATABASE_URL"),
                "missing", "the database a cannot be reached: no",
                "Start it, or correct DATABASE_URL."
            ),
            (
                .usable(version: 130_000, missing: 2, connections: 97), "missing",
                "13 at postgres://marquee@db:5432/films, lacks 2 migrations",
                "Run `marquee migrate`, or set MARQUEE_MIGRATE=auto."
            ),
            (
                .usable(version: 160_000, missing: 0, connections: 47), "missing",
                "16 at postgres://marquee@db:5432/films, allows 47 connections where 48 are wanted",
                "Raise its max_connections, or lower MARQUEE_WORKERS or "
                    + "MARQUEE_DATABASE_LEASED_CONNECTIONS."
            ),
        ] as [(DatabaseProbe.Outcome, String, String, String)])
    func `a given database is tried`(
        outcome: DatabaseProbe.Outcome, word: String, detail: String, remedy: String
    ) {
        let found = run(with: Samples.production) { $0.probeDatabase = { _ in outcome } }
        let lines = lines("PostgreSQL", of: found)
        #expect(lines.first?.hasPrefix(word) == true)
        #expect(lines.first?.hasSuffix("  " + detail) == true, "\(lines)")
        #expect(lines.last?.hasSuffix("  " + remedy) == true)
        #expect(found.code == (word == "missing" ? 1 : 0))
    }

    @Test(
        arguments: [
            (RedisProbe.Outcome.usable, "open", "ok", "redis://cache:6379/0", Int32(0)),
            (.unusable("the Redis is gone; start it"), "open", "warning", "Start it.", 0),
            (.unusable("the Redis is gone; start it"), "closed", "missing", "Start it.", 1),
        ])
    func `a given Redis is tried`(
        outcome: RedisProbe.Outcome, failure: String, word: String, last: String, code: Int32
    ) {
        var environment = Samples.development
        environment["REDIS_URL"] = "redis://:hunter2@cache"
        environment["MARQUEE_RATE_LIMIT_FAILURE"] = failure
        let found = run(with: environment) { $0.probeRedis = { _ in outcome } }
        let lines = lines("Redis", of: found)
        #expect(lines.first?.hasPrefix(word) == true)
        #expect(lines.last?.hasSuffix("  " + last) == true, "\(lines)")
        #expect(found.code == code)
        #expect(!found.output.contains("hunter2"))
    }

    @Test func `what is missing of the data model is no worry where it comes at the start`() {
        let environment = Samples.production.merging(["MARQUEE_MIGRATE": "auto"]) { $1 }
        let found = run(with: environment) {
            $0.probeDatabase = { _ in .usable(version: 150_000, missing: 9, connections: 97) }
        }
        #expect(lines("PostgreSQL", of: found)[0].hasPrefix("ok "))
    }

    @Test(
        arguments: [
            (16_639, 16_640, "warning", "Run `ulimit -n 16640`.", Int32(0)),
            (
                1024, 16_639, "missing",
                "Raise the hard limit of 16639 (LimitNOFILE of systemd, nofile of limits.conf), "
                    + "or lower MARQUEE_MAX_CONNECTIONS.", 1
            ),
        ] as [(UInt64, UInt64, String, String, Int32)])
    func `too few open files are a matter of the hard limit`(
        soft: UInt64, hard: UInt64, outcome: String, remedy: String, code: Int32
    ) {
        let found = run { $0.openFiles = (soft, hard) }
        let lines = lines("open files", of: found)
        #expect(found.code == code)
        #expect(lines.first?.hasPrefix(outcome) == true)
        #expect(lines.last?.hasSuffix("  " + remedy) == true)
    }

    @Test(arguments: [
        (AddressProbe.Outcome.taken, "warning", Int32(0)),
        (.refused("Permission denied"), "missing", 1),
    ])
    func `each address is tried`(outcome: AddressProbe.Outcome, word: String, code: Int32) {
        let environment = Samples.development.merging(["MARQUEE_LISTEN": "*:80,*:81"]) { $1 }
        let found = run(with: environment) { facts in
            facts.probe = { $0 == .everywhere(port: 80) ? outcome : .free }
        }
        #expect(found.code == code)
        #expect(lines("address *:80", of: found)[0].hasPrefix(word))
        #expect(lines("address *:81", of: found)[0].hasPrefix("ok "))
    }

    @Test func `an unreadable configuration hides nothing else`() {
        let found = run(with: [:])
        #expect(found.code == 1)
        #expect(
            lines("configuration", of: found) == [
                "missing  configuration   3 problems",
                "                         See `marquee serve --check`; "
                    + "MARQUEE_ENV=development needs nothing.",
            ])
        #expect(lines("open files", of: found)[0].hasPrefix("ok "))
        #expect(found.output.hasSuffix("\nMissing: 1. The lines above say what to do.\n"))
    }

    @Test func `a missing file is a fault of the configuration`() {
        let found = run(["--env-file", "a.env"])
        #expect(
            lines("configuration", of: found)[0]
                == "missing  configuration   a.env cannot be read: No such file or directory.")
    }

    @Test func `more workers than cores, or little memory, only warns`() {
        let found = run { facts in
            facts.cores = 5
            facts.memoryBytes = 511 << 20
        }
        #expect(found.code == 0)
        #expect(lines("cores", of: found)[0].hasPrefix("warning"))
        #expect(lines("memory", of: found)[0].hasPrefix("warning"))
    }

    @Test func `a working folder must be writable`() {
        let found = run { $0.isWorkingFolderWritable = false }
        #expect(found.code == 1)
        #expect(lines("working folder", of: found)[0].hasPrefix("missing"))
    }

    @Test func `machines are told the same`() {
        let found = run(["--json"]) { $0.postgres = [] }
        #expect(found.code == 1)
        #expect(found.output.hasPrefix(#"{"ok":false,"checks":[{"name":"configuration","#))
        #expect(
            found.output.contains(
                #"{"name":"PostgreSQL","outcome":"missing","#
                    + #""detail":"no initdb and postgres found","#
                    + #""remedy":"Install PostgreSQL 13 or later, or set DATABASE_URL."}"#))
        #expect(
            found.output.hasSuffix(#"],"command":"sudo apt-get install postgresql"}"# + "\n"))
    }

    @Test func `colours come only where they are wanted`() {
        #expect(run(isColorful: true).output.hasPrefix("\u{1B}[32mok\u{1B}[0m       config"))
    }
}

@Suite struct `What doctor looks at` {
    @Test(arguments: [
        ("postgres (PostgreSQL) 15.7 (Debian 15.7-0+deb12u1)\n", 15),
        ("postgres (PostgreSQL) 18devel\n", 18), ("postgres (PostgreSQL) 9.6.24\n", 9),
    ])
    func `a server announces its version`(text: String, version: Int) {
        #expect(PostgresBinaries.majorVersion(in: text) == version)
    }

    @Test(arguments: ["", "postgres", "postgres (PostgreSQL)", "postgres (PostgreSQL) new"])
    func `another announcement is none`(text: String) {
        #expect(PostgresBinaries.majorVersion(in: text) == nil)
    }

    @Test func `an address is tried by binding it`() {
        #expect(AddressProbe.outcome(of: .everywhere(port: 0)) == .free)
        #expect(AddressProbe.outcome(of: .internet(host: "127.0.0.1", port: 0)) == .free)
        #expect(
            AddressProbe.outcome(of: .internet(host: "192.0.2.1", port: 0))
                == .refused("this machine has no such address; choose one it has"))
        #expect(AddressProbe.outcome(of: .unix(path: "/marquee-no-such-folder/a")) != .free)
    }

    @Test func `this machine has cores and memory`() {
        let facts = MachineFacts.ofThisMachine(searchPath: "")
        #expect(facts.cores > 0)
        #expect(facts.memoryBytes > 0)
        #expect(facts.openFiles.hard >= facts.openFiles.soft)
    }
}
