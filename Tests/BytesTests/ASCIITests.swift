import Bytes
import Testing

@Suite struct ASCIITests {
    @Test func `every byte is classed as its character is`() {
        for byte in UInt8.min...UInt8.max {
            let character = Character(Unicode.Scalar(byte))
            let isASCII = byte < 0x80
            #expect(byte.isDigit == ("0"..."9" ~= character))
            #expect(byte.isUppercase == (isASCII && character.isUppercase))
            #expect(byte.isLetter == (isASCII && character.isLetter))
            let value = isASCII ? character.hexDigitValue.map(UInt8.init) : nil
            #expect(byte.hexadecimalValue == value)
        }
    }

    @Test(arguments: [
        (UInt8(ascii: "A"), UInt8(ascii: "a")), (UInt8(ascii: "Z"), UInt8(ascii: "z")),
        (UInt8(ascii: "a"), UInt8(ascii: "a")), (UInt8(ascii: "@"), UInt8(ascii: "@")),
        (UInt8(ascii: "["), UInt8(ascii: "[")), (0xC4, 0xC4),
    ])
    func `only upper-case letters are lowered`(byte: UInt8, expected: UInt8) {
        #expect(byte.lowercased == expected)
    }

    @Test(arguments: [
        ("Content-Length", "content-length" as StaticString, true), ("", "", true),
        ("content-lengt", "content-length", false), ("content-lengtj", "content-length", false),
        ("@", "`", false),
    ])
    func `names are equal whatever their case`(
        name: String, lowercase: StaticString, isEqual: Bool
    ) {
        #expect(Array(name.utf8).equalsIgnoringCase(lowercase) == isEqual)
        #expect(name.utf8.equalsIgnoringCase(Array(lowercase.description.utf8)) == isEqual)
    }

    @Test(arguments: [
        ("", ""), (" \t ", ""), ("a", "a"), ("\t a b \t", "a b"), ("\na ", "\na"),
    ])
    func `spaces and tabs are trimmed at both ends`(input: String, expected: String) {
        #expect(String(decoding: Array(input.utf8).trimmingSpaces, as: UTF8.self) == expected)
    }
}
