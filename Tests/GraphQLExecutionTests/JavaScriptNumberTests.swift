import Testing

@testable import GraphQLExecution

@Suite struct JavaScriptNumberTests {
    @Test(
        arguments: [
            ("1", 1), (" 1\t", 1), ("\u{A0}1", 1), ("\u{FEFF}1", 1), ("\n", 0), ("1e3", 1000),
            ("-.5", -0.5), ("5.", 5), ("+2", 2), ("0b11", 3), ("0o7", 7), ("0X1f", 31),
            ("Infinity", .infinity), ("-Infinity", -.infinity),
        ] as [(String, Double)])
    func `a text is read as a number`(text: String, number: Double) {
        #expect(JavaScriptNumber.value(of: text) == number)
    }

    @Test(arguments: [
        "x", "-0x10", "+0x10", "0x1p3", "0x1.8", "inf", "nan", "1 2", "0x", "--1", "1e",
    ])
    func `a text is no number`(text: String) {
        #expect(JavaScriptNumber.value(of: text) == nil)
    }
}
