import Testing

@testable import Bytes

/// What `fill` leaves in a fresh buffer, as text.
private func text(_ fill: (inout ByteBuffer) -> Void) -> String {
    var buffer = ByteBuffer()
    fill(&buffer)
    return String(decoding: buffer.array(), as: UTF8.self)
}

@Suite struct ByteBufferTests {
    @Test func `a fresh buffer holds nothing and no memory`() {
        let buffer = ByteBuffer()
        #expect(buffer.isEmpty && buffer.count == 0 && buffer.capacity == 0)
        #expect(buffer.array() == [])
    }

    @Test func `bytes and texts of all kinds are appended as they are`() {
        let bytes: [UInt8] = [0x61, 0x62, 0x63]
        let written = text { buffer in
            buffer.append(UInt8(ascii: "-"))
            buffer.append(bytes)
            buffer.append(bytes[1...])
            buffer.append("static" as StaticString)
            buffer.append("Grüße \("dynamic")")
            buffer.append("subtext".dropFirst(3))
            buffer.append([] as [UInt8])
        }
        #expect(written == "-abcbcstaticGrüße dynamictext")
    }

    @Test func `what is taken from the front is gone and the rest stays in order`() {
        var buffer = ByteBuffer(capacity: 4)
        buffer.append([1, 2, 3, 4])
        buffer.removeFirst(3)
        #expect(buffer.array() == [4])
        buffer.append([5, 6, 7])
        #expect(buffer.array() == [4, 5, 6, 7])
        buffer.removeFirst(4)
        #expect(buffer.count == 0)
    }

    @Test func `an emptied buffer starts again at the front of its memory`() {
        var buffer = ByteBuffer(capacity: 256)
        for _ in 0..<1000 {
            buffer.append([UInt8](repeating: 7, count: 200))
            buffer.removeFirst(200)
        }
        #expect(buffer.capacity == 256)
    }

    @Test func `truncating takes back the last bytes only`() {
        var buffer = ByteBuffer()
        buffer.append([1, 2, 3, 4, 5])
        buffer.removeFirst(1)
        buffer.truncate(to: 2)
        #expect(buffer.array() == [2, 3])
        buffer.truncate(to: 2)
        buffer.append(9)
        #expect(buffer.array() == [2, 3, 9])
        buffer.truncate(to: 0)
        #expect(buffer.count == 0)
    }

    @Test func `reserved room counts only once it is committed`() {
        var buffer = ByteBuffer()
        let room = buffer.reserve(300)
        room.storeBytes(of: 0x2A, as: UInt8.self)
        #expect(buffer.isEmpty && buffer.capacity >= 300)
        buffer.commit(1)
        #expect(buffer.array() == [0x2A])
    }

    @Test func `growing keeps a run of bytes whole`() {
        var buffer = ByteBuffer()
        var expected: [UInt8] = []
        for number in 0..<5000 {
            let byte = UInt8(truncatingIfNeeded: number &* 31)
            buffer.append(byte)
            expected.append(byte)
            if number % 7 == 6 {
                buffer.removeFirst(1 + number % 2)
                expected.removeFirst(1 + number % 2)
            }
        }
        #expect(buffer.array() == expected)
    }

    @Test func `a full buffer that gives and takes bytes is seldom copied`() {
        var buffer = ByteBuffer()
        buffer.append([UInt8](repeating: 1, count: 4096))
        var moves = 0
        for _ in 0..<4096 {
            let free = buffer.capacity - buffer.end
            buffer.removeFirst(1)
            buffer.append(2)
            if free == 0 { moves += 1 }
        }
        #expect(moves <= 4)
    }

    @Test func `removing all keeps the memory and releasing gives it back`() {
        var buffer = ByteBuffer(capacity: 512)
        buffer.append([1, 2])
        buffer.removeAll()
        #expect(buffer.isEmpty && buffer.capacity == 512)
        buffer.append([1, 2])
        buffer.release()
        #expect(buffer.isEmpty && buffer.capacity == 0)
        buffer.append([3])
        #expect(buffer.array() == [3])
    }

    @Test(arguments: [
        (1, 1), (2, 2), (3, 4), (256, 256), (257, 512), (0, 1), (-5, 1), (1 << 40, 1 << 40),
    ])
    func `the next power of two is never smaller`(number: Int, expected: Int) {
        #expect(number.nextPowerOfTwo == expected)
    }
}

@Suite struct ByteBufferNumberTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (10, "10"), (-1, "-1"), (Int.max, "9223372036854775807"),
        (Int.min, "-9223372036854775808"),
    ])
    func `whole numbers are written in decimal digits`(number: Int, expected: String) {
        #expect(text { $0.append(decimal: number) } == expected)
    }

    @Test func `the widths of integers do not matter`() {
        #expect(text { $0.append(decimal: UInt64.max) } == "18446744073709551615")
        #expect(text { $0.append(decimal: Int8.min) } == "-128")
        #expect(text { $0.append(decimal: UInt8.max) } == "255")
    }

    @Test(arguments: [(5, 3, "005"), (123, 3, "123"), (1234, 3, "234"), (0, 1, "0"), (9, 0, "")])
    func `a width gives leading zeros or cuts in front`(
        number: Int, width: Int, expected: String
    ) {
        #expect(text { $0.append(decimal: number, width: width) } == expected)
    }

    @Test(arguments: [
        (0.0, 3, "0.000"), (1.5, 0, "2"), (1.25, 1, "1.3"), (12.3456, 3, "12.346"),
        (-0.5, 1, "-0.5"), (-0.0004, 3, "0.000"), (0.999_999_9, 3, "1.000"),
        (7.5, 9, "7.500000000"),
        (1e300, 2, "1e+300"), (123_456_789.125, 2, "123456789.13"),
    ])
    func `fractions are rounded to fixed places`(number: Double, digits: Int, expected: String) {
        #expect(text { $0.append(decimal: number, digits: digits) } == expected)
    }

    @Test(arguments: [
        (UInt64(0), "0000000000000000"), (0xDEAD_BEEF, "00000000deadbeef"),
        (.max, "ffffffffffffffff"),
    ])
    func `hexadecimal numbers have sixteen lower-case digits`(number: UInt64, expected: String) {
        #expect(text { $0.append(hexadecimal: number) } == expected)
    }
}

@Suite struct ByteBufferJSONTests {
    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), (#"say "hi""#, #""say \"hi\"""#),
        (#"a\b"#, #""a\\b""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\u{0}\u{1B}\u{1F}", #""\u0000\u001b\u001f""#), ("Grüße 🎬/", #""Grüße 🎬/""#),
        ("\u{7F}", "\"\u{7F}\""),
    ])
    func `texts become JSON strings`(input: String, expected: String) {
        #expect(text { $0.append(json: input) } == expected)
        #expect(text { $0.append(json: Array(input.utf8)) } == expected)
        #expect(text { $0.append(json: ArraySlice(Array(input.utf8))) } == expected)
    }

    @Test(arguments: [
        ([0x61, 0xFF, 0x62] as [UInt8], "\"a\u{FFFD}b\""), ([0xC3], "\"\u{FFFD}\""),
        ([0xC3, 0xBC, 0x0A], #""ü\n""#),
    ])
    func `bytes that are not UTF-8 become replacement characters`(
        bytes: [UInt8], expected: String
    ) {
        #expect(text { $0.append(json: bytes) } == expected)
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (-2.5, "-2.5"),
            (123.456, "123.456"),
            (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e21, "1.5e+21"),
            (-1e300, "-1e+300"),
            (123456789012345683968, "123456789012345680000"), (1e-6, "0.000001"), (1e-7, "1e-7"),
            (1.25e-7, "1.25e-7"), (0.00001234, "0.00001234"), (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
            (9007199254740991, "9007199254740991"),
            (0.30000000000000004, "0.30000000000000004"), (1.0 / 3, "0.3333333333333333"),
            (1e16, "10000000000000000"), (4.35, "4.35"), (100.5, "100.5"),
        ] as [(Double, String)])
    func `numbers are written as JavaScript writes them`(number: Double, expected: String) {
        #expect(text { $0.append(json: number) } == expected)
    }

    @Test func `a number written reads as the same number`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let number = Double(bitPattern: .random(in: 0...(.max), using: &generator))
            guard number.isFinite else { continue }
            #expect(Double(text { $0.append(json: number) }) == number)
        }
    }

    @Test func `random bytes always give one JSON string`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let written = text { $0.append(json: bytes) }.utf8
            #expect(written.first == 0x22 && written.last == 0x22)
            #expect(written.allSatisfy { $0 >= 0x20 })
        }
    }
}
