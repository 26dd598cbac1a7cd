import Bytes
import Telemetry
import Testing

private func zone(_ name: String) throws -> TimeZoneName { try #require(TimeZoneName(name)) }

private func text(_ milliseconds: Int64, _ timestamps: inout Timestamps) -> String {
    var buffer = ByteBuffer()
    timestamps.append(milliseconds, to: &buffer)
    return String(decoding: buffer.array(), as: UTF8.self)
}

@Suite struct TimestampsTests {
    @Test(arguments: [
        ("UTC", Int64(0), "1970-01-01T00:00:00.000Z"),
        ("UTC", -1, "1969-12-31T23:59:59.999Z"),
        ("UTC", 951_782_400_007, "2000-02-29T00:00:00.007Z"),
        ("UTC", 4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        ("UTC", 4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ("UTC", 253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ("Europe/Berlin", 1_786_017_600_042, "2026-08-06T14:00:00.042+02:00"),
        ("Europe/Berlin", 1_767_225_600_000, "2026-01-01T01:00:00.000+01:00"),
        ("Europe/Berlin", 1_774_745_999_999, "2026-03-29T01:59:59.999+01:00"),
        ("Europe/Berlin", 1_774_746_000_000, "2026-03-29T03:00:00.000+02:00"),
        ("Europe/London", 1_767_225_600_000, "2026-01-01T00:00:00.000+00:00"),
        ("America/St_Johns", 1_786_017_600_000, "2026-08-06T09:30:00.000-02:30"),
        ("America/St_Johns", 1_767_225_600_000, "2025-12-31T20:30:00.000-03:30"),
        ("Asia/Kathmandu", 1_767_225_600_000, "2026-01-01T05:45:00.000+05:45"),
    ])
    func `moments are written in their zone`(
        name: String, milliseconds: Int64, expected: String
    ) throws {
        var timestamps = Timestamps(in: try zone(name))
        #expect(text(milliseconds, &timestamps) == expected)
    }

    @Test func `a moment does not depend on the one before`() throws {
        var timestamps = Timestamps(in: try zone("Europe/Berlin"))
        #expect(text(1_767_225_600_999, &timestamps) == "2026-01-01T01:00:00.999+01:00")
        #expect(text(1_767_225_600_001, &timestamps) == "2026-01-01T01:00:00.001+01:00")
        #expect(text(1_786_017_600_001, &timestamps) == "2026-08-06T14:00:00.001+02:00")
        #expect(text(1_767_225_600_001, &timestamps) == "2026-01-01T01:00:00.001+01:00")
    }

    @Test func `two zones can be used at once`() throws {
        var berlin = Timestamps(in: try zone("Europe/Berlin"))
        var newfoundland = Timestamps(in: try zone("America/St_Johns"))
        for second in Int64(1_786_017_600)..<1_786_017_605 {
            #expect(text(second * 1000, &berlin).hasSuffix("+02:00"))
            #expect(text(second * 1000, &newfoundland).hasSuffix("-02:30"))
        }
    }

    @Test func `the clocks run`() {
        #expect(WallClock.nowMilliseconds() > 1_700_000_000_000)
        let before = MonotonicClock.nowMicroseconds()
        #expect(MonotonicClock.nowMicroseconds() >= before)
    }
}

@Suite struct TimeZoneNameTests {
    @Test(arguments: ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
    func `zones of the system are known`(name: String) {
        #expect(TimeZoneName.isKnown(name))
        #expect(TimeZoneName(name)?.name == name)
    }

    @Test(arguments: [
        "", "utc ", "Europe", "Europe/", "/Europe/Berlin", "Europe//Berlin", "../../etc/passwd",
        "Europe/../Europe/Berlin", "./UTC", "zone.tab", "Mars/Olympus", ":UTC", "UTC\u{0}",
        "Europe/Berlin\u{0}x", "CET-1CEST", String(repeating: "a", count: 65),
    ])
    func `other names are not`(name: String) {
        #expect(!TimeZoneName.isKnown(name))
        #expect(TimeZoneName(name) == nil)
    }
}
