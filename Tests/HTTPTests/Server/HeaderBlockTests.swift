import HTTP
import Testing

@Suite struct HeaderBlockTests {
    @Test func `fields are kept as they will be sent`() {
        var block = HeaderBlock(["A": "b", "Content-Type": "x"])
        block.add("Empty", "")
        #expect(
            String(decoding: block.bytes, as: UTF8.self) == "A: b\r\nContent-Type: x\r\nEmpty: \r\n"
        )
        #expect(block.value(of: "content-type") == [0x78])
        #expect(block.value(of: "content") == nil)
        block.remove("a")
        #expect(!block.contains("a"))
        #expect(block.contains("empty"))
    }

    @Test func `a value with a line end stops the process`() async {
        await #expect(processExitsWith: .failure) {
            _ = HeaderBlock(["A": "b\r\nSet-Cookie: c"])
        }
        await #expect(processExitsWith: .failure) { _ = HeaderBlock(["A": "b\n"]) }
        await #expect(processExitsWith: .failure) { _ = HeaderBlock(["A": "b\0"]) }
    }

    @Test func `a name that is no token stops the process`() async {
        await #expect(processExitsWith: .failure) { _ = HeaderBlock(["A\r\nB": "c"]) }
        await #expect(processExitsWith: .failure) { _ = HeaderBlock(["A:": "c"]) }
        await #expect(processExitsWith: .failure) { _ = HeaderBlock(["": "c"]) }
    }
}
