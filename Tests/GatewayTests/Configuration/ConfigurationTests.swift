import Gateway
import HTTP
import Reactor
import Secrets
import Testing

@Suite struct ConfigurationTests {
    @Test func `development needs nothing`() throws {
        let configuration = try Samples.read([:])
        #expect(configuration.mode == .development)
        #expect(configuration.listen == [.internet(host: "127.0.0.1", port: 4000)])
        #expect(configuration.workers == 6)
        #expect(configuration.allowedOrigins == .any)
        #expect(configuration.database == nil)
        #expect(configuration.signingKeys.isEmpty)
        #expect(configuration.trustedProxies.isEmpty)
        #expect(configuration.metricsReaders.count == 6)
    }

    @Test func `defaults have the documented sizes and times`() throws {
        let configuration = try Samples.read([:], over: Samples.production)
        #expect(configuration.limits.connections == 16384)
        #expect(configuration.limits.connectionsPerAddress == 1024)
        #expect(configuration.limits.headBytes == 32768)
        #expect(configuration.limits.targetBytes == 8192)
        #expect(configuration.limits.bodyBytes == 1_048_576)
        #expect(configuration.limits.minimumBytesPerSecond == 1024)
        #expect(configuration.timeLimits.headerMilliseconds == 10_000)
        #expect(configuration.timeLimits.bodyGraceMilliseconds == 30_000)
        #expect(configuration.timeLimits.idleMilliseconds == 75_000)
        #expect(configuration.timeLimits.sendMilliseconds == 30_000)
        #expect(configuration.timeLimits.requestMilliseconds == 10_000)
        #expect(configuration.timeLimits.drainMilliseconds == 30_000)
        #expect(configuration.timeLimits.stopDelayMilliseconds == 1000)
        #expect(configuration.compression.isEnabled)
        #expect(configuration.compression.minimumBytes == 1024)
        #expect(configuration.blocking.threads == 4)
        #expect(configuration.blocking.queue == 256)
        #expect(configuration.log.level == .info)
        #expect(configuration.log.format == .auto)
        #expect(configuration.log.timeZone == "UTC")
        #expect(configuration.log.recordsAccess)
    }

    @Test func `production is the default and names all that it needs`() {
        #expect(
            Samples.fault([:], over: [:]) == """
                The configuration has 3 problems:
                  MARQUEE_CORS_ORIGINS is not set, but production needs it. Give exact origins \
                (scheme://host or scheme://host:port) with commas, or none.
                  DATABASE_URL is not set, but production needs it. Give \
                postgres://user:password@host:port/database, special characters as %40 and so on.
                  MARQUEE_SIGNING_KEYS is not set, but production needs it. Give id:key or \
                id:ed25519:key with commas, each key 32 random bytes in base64 or hexadecimal, as \
                `openssl rand -base64 32` makes them.
                """)
    }

    @Test func `production starts with origins, database and keys`() throws {
        let configuration = try Samples.read([:], over: Samples.production)
        #expect(configuration.mode == .production)
        #expect(configuration.allowedOrigins == .listed(["https://films.example"]))
        #expect(configuration.signingKeys.map(\.id) == ["a"])
        #expect(configuration.database?.description == "postgres://marquee@db:5432/films")
    }

    @Test func `all problems are listed at once, in the order of the table`() {
        let variables = [
            "MARQUEE_WORKERS": "many", "MARQUEE_IDLE_TIMEOUT": "75", "MARQUEE_GZIP": "perhaps",
            "MARQUEE_LOG_LEVEL": "warn", "MARQUEE_TRUSTED_PROXIES": "10.0.0.0/8, 10.0.0.1/8",
            "MARQUEE_WORKER": "4", "DATABASE_URL": "mysql://root:hunter2@db/films",
            "MARQUEE_CORS_ORIGINS": "*", "MARQUEE_SIGNING_KEYS": "a:abcd",
        ]
        #expect(
            Samples.fault(variables, over: [:]) == """
                The configuration has 9 problems:
                  MARQUEE_WORKERS="many" is not a whole number. Give auto or a whole number from \
                1 to 64.
                  MARQUEE_LOG_LEVEL="warn" is not one of the choices. Did you mean warning? Give \
                debug, info, warning or error.
                  MARQUEE_CORS_ORIGINS="*" lets every web page in, which only development may. \
                Give exact origins (scheme://host or scheme://host:port) with commas, or none.
                  MARQUEE_TRUSTED_PROXIES="10.0.0.0/8, 10.0.0.1/8", entry 2, has bits set behind \
                its prefix of 8. Give IP addresses and CIDR blocks with commas, private, any or \
                none.
                  DATABASE_URL does not begin with postgres:// or postgresql://. Give \
                postgres://user:password@host:port/database, special characters as %40 and so on.
                  MARQUEE_SIGNING_KEYS, entry 1, has a key of 2 bytes where 32 is the least. Give \
                id:key or id:ed25519:key with commas, each key 32 random bytes in base64 or \
                hexadecimal, as `openssl rand -base64 32` makes them.
                  MARQUEE_IDLE_TIMEOUT="75" has no unit. Give a duration from 10ms to 24h, in \
                ms, s, m or h.
                  MARQUEE_GZIP="perhaps" is neither on nor off. Give on or off.
                  MARQUEE_WORKER is not a variable of Marquee. Did you mean MARQUEE_WORKERS?
                """)
    }

    @Test func `an unreadable mode asks for nothing else`() {
        #expect(
            Samples.fault([:], over: ["MARQUEE_ENV": "dev"]) == """
                The configuration has 1 problem:
                  MARQUEE_ENV="dev" is not one of the choices. Did you mean development? Give \
                production or development.
                """)
    }

    @Test(arguments: ["", " ", "\n"])
    func `a blank value counts as not set`(blank: String) throws {
        #expect(try Samples.read(["MARQUEE_WORKERS": blank]).workers == 6)
    }

    @Test func `blanks around a value are ignored`() throws {
        #expect(try Samples.read(["MARQUEE_WORKERS": " 3\n"]).workers == 3)
    }

    @Test(arguments: [
        ("MARQUEE_WORKRES", "Did you mean MARQUEE_WORKERS?"),
        ("MARQUEE_LOGLEVEL", "Did you mean MARQUEE_LOG_LEVEL?"),
        ("MARQUEE_HEAD_BYTES", "Did you mean MARQUEE_MAX_HEAD_BYTES?"),
        ("MARQUEE_DATABASE_URL", "Did you mean DATABASE_URL?"),
        ("MARQUEE_ZZZZZZZZ", "Unset it; `marquee serve --help` lists all variables."),
    ])
    func `an unknown variable is refused with the nearest name`(name: String, remedy: String) {
        #expect(
            Samples.fault([name: "hunter2"]) == """
                The configuration has 1 problem:
                  \(name) is not a variable of Marquee. \(remedy)
                """)
    }

    @Test func `variables of others are none of its business`() throws {
        _ = try Samples.read(["PATH": "/bin", "MARQUEEN": "1", "marquee_env": "x"])
    }

    @Test func `control characters of a value stay out of the report`() {
        #expect(
            Samples.fault(["MARQUEE_GZIP": "a\u{1B}[31m\nb"]).contains(
                "MARQUEE_GZIP=\"a\u{FFFD}[31m\u{FFFD}b\" is neither"))
    }

    @Test func `a very long value is cut in the report`() {
        let text = Samples.fault(["MARQUEE_GZIP": String(repeating: "x", count: 500)])
        #expect(text.contains("\"" + String(repeating: "x", count: 120) + "…\" is neither"))
    }
}

@Suite struct `Configuration, taken together` {
    @Test func `a head holds its target and 1KiB of headers`() throws {
        let fits = ["MARQUEE_MAX_HEAD_BYTES": "9KiB"]
        #expect(try Samples.read(fits).limits.headBytes == 9216)
        #expect(
            Samples.fault(["MARQUEE_MAX_HEAD_BYTES": "9215"]) == """
                The configuration has 1 problem:
                  MARQUEE_MAX_HEAD_BYTES="9215" leaves less than 1KiB for headers beside \
                MARQUEE_MAX_TARGET_BYTES=8KiB. Change one of the two.
                """)
    }

    @Test func `one address holds no more connections than all together`() {
        #expect(Samples.fault(["MARQUEE_MAX_CONNECTIONS": "1024"]).isEmpty)
        #expect(
            Samples.fault(["MARQUEE_MAX_CONNECTIONS": "1000"]) == """
                The configuration has 1 problem:
                  MARQUEE_MAX_CONNECTIONS_PER_ADDRESS="1024" is more than \
                MARQUEE_MAX_CONNECTIONS=1000. Change one of the two.
                """)
    }

    @Test func `draining lasts as long as a request may`() {
        #expect(Samples.fault(["MARQUEE_REQUEST_TIMEOUT": "30s"]).isEmpty)
        #expect(
            Samples.fault(["MARQUEE_REQUEST_TIMEOUT": "31s"]) == """
                The configuration has 1 problem:
                  MARQUEE_REQUEST_TIMEOUT="31s" is so long that a restart would cut requests off: \
                it passes MARQUEE_DRAIN_TIMEOUT=30s. Change one of the two.
                """)
    }

    @Test func `what is faulty by itself is not compared`() {
        let text = Samples.fault(["MARQUEE_MAX_HEAD_BYTES": "1"])
        #expect(text.hasPrefix("The configuration has 1 problem:\n"))
        #expect(text.contains("MARQUEE_MAX_HEAD_BYTES=\"1\" is too small."))
    }
}
