import Bytes
import Testing
import WebSocket

@Suite struct FrameWritingTests {
    private func written(_ write: (inout ByteBuffer) -> Void) -> [UInt8] {
        var buffer = ByteBuffer()
        write(&buffer)
        return buffer.array()
    }

    @Test(
        arguments: [
            (0, [0x81, 0]), (125, [0x81, 125]), (126, [0x81, 126, 0, 126]),
            (65_535, [0x81, 126, 255, 255]), (65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] as [(Int, [UInt8])])
    func `a text is one frame with the shortest length`(count: Int, head: [UInt8]) {
        let text = [UInt8](repeating: 65, count: count)
        #expect(
            written { buffer in text.withUnsafeBytes { buffer.append(text: $0) } } == head + text)
    }

    @Test func `each kind of frame has its opcode`() {
        #expect(
            written { buffer in [7].withUnsafeBytes { buffer.append(binary: $0) } }.first == 0x82)
        #expect(written { $0.append(ping: [1]) } == [0x89, 1, 1])
        #expect(written { $0.append(pong: [1]) } == [0x8A, 1, 1])
        #expect(written { $0.append(Closing(nil)) } == [0x88, 0])
        #expect(written { $0.append(Closing(.normal, "ok")) } == [0x88, 4, 0x03, 0xE8, 111, 107])
    }

    @Test func `a reason that is too long is cut between characters`() {
        let exact = String(repeating: "a", count: 123)
        #expect(written { $0.append(Closing(.normal, exact)) }.count == 127)
        let longer = String(repeating: "a", count: 122) + "é"
        #expect(written { $0.append(Closing(.normal, longer)) }.count == 126)
        let smile = String(repeating: "a", count: 120) + "🙂"
        #expect(written { $0.append(Closing(.normal, smile)) }.count == 124)
    }
}
