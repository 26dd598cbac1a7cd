import GraphQLLanguage
import GraphQLTypes

/// Section 3.5: which literals scalars take.
enum LiteralCheck {
    /// A number that is longer may be one that no double holds.
    private static let longestSureNumber = 300

    /// Whether the literal is one that the scalar takes, as far as that is seen at a glance.
    static func isSurelyValid(
        _ node: Int, for type: TypeID, _ validation: borrowing Validation
    ) -> Bool {
        let kind = validation.records[node].kind
        return switch validation.schema[type].builtInScalar {
        case .int: kind == .intValue && isSmall(node, validation)
        case .float:
            (kind == .intValue || kind == .floatValue) && hasSureNumbers(node, validation)
        case .string: kind == .stringValue
        case .boolean: kind == .booleanValue
        case .id: kind == .stringValue || kind == .intValue
        case nil: hasSureNumbers(node, validation)
        }
    }

    /// Whether a double surely holds all numbers in a literal.
    private static func hasSureNumbers(_ node: Int, _ validation: borrowing Validation) -> Bool {
        for inner in node..<validation.next(node) {
            let record = validation.records[inner]
            guard record.kind == .intValue || record.kind == .floatValue else { continue }
            guard record.end - record.start <= longestSureNumber else { return false }
            guard record.kind == .floatValue else { continue }
            for offset in Int(record.start)..<Int(record.end)
            where validation.source[offset] | 0x20 == UInt8(ascii: "e") {
                return false
            }
        }
        return true
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
}
