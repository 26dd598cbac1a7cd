import Gateway
import Testing

/// Each kind of value: valid, invalid, and at its limits.
@Suite struct ConfigurationValueTests {
    @Test(arguments: [
        ("10ms", 10), ("250ms", 250), ("10s", 10_000), ("5m", 300_000), ("24h", 86_400_000),
        ("0010s", 10_000),
    ])
    func `a duration is digits and a unit`(text: String, milliseconds: Int) throws {
        let configuration = try Samples.read(["MARQUEE_IDLE_TIMEOUT": text])
        #expect(configuration.timeLimits.idleMilliseconds == milliseconds)
    }

    @Test(arguments: [
        ("9ms", "is too small"), ("86400001ms", "is too large"), ("25h", "is too large"),
        ("99999999999999999999h", "is too large"), ("9223372036854775807h", "is too large"),
        ("75", "has no unit"), ("10 s", "has an unknown unit behind its digits"),
        ("1.5s", "has an unknown unit behind its digits"),
        ("10S", "has an unknown unit behind its digits"), ("s", "is not a duration"),
        ("-1s", "is not a duration"), ("+1s", "is not a duration"), ("١s", "is not a duration"),
    ])
    func `a duration outside its form or bounds is refused`(text: String, complaint: String) {
        #expect(Samples.complaint("MARQUEE_IDLE_TIMEOUT", text) == complaint)
    }

    @Test(arguments: [
        ("1", 1), ("512", 512), ("64KiB", 65_536), ("1MiB", 1_048_576), ("1GiB", 1_073_741_824),
    ])
    func `a size is digits and perhaps a unit`(text: String, bytes: Int) throws {
        #expect(try Samples.read(["MARQUEE_MAX_BODY_BYTES": text]).limits.bodyBytes == bytes)
    }

    @Test(arguments: [
        ("0", "is too small"), ("1073741825", "is too large"), ("20GiB", "is too large"),
        ("99999999999999999999", "is too large"), ("9223372036854775807GiB", "is too large"),
        ("1MB", "has an unknown unit behind its digits"),
        ("1kib", "has an unknown unit behind its digits"), ("KiB", "is not a size"),
        ("-5", "is not a size"),
    ])
    func `a size outside its form or bounds is refused`(text: String, complaint: String) {
        #expect(Samples.complaint("MARQUEE_MAX_BODY_BYTES", text) == complaint)
    }

    @Test(arguments: [("1", 1), ("64", 64), ("auto", 6)])
    func `workers are counted or automatic`(text: String, workers: Int) throws {
        #expect(try Samples.read(["MARQUEE_WORKERS": text]).workers == workers)
    }

    @Test(arguments: [
        ("0", "is too small"), ("65", "is too large"), ("18446744073709551616", "is too large"),
        ("-1", "is not a whole number"), ("4.0", "is not a whole number"),
        ("Auto", "is not a whole number"),
    ])
    func `a number outside its form or bounds is refused`(text: String, complaint: String) {
        #expect(Samples.complaint("MARQUEE_WORKERS", text) == complaint)
    }

    @Test(arguments: [(0, 1), (200, 64)])
    func `automatic workers stay within bounds`(cores: Int, workers: Int) throws {
        let machine = ConfigurationFacts(onlineCores: cores) { _ in false }
        #expect(try Configuration.read(Samples.development, on: machine).workers == workers)
    }

    @Test(arguments: [
        ("on", true), ("true", true), ("yes", true), ("1", true), ("ON", true), ("off", false),
        ("false", false), ("no", false), ("0", false), ("False", false),
    ])
    func `a switch has eight words`(text: String, isOn: Bool) throws {
        #expect(try Samples.read(["MARQUEE_GZIP": text]).compression.isEnabled == isOn)
    }

    @Test func `other words are no switch`() {
        #expect(Samples.complaint("MARQUEE_GZIP", "enabled") == "is neither on nor off")
        #expect(Samples.complaint("MARQUEE_GZIP", "2") == "is neither on nor off")
    }

    @Test func `a choice is one of its words, exactly`() throws {
        let configuration = try Samples.read([
            "MARQUEE_LOG_LEVEL": "error", "MARQUEE_LOG_FORMAT": "json",
        ])
        #expect(configuration.log.level == .error)
        #expect(configuration.log.format == .json)
        #expect(Samples.complaint("MARQUEE_LOG_FORMAT", "JSON") == "is not one of the choices")
    }

    @Test func `a time zone must be known to the machine`() throws {
        let name = "MARQUEE_TIME_ZONE"
        #expect(try Samples.read([name: "Europe/Berlin"]).log.timeZone == "Europe/Berlin")
        #expect(try Samples.read([name: "UTC"]).log.timeZone == "UTC")
        #expect(
            Samples.complaint(name, "Europe/Berlim") == "is not a time zone this machine knows")
    }

    @Test(arguments: ["../../../etc/passwd", "/etc/passwd", "Europe//Berlin", "Europe", ""])
    func `a time zone's name cannot lead out of its folder`(name: String) {
        #expect(!ConfigurationFacts.ofThisMachine.hasTimeZone(name))
    }

    @Test func `NO_COLOR switches colour off, whatever it holds`() throws {
        #expect(try Samples.read([:]).log.isColorful)
        #expect(try Samples.read(["NO_COLOR": "0"]).log.isColorful == false)
        #expect(try Samples.read(["NO_COLOR": ""]).log.isColorful)
    }
}
