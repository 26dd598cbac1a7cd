import Bytes
import Testing

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `the examples of RFC 4648`(text: String, encoded: String) {
        #expect(Array(text.utf8).base64 == encoded)
        let bare = Array(encoded.utf8.filter { $0 != UInt8(ascii: "=") })
        #expect(Base64.standard.encode(text.utf8) == bare)
        #expect(Base64.standard.decode(bare) == Array(text.utf8))
    }

    @Test func `the alphabets differ in two characters`() {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xBF]
        #expect(Base64.standard.encode(bytes) == Array("+/+/".utf8))
        #expect(Base64.url.encode(bytes) == Array("-_-_".utf8))
        #expect(Base64.url.decode("-_-_".utf8) == bytes)
        #expect(Base64.url.decode("+/+/".utf8) == nil)
        #expect(Base64.standard.decode("-_-_".utf8) == nil)
    }

    @Test(arguments: ["A", "AAAAA", "Zg==", "Zh", "Zm9", "Zm9v\n", " Zm9v", "Zm-v*", "Zm9vÄ"])
    func `what is no base64, or another text of the same bytes, is refused`(text: String) {
        #expect(Base64.url.decode(text.utf8) == nil)
    }

    @Test func `any bytes come back, and each text of them is the only one`() {
        var random = SystemRandomNumberGenerator()
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = Base64.url.encode(bytes)
            #expect(Base64.url.decode(text) == bytes)
            guard let last = text.last else { continue }
            let others = UInt8.min...UInt8.max
            let same = others.filter { Base64.url.decode(text.dropLast() + [$0]) == bytes }
            #expect(same == [last])
        }
    }
}
