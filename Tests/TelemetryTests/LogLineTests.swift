import Telemetry
import Testing

/// The bytes that `log` writes to a logger with a fixed clock.
private func written(
    _ format: LogFormat, zone: String = "UTC", level: LogLevel = .debug,
    at milliseconds: Int64 = 1_786_017_600_042,
    constants: (inout LogLine) -> Void = { _ in }, _ log: (Logger) -> Void
) throws -> String {
    let pipe = Pipe()
    let settings = LogSettings(
        level: level, format: format, zone: try #require(TimeZoneName(zone)),
        descriptor: pipe.writeEnd)
    let logger = Logger(settings, constants: constants, clock: { milliseconds })
    log(logger)
    logger.flush()
    return pipe.readAvailable()
}

@Suite struct LogLineTests {
    @Test func `a JSON line is one object with the fields in order`() throws {
        let name: [UInt8] = Array("xLobby".utf8)
        let line = try written(.json, constants: { $0.field("worker", 0) }) { logger in
            logger.info("request") { line in
                line.field("status", 200)
                line.field("bytes", UInt64.max)
                line.field("offset", -5)
                line.field("seconds", 0.0125, digits: 3)
                line.field("ratio", Double.nan)
                line.field("cached", true)
                line.field("kind", "query" as StaticString)
                line.field("path", "/graphql?q=\"ü\"")
                line.field("name", name)
                line.field("part", name[1...])
                line.secret("token")
            }
        }
        #expect(
            line == #"{"time":"2026-08-06T12:00:00.042Z","level":"info","message":"request","#
                + #""worker":0,"status":200,"bytes":18446744073709551615,"offset":-5,"#
                + #""seconds":0.013,"ratio":null,"cached":true,"kind":"query","#
                + #""path":"/graphql?q=\"ü\"","name":"xLobby","part":"Lobby","#
                + #""token":"[redacted]"}"# + "\n")
    }

    @Test(arguments: [
        ("UTC", Int64(1_786_017_600_042), "2026-08-06T12:00:00.042Z"),
        ("Europe/Berlin", 1_786_017_600_042, "2026-08-06T14:00:00.042+02:00"),
        ("Europe/Berlin", 1_767_225_600_000, "2026-01-01T01:00:00.000+01:00"),
        ("America/St_Johns", 1_786_017_600_042, "2026-08-06T09:30:00.042-02:30"),
        ("America/St_Johns", 1_767_225_600_000, "2025-12-31T20:30:00.000-03:30"),
    ])
    func `lines have the time of their zone in both formats`(
        zone: String, moment: Int64, expected: String
    ) throws {
        let json = try written(.json, zone: zone, at: moment) { $0.error("x") }
        #expect(json == #"{"time":"\#(expected)","level":"error","message":"x"}"# + "\n")
        let text = try written(.text(hasColours: false), zone: zone, at: moment) { $0.error("x") }
        #expect(text == "\(expected) error   x\n")
    }

    @Test func `a text line has columns`() throws {
        let lines = try written(.text(hasColours: false), constants: { $0.field("worker", 3) }) {
            $0.debug("short") { $0.field("a", 1) }
            $0.info("a message that is longer than its column") { $0.field("b", "plain") }
            $0.warning("grüße") { line in
                line.field("path", "with space")
                line.field("empty", "")
                line.field("pair", "a=b")
                line.secret("token")
            }
        }
        #expect(
            lines == """
                2026-08-06T12:00:00.042Z debug   short                            worker=3 a=1
                2026-08-06T12:00:00.042Z info    a message that is longer than its column worker=3 \
                b=plain
                2026-08-06T12:00:00.042Z warning grüße                            worker=3 \
                path="with space" empty="" pair="a=b" token=[redacted]

                """)
    }

    @Test func `colours are only written when told so`() throws {
        let line = try written(.text(hasColours: true)) { $0.info("hello") { $0.field("a", 1) } }
        let spaces = String(repeating: " ", count: 27)
        #expect(
            line == "2026-08-06T12:00:00.042Z \u{1B}[32minfo\u{1B}[0m    hello\(spaces)"
                + " \u{1B}[2ma=\u{1B}[0m1\n")
    }

    @Test(arguments: [
        ("a\nb", #""a\nb""#, #""a\nb""#, #"a\nb"#),
        ("\u{1B}[31m", #""\u001b[31m""#, #""\u001b[31m""#, #"\u001b[31m"#),
        (#"q"\"#, #""q\"\\""#, #""q\"\\""#, #"q"\"#),
        ("\u{9B}2J", "\"\u{9B}2J\"", #""\u009b2J""#, #"\u009b2J"#),
        ("\u{202E}x", "\"\u{202E}x\"", #""\u202ex""#, #"\u202ex"#),
        ("Łódź", #""Łódź""#, #""Łódź""#, "Łódź"),
    ])
    func `no value or message breaks out of its place`(
        value: String, json: String, text: String, message: String
    ) throws {
        let object = try written(.json) { $0.info(value) { $0.field("v", value) } }
        #expect(
            object == #"{"time":"2026-08-06T12:00:00.042Z","level":"info","message":"#
                + "\(json),\"v\":\(json)}\n")
        let line = try written(.text(hasColours: false)) { $0.info(value) { $0.field("v", value) } }
        #expect(line.hasPrefix("2026-08-06T12:00:00.042Z info    \(message) "))
        #expect(line.hasSuffix(" v=\(text)\n"))
    }

    @Test func `lines below the level are not written and cost no work`() throws {
        let lines = try written(.json, level: .warning) { logger in
            logger.debug({ fatalError("evaluated") }())
            logger.info("x") { _ in fatalError("evaluated") }
            #expect(!logger.isEnabled(.info) && logger.isEnabled(.warning))
            logger.error("y")
        }
        #expect(
            lines == #"{"time":"2026-08-06T12:00:00.042Z","level":"error","message":"y"}"# + "\n")
    }

    @Test(arguments: [(1024, 1024, ""), (1025, 1024, "…"), (9000, 1024, "…")])
    func `long values are cut`(length: Int, kept: Int, mark: String) throws {
        let line = try written(.json) { logger in
            logger.info("x") { $0.field("v", String(repeating: "v", count: length)) }
        }
        #expect(line.hasSuffix("\"v\":\"\(String(repeating: "v", count: kept))\(mark)\"}\n"))
    }

    @Test func `a character is never cut in two`() throws {
        for padding in 0..<4 {
            let value = String(repeating: "a", count: padding) + String(repeating: "🎬", count: 300)
            let line = try written(.json) { $0.info("x") { $0.field("v", value) } }
            #expect(!line.contains("\u{FFFD}") && line.hasSuffix("🎬…\"}\n"))
        }
    }

    @Test(arguments: [LogFormat.json, .text(hasColours: false), .text(hasColours: true)])
    func `a line is never longer than its limit and says what is missing`(
        format: LogFormat
    ) throws {
        let worst = String(repeating: "\u{1}", count: 5000)
        let line = try written(format, constants: { $0.field("c", String(worst.prefix(160))) }) {
            $0.info(worst) { line in
                for _ in 0..<5 { line.field("v", worst) }
                line.field("w", String(repeating: "w", count: 1000))
                line.field("small", 1)
            }
        }
        #expect(line.utf8.count <= LogLine.limit)
        let isJSON = format == .json
        #expect(!line.contains(isJSON ? "\"v\":" : "v="))
        #expect(line.contains("small") && line.contains("truncated"))
        #expect(line.hasSuffix(isJSON ? "\"truncated\":true}\n" : "true\n"))
    }

    @Test(arguments: LogLevel.allCases)
    func `levels are found by their names`(level: LogLevel) {
        #expect(LogLevel(named: level.name.description) == level)
        #expect(LogLevel(named: level.name.description.uppercased()) == nil)
    }
}
