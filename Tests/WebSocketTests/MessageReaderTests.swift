import TestSupport
import Testing
import WebSocket

/// RFC 6455, in the families of the Autobahn test suite. Whatever is read here is read in one
/// piece, byte by byte, and cut at random.
@Suite struct MessageReaderTests {
    // MARK: 1 Framing

    @Test(arguments: [0, 1, 125, 126, 127, 128, 65_535, 65_536])
    func `messages of every length are read`(length: Int) {
        let text = String(repeating: "*", count: length)
        #expect(Reading.described(ClientFrame.text(text)) == ["text \(text)"])
        let bytes = [UInt8](repeating: 0xFE, count: length)
        #expect(Reading.events(ClientFrame.binary(bytes)) == [.message(.binary(bytes))])
    }

    @Test func `messages follow one another in the same bytes`() {
        let stream = ClientFrame.text("a") + ClientFrame.ping("b") + ClientFrame.binary([1, 2])
        #expect(Reading.described(stream) == ["text a", "ping b", "binary [1, 2]"])
    }

    @Test func `a frame that is not masked is refused`() {
        #expect(
            Reading.described(ClientFrame.make(0x1, [65], isMasked: false))
                == ["1002 A frame is not masked."])
    }

    @Test(arguments: [(125, 2), (0, 2), (125, 8), (65_535, 8)])
    func `a length that could be written in fewer bytes is refused`(count: Int, bytes: Int) {
        let payload = [UInt8](repeating: 65, count: count)
        #expect(
            Reading.described(ClientFrame.make(0x1, payload, lengthBytes: bytes))
                == ["1002 A length is not written in the fewest bytes."])
    }

    @Test func `the top bit of a length is zero`() {
        let frame: [UInt8] = [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0] + ClientFrame.key
        #expect(Reading.described(frame) == ["1002 The top bit of a length is set."])
    }

    // MARK: 2 Pings

    @Test(arguments: [0, 1, 125])
    func `pings and pongs bring their payload`(length: Int) {
        let payload = String(repeating: "p", count: length)
        #expect(Reading.described(ClientFrame.ping(payload)) == ["ping \(payload)"])
        #expect(Reading.described(ClientFrame.pong(payload)) == ["pong \(payload)"])
    }

    @Test func `ten pings are ten pings`() {
        let stream = (0..<10).flatMap { ClientFrame.ping(String($0)) }
        #expect(Reading.described(stream) == (0..<10).map { "ping \($0)" })
    }

    @Test(arguments: [UInt8(0x8), 0x9, 0xA])
    func `a control frame has at most 125 bytes`(opcode: UInt8) {
        let frame = ClientFrame.make(opcode, [UInt8](repeating: 65, count: 126))
        #expect(Reading.described(frame) == ["1002 A control frame is longer than 125 bytes."])
    }

    // MARK: 3 Reserved bits

    @Test(arguments: [UInt8(0x10), 0x20, 0x30, 0x40, 0x50, 0x60, 0x70], [UInt8(1), 2, 8, 9, 10])
    func `reserved bits are refused`(bits: UInt8, opcode: UInt8) {
        let frame = ClientFrame.make(opcode, [], first: 0x80 | bits | opcode)
        #expect(
            Reading.described(ClientFrame.text("Hello") + frame)
                == ["text Hello", "1002 A reserved bit is set, but no extension was agreed on."])
    }

    // MARK: 4 Opcodes

    @Test(arguments: [UInt8(3), 4, 5, 6, 7, 11, 12, 13, 14, 15])
    func `unknown opcodes are refused`(opcode: UInt8) {
        #expect(
            Reading.described(ClientFrame.make(opcode, [65]))
                == ["1002 There is no opcode \(opcode)."])
    }

    // MARK: 5 Fragmentation

    @Test func `fragments become one message`() {
        let stream =
            ClientFrame.text("a", final: false) + ClientFrame.more("b", final: false)
            + ClientFrame.more("", final: false) + ClientFrame.more("c")
        #expect(Reading.described(stream) == ["text abc"])
        let binary = ClientFrame.binary([1], final: false) + ClientFrame.more([2])
        #expect(Reading.described(binary) == ["binary [1, 2]"])
    }

    @Test func `control frames may come between fragments`() {
        let stream =
            ClientFrame.text("a", final: false) + ClientFrame.ping("x")
            + ClientFrame.more("b", final: false) + ClientFrame.pong("y") + ClientFrame.more("c")
        #expect(Reading.described(stream) == ["ping x", "pong y", "text abc"])
    }

    @Test func `a connection may be closed between fragments`() {
        let stream = ClientFrame.text("a", final: false) + ClientFrame.close(1000)
        #expect(Reading.described(stream + ClientFrame.more("b")) == ["close 1000 "])
    }

    @Test(arguments: [UInt8(0x8), 0x9, 0xA])
    func `a control frame is never fragmented`(opcode: UInt8) {
        #expect(
            Reading.described(ClientFrame.make(opcode, [], final: false))
                == ["1002 A control frame is fragmented."])
    }

    @Test(arguments: [true, false])
    func `a continuation continues something`(isFinal: Bool) {
        #expect(
            Reading.described(ClientFrame.text("a") + ClientFrame.more("b", final: isFinal))
                == ["text a", "1002 A continuation continues nothing."])
    }

    @Test func `a message ends before the next begins`() {
        #expect(
            Reading.described(ClientFrame.text("a", final: false) + ClientFrame.text("b"))
                == ["1002 A message begins before the last one has ended."])
    }

    // MARK: 6 UTF-8

    @Test(arguments: [
        "Hello-µ@ßöäüàá-UTF-8!!", "κόσμε", "\u{10FFFF}\u{FFFF}\u{D7FF}\u{E000}", "\0",
    ])
    func `texts may be cut anywhere, also within characters`(text: String) {
        let bytes = [UInt8](text.utf8)
        for cut in 0...bytes.count {
            let stream =
                ClientFrame.make(0x1, Array(bytes[..<cut]), final: false)
                + ClientFrame.more(Array(bytes[cut...]))
            #expect(Reading.described(stream) == ["text \(text)"])
        }
    }

    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xC3, 0x28], [0xE2, 0x82], [0xE2, 0x28, 0xA1],
            [0xF0, 0x9F, 0x98], [0xF0, 0x28, 0x8C, 0xBC],
        ] as [[UInt8]])
    func `what is not UTF-8 is refused`(bytes: [UInt8]) {
        let text = [UInt8]("κόσμε and more of it ".utf8) + bytes
        #expect(Reading.described(ClientFrame.make(0x1, text)) == ["1007 A text is not UTF-8."])
        #expect(Reading.described(ClientFrame.binary(text)) == ["binary \(text)"])
    }

    @Test func `the first wrong byte is enough`() {
        let start = ClientFrame.make(0x1, [UInt8]("κό".utf8), final: false)
        // The rest of the frame has not come, nor has the rest of the message.
        let wrong = ClientFrame.make(0x0, [0xF4, 0x90, 0x80, 0x80], final: false).dropLast(2)
        #expect(Reading.described(start + wrong) == ["1007 A text is not UTF-8."])
        #expect(Reading.described(start + wrong.dropLast(1)) == [])
    }

    @Test func `a text does not end within a character`() {
        let stream =
            ClientFrame.make(0x1, [0xCE], final: false) + ClientFrame.more([], final: true)
        #expect(Reading.described(stream) == ["1007 A text is not UTF-8."])
    }

    // MARK: 7 Closing

    @Test func `closing has no code, a code, or a code and a reason`() {
        #expect(Reading.described(ClientFrame.close()) == ["close - "])
        #expect(Reading.described(ClientFrame.close(1000)) == ["close 1000 "])
        let reason = String(repeating: "r", count: 123)
        #expect(Reading.described(ClientFrame.close(1001, reason)) == ["close 1001 \(reason)"])
    }

    @Test func `nothing is read behind a Close frame`() {
        let stream = ClientFrame.close(1000) + ClientFrame.text("a") + [0xFF, 0xFF]
        #expect(Reading.described(stream) == ["close 1000 "])
    }

    @Test(
        arguments: [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
            4000,
            4004, 4005, 4400, 4504, 4999,
        ] as [UInt16])
    func `codes that peers may send`(code: UInt16) {
        #expect(Reading.described(ClientFrame.close(code)) == ["close \(code) "])
    }

    @Test(
        arguments: [
            0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535,
        ] as [UInt16])
    func `codes that nobody sends`(code: UInt16) {
        #expect(
            Reading.described(ClientFrame.close(code))
                == ["1002 A Close frame cannot have the code \(code)."])
    }

    @Test func `half a code is none`() {
        #expect(
            Reading.described(ClientFrame.make(0x8, [3])) == ["1002 A Close frame has half a code."]
        )
    }

    @Test func `a reason is UTF-8`() {
        #expect(
            Reading.described(ClientFrame.make(0x8, [3, 0xE8, 0xCE]))
                == ["1007 A text is not UTF-8."])
    }

    // MARK: 9 Limits

    @Test func `a frame may be as long as the limit and no longer`() {
        var limits = MessageLimits()
        limits.maximumFrameBytes = 10
        #expect(Reading.described(ClientFrame.text("0123456789"), limits) == ["text 0123456789"])
        // The header is enough.
        #expect(
            Reading.described(Array(ClientFrame.text("0123456789A").prefix(6)), limits)
                == ["1009 A frame is longer than 10 bytes."])
    }

    @Test func `a message may be as long as the limit and no longer`() {
        var limits = MessageLimits()
        limits.maximumMessageBytes = 10
        let half = ClientFrame.text("01234", final: false)
        #expect(Reading.described(half + ClientFrame.more("56789"), limits) == ["text 0123456789"])
        #expect(
            Reading.described(half + ClientFrame.more("56789A"), limits)
                == ["1009 A message is longer than 10 bytes."])
        #expect(
            Reading.described(
                half + ClientFrame.more("56789") + half + ClientFrame.more("5"), limits)
                == ["text 0123456789", "text 012345"])
    }

    @Test func `a message may have as many frames as the limit and no more`() {
        var limits = MessageLimits()
        limits.maximumFragments = 3
        let two = ClientFrame.text("", final: false) + ClientFrame.more("", final: false)
        #expect(Reading.described(two + ClientFrame.more("a"), limits) == ["text a"])
        #expect(
            Reading.described(
                two + ClientFrame.more("", final: false) + ClientFrame.more(""), limits)
                == ["1009 A message has more than 3 frames."])
    }

    @Test func `the longest length there is does no harm`() {
        let frame: [UInt8] = [0x82, 0xFF, 0x7F, 255, 255, 255, 255, 255, 255, 255]
        #expect(
            Reading.described(frame + ClientFrame.key)
                == ["1009 A frame is longer than 1048576 bytes."])
    }

    // MARK: Noise

    @Test func `random bytes are read the same in every cut`() {
        var random = SystemRandomNumberGenerator()
        var limits = MessageLimits()
        (limits.maximumFrameBytes, limits.maximumMessageBytes) = (300, 500)
        let frames: [[UInt8]] = [
            ClientFrame.text("κόσμε", final: false), ClientFrame.more("a"), ClientFrame.ping("b"),
            ClientFrame.text(String(repeating: "x", count: 200)), ClientFrame.close(1000),
            ClientFrame.binary([1, 2, 3]), ClientFrame.pong(),
        ]
        for _ in 0..<2_000 {
            var stream = (0..<Int.random(in: 1...6)).flatMap { _ in frames.randomElement() ?? [] }
            for _ in 0..<Int.random(in: 0...4) {
                stream[Int.random(in: 0..<stream.count)] = .random(in: 0...255, using: &random)
            }
            let seed = UInt64.random(in: 0 ... .max)
            let (whole, bytewise, cut) = FrameTranscript.all(
                of: stream, limits: limits, seed: seed)
            #expect(whole == bytewise, "\(stream)")
            #expect(whole == cut, "\(stream), seed \(seed)")
        }
    }
}
