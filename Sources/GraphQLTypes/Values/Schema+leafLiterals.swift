package import GraphQLLanguage

/// Why a literal is no value of a scalar or enum type.
package struct LeafFault: Error {
    package let reason: String
}

/// [Scalars](https://spec.graphql.org/September2025/#sec-Scalars.Input-Coercion)
extension Schema {
    /// The value that `literal`, neither null nor a variable, is for a scalar or enum type.
    package func coerce(
        leaf literal: Value, to type: TypeID, variables: (Name) -> InputValue? = { _ in nil }
    ) throws(LeafFault) -> InputValue {
        if self[type].kind == .enum { return try enumeration(literal, type) }
        switch self[type].builtInScalar {
        case .int: return try int(literal)
        case .float: return try float(literal)
        case .string: return try string(literal)
        case .boolean: return try boolean(literal)
        case .id: return try id(literal)
        case nil:
            let value = try untyped(literal, variables)
            return value ?? .null
        }
    }

    private func int(_ literal: Value) throws(LeafFault) -> InputValue {
        guard case .int(let node) = literal.form else {
            throw LeafFault(reason: "Int cannot represent non-integer value: \(literal.printed)")
        }
        guard let number = Int32(node.text) else {
            throw LeafFault(
                reason: "Int cannot represent non 32-bit signed integer value: \(node.text)")
        }
        return .int(Int64(number))
    }

    private func float(_ literal: Value) throws(LeafFault) -> InputValue {
        switch literal.form {
        case .int(let node), .float(let node): return try number(node)
        default:
            throw LeafFault(reason: "Float cannot represent non numeric value: \(literal.printed)")
        }
    }

    private func string(_ literal: Value) throws(LeafFault) -> InputValue {
        guard case .string(let string) = literal.form else {
            throw LeafFault(
                reason: "String cannot represent a non string value: \(literal.printed)")
        }
        return .string(string.value)
    }

    private func boolean(_ literal: Value) throws(LeafFault) -> InputValue {
        guard case .boolean(let boolean) = literal.form else {
            throw LeafFault(
                reason: "Boolean cannot represent a non boolean value: \(literal.printed)")
        }
        return .boolean(boolean)
    }

    /// An integer keeps its digits, however many.
    private func id(_ literal: Value) throws(LeafFault) -> InputValue {
        switch literal.form {
        case .string(let string): return .string(string.value)
        case .int(let node): return .string(node.text)
        default:
            throw LeafFault(
                reason: "ID cannot represent a non-string and non-integer value: "
                    + literal.printed)
        }
    }

    private func enumeration(_ literal: Value, _ type: TypeID) throws(LeafFault) -> InputValue {
        guard case .enum(let name) = literal.form else {
            let text = literal.printed
            throw LeafFault(
                reason: "Enum \"\(self.name(of: type))\" cannot represent non-enum value: \(text)."
                    + similarValues(to: text, of: type))
        }
        guard let id = names.find(name), enumValue(id, of: type) != nil else {
            throw LeafFault(
                reason: "Value \"\(name)\" does not exist in \"\(self.name(of: type))\" enum."
                    + similarValues(to: name.text, of: type))
        }
        return .enumeration(names[id])
    }

    private func similarValues(to text: String, of type: TypeID) -> String {
        let options = self[type].enumValues.map { name(of: $0) }
        return Suggestions.sentence(
            Suggestions.similar(to: text, among: options), words: "the enum value")
    }

    /// What any literal is when its type does not say: for scalars that are not the
    /// specification's. Nothing for a variable that is not provided.
    private func untyped(
        _ literal: Value, _ variables: (Name) -> InputValue?
    ) throws(LeafFault) -> InputValue? {
        switch literal.form {
        case .variable(let variable): return variables(variable.name)
        case .int(let node):
            if let integer = Int64(node.text) { return .int(integer) }
            return try number(node)
        case .float(let node): return try number(node)
        case .string(let string): return .string(string.value)
        case .boolean(let boolean): return .boolean(boolean)
        case .null: return .null
        case .enum(let name): return .string(name.text)
        case .list(let items):
            var values: [InputValue] = []
            for item in items {
                let value = try untyped(item, variables)
                values.append(value ?? .null)
            }
            return .list(values)
        case .object(let fields):
            var values: [InputField] = []
            for field in fields {
                guard let value = try untyped(field.value, variables) else { continue }
                values.append(InputField(name: field.name.text, value: value))
            }
            return .object(values)
        }
    }

    private func number(_ node: Node) throws(LeafFault) -> InputValue {
        guard let number = Double(node.text), number.isFinite else {
            throw LeafFault(reason: "Float cannot represent non numeric value: \(node.text)")
        }
        return .float(number)
    }
}
