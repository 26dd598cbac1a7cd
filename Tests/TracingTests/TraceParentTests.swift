import Testing
import Tracing

@Suite struct TraceParentTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"
    private static let usual = "00-\(trace)-\(span)-01"

    private func parse(_ text: String) -> TraceParent? { TraceParent(ArraySlice(text.utf8)) }

    @Test func `a usual parent says trace, span and decision`() throws {
        let parent = try #require(parse(Self.usual))
        #expect(
            parent.trace == TraceIdentifier(high: 0x4BF9_2F35_77B3_4DA6, low: 0xA3CE_929D_0E0E_4736)
        )
        #expect(parent.span == SpanIdentifier(0x00F0_67AA_0BA9_02B7))
        #expect(parent.isSampled)
        #expect(!parent.isRandom)
    }

    @Test(arguments: [
        ("00", false, false), ("01", true, false), ("02", false, true), ("03", true, true),
        ("04", false, false), ("ff", true, true), ("fc", false, false),
    ])
    func `of the flags, two mean something`(flags: String, isSampled: Bool, isRandom: Bool) throws {
        let parent = try #require(parse("00-\(Self.trace)-\(Self.span)-\(flags)"))
        #expect(parent.isSampled == isSampled)
        #expect(parent.isRandom == isRandom)
    }

    @Test(arguments: [
        "01-\(trace)-\(span)-01", "cc-\(trace)-\(span)-01", "cc-\(trace)-\(span)-01-",
        "cc-\(trace)-\(span)-01-what-the-future-will-be-like", "fe-\(trace)-\(span)-01-.",
    ])
    func `later versions are read as far as they are known`(text: String) throws {
        let parent = try #require(parse(text))
        #expect(parent.isSampled)
        #expect(!parent.isRandom)
        #expect(parent.span == SpanIdentifier(0x00F0_67AA_0BA9_02B7))
    }

    @Test(arguments: [
        "", "00", "00-", usual + "-", usual + "-01", usual + "x", String(usual.dropLast()),
        // Versions
        "ff-\(trace)-\(span)-01", "0-\(trace)-\(span)-01", "000-\(trace)-\(span)-01",
        "0g-\(trace)-\(span)-01", "0A-\(trace)-\(span)-01", "..-\(trace)-\(span)-01",
        "cc-\(trace)-\(span)-01.", "cc-\(trace)-\(span)-01what",
        // Names
        "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
        "00-\(trace.uppercased())-\(span)-01", "00-\(trace)-\(span.uppercased())-01",
        "00-\(trace.dropLast())-\(span)-01", "00-\(trace)a-\(span)-01",
        "00-\(trace.dropLast())x-\(span)-01", "00-\(trace)-\(span.dropLast())-01",
        "00-\(trace)-\(span)a-01", "00-\(trace)-\(span.dropLast())g-01",
        // Flags
        "00-\(trace)-\(span)-", "00-\(trace)-\(span)-0", "00-\(trace)-\(span)-0G",
        "00-\(trace)-\(span)-.0", "00-\(trace)-\(span)-0A",
        // Dashes and blanks
        "00_\(trace)-\(span)-01", "00-\(trace)_\(span)-01", "00-\(trace)-\(span)_01",
        " " + usual, usual + " ", "00-\(trace)-\(span) 01", "00-\(trace)-\(span)-0\u{0}",
    ])
    func `what is not exactly so is none`(text: String) {
        #expect(parse(text) == nil)
    }

    @Test func `no cut and no change of a byte stops the process`() {
        let bytes = Array(Self.usual.utf8)
        for place in bytes.indices {
            #expect(TraceParent(bytes[..<place]) == nil)
            for byte in UInt8.min...UInt8.max {
                var changed = bytes
                changed[place] = byte
                _ = TraceParent(changed[...])
            }
        }
        #expect(TraceParent(([0] + bytes)[1...]) == parse(Self.usual))
    }
}

@Suite struct TraceStateTests {
    private func parse(_ fields: String...) -> String {
        TraceState(fields.map { ArraySlice($0.utf8) }).text
    }

    @Test func `members are passed on in their order`() {
        #expect(
            parse("congo=t61rcWkgMzE,rojo=00f067aa0ba902b7")
                == "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7")
        #expect(parse("b=2", "a=1,a=3") == "b=2,a=1,a=3")
        #expect(
            parse("0@x=a b", "fw529a3039@dt=FfD-a_b*c/d") == "0@x=a b,fw529a3039@dt=FfD-a_b*c/d")
    }

    @Test func `blanks around members and what is empty are left out`() {
        #expect(parse(" a=1 \t,\t b=2 , ,, c=3 ") == "a=1,b=2,c=3")
        #expect(parse("", " ") == "")
        #expect(parse() == "")
    }

    @Test(arguments: [
        "a", "=1", "a=", "A=1", "-a=1", "a b=1", "a=1=2", "a=\u{7F}", "a=\u{E9}", "a=1,b",
        String(repeating: "k", count: 257) + "=1", "a=" + String(repeating: "v", count: 257),
    ])
    func `one that cannot be read spoils all`(text: String) {
        #expect(parse(text) == "")
        #expect(parse("good=1", text) == "")
    }

    @Test func `as many and as long as the specification allows`() {
        let members = (0..<32).map { "k\($0)=v" }.joined(separator: ",")
        #expect(parse(members) == members)
        #expect(parse(members + ",one=more") == "")
        let long = String(repeating: "k", count: 256) + "=" + String(repeating: "v", count: 256)
        #expect(parse(long) == long)
    }
}
