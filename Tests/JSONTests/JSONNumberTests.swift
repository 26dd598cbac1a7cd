import JSON
import Testing

@Suite struct JSONNumberTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-12", -12), ("1.0", 1), ("1e2", 100), ("1E+2", 100),
            ("100e-2", 1), ("1.50e1", 15), ("0.000", 0), ("0e999999999999999999999", 0),
            ("12345000e-3", 12345), ("-1.2e1", -12),
            ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("922337203685477580.7e1", .max), ("-9223372036854775808.000", .min),
            ("1e18", 1_000_000_000_000_000_000),
            ("0.0000000000000000000000000000000000000001e40", 1),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1e19", nil),
            ("99999999999999999999", nil), ("18446744073709551616", nil), ("1e20", nil),
            ("1.5", nil), ("1e-1", nil), ("15e-1", nil), ("1e999999999999999999999", nil),
            ("1e-999999999999999999999", nil), ("-0.5", nil),
        ] as [(String, Int64?)])
    func `an integer is one however it is written`(source: String, expected: Int64?) throws {
        #expect(try parsed(source).number?.int64 == expected)
    }

    @Test(arguments: [
        ("0", true), ("-12", true), ("99999999999999999999", true), ("1.0", false),
        ("1e2", false), ("1.5", false),
    ])
    func `the syntax of an integer is known`(source: String, expected: Bool) throws {
        #expect(try parsed(source).number?.isInteger == expected)
    }

    @Test(arguments: [
        ("0.1", 0.1), ("1e2", 100), ("-1.5e-3", -0.0015), ("9007199254740993", 9007199254740992),
        ("1.7976931348623157e308", .greatestFiniteMagnitude), ("1e400", .infinity),
        ("-1e400", -.infinity), ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0),
        ("0.1000000000000000055511151231257827021181583404541015625", 0.1),
    ])
    func `a double is the nearest one`(source: String, expected: Double) throws {
        #expect(try parsed(source).number?.double == expected)
    }

    @Test func `a negative zero keeps its sign`() throws {
        #expect(try parsed("-0").number?.double.sign == .minus)
        #expect(try parsed("-0.0").number?.text == "-0.0")
    }
}
