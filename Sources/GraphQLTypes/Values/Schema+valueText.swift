import Bytes
import GraphQLLanguage

extension Schema {
    /// The value as a literal of `type`.
    public func literal(of value: InputValue, as type: WrappedType) -> String {
        switch value {
        case .null: return "null"
        case .boolean(let boolean): return boolean ? "true" : "false"
        case .int(let number): return String(number)
        case .float(let number): return String(shortest: number)
        case .enumeration(let name): return name
        case .string(let text):
            // An identifier that could be an integer is written as one.
            let isInteger = self[type.named].builtInScalar == .id && text.isIntegerLiteral
            return isInteger ? text : StringForm.quoted(Array(text.utf8))
        case .list(let items):
            let itemType = type.item ?? type
            return "[" + items.map { literal(of: $0, as: itemType) }.joined(separator: ", ") + "]"
        case .object(let fields):
            let texts = fields.map { field in
                "\(field.name): \(literal(of: field.value, as: fieldType(field.name, of: type)))"
            }
            return "{" + texts.joined(separator: ", ") + "}"
        }
    }

    /// The default of an argument or input field as a literal: what it is for its type, not how it
    /// is written in the schema document.
    public func defaultText(of input: InputID) -> String? {
        coercedDefault(of: input).map { literal(of: $0, as: self[input].type) }
    }

    /// Inside a scalar that is not the specification's, everything is of that scalar.
    private func fieldType(_ name: String, of type: WrappedType) -> WrappedType {
        let input = names.find(name).flatMap { inputField($0, of: type.named) }
        return input.map { self[$0].type } ?? WrappedType(type.named)
    }
}

extension String {
    /// ```
    /// IntegerPart :: NegativeSign? 0 | NegativeSign? NonZeroDigit Digit*
    /// ```
    fileprivate var isIntegerLiteral: Bool {
        let digits = utf8.first == UInt8(ascii: "-") ? utf8.dropFirst() : utf8[...]
        guard digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
            return false
        }
        return digits.first == UInt8(ascii: "0") ? digits.count == 1 : !digits.isEmpty
    }
}
