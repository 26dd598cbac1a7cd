import GraphQLLanguage
import GraphQLTypes

/// Section 3.5: which literals the scalars of the specification take.
enum LiteralCheck {
    static func isValid(
        _ node: Int, for scalar: BuiltInScalar, _ validation: borrowing Validation
    ) -> Bool {
        let kind = validation.records[node].kind
        return switch scalar {
        case .int: kind == .intValue && isSmall(node, validation)
        case .float: kind == .intValue || kind == .floatValue
        case .string: kind == .stringValue
        case .boolean: kind == .booleanValue
        case .id: kind == .stringValue || kind == .intValue
        }
    }

    /// Whether the digits are a number of 32 bits.
    private static func isSmall(_ node: Int, _ validation: borrowing Validation) -> Bool {
        let record = validation.records[node]
        // A sign and ten digits; zeros do not lead.
        guard record.end - record.start <= 11 else { return false }
        var value = 0
        var isNegative = false
        for offset in Int(record.start)..<Int(record.end) {
            let byte = validation.source[offset]
            if byte == UInt8(ascii: "-") {
                isNegative = true
            } else {
                value = 10 * value + Int(byte - UInt8(ascii: "0"))
            }
        }
        return Int32(exactly: isNegative ? -value : value) != nil
    }

    static func message(
        _ node: Int, _ scalar: BuiltInScalar, _ validation: borrowing Validation
    ) -> String {
        let literal = validation.document[node].printed
        let isInt = validation.records[node].kind == .intValue
        return switch scalar {
        case .int where isInt:
            "Int cannot represent non 32-bit signed integer value: \(literal)"
        case .int: "Int cannot represent non-integer value: \(literal)"
        case .float: "Float cannot represent non numeric value: \(literal)"
        case .string: "String cannot represent a non string value: \(literal)"
        case .boolean: "Boolean cannot represent a non boolean value: \(literal)"
        case .id: "ID cannot represent a non-string and non-integer value: \(literal)"
        }
    }
}
