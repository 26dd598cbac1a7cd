import GraphQLLanguage
import GraphQLTypes

/// Turns literals into values of their types, with the variables of a request put in.
struct LiteralCoercion {
    let schema: Schema
    /// The value of a variable; nothing if the request does not provide it.
    let variable: (Name) -> InputValue?

    /// ```
    /// Input coercion of a literal
    /// ```
    /// Nothing if the literal is none of the type's values, or needs a variable that is not there.
    func value(of literal: Value, _ type: WrappedType) -> InputValue? {
        if case .variable(let variable) = literal.form {
            guard let value = self.variable(variable.name) else { return nil }
            return value == .null && type.isNonNull ? nil : value
        }
        if case .null = literal.form { return type.isNonNull ? nil : .null }
        let type = type.nullable
        if type.isList { return list(literal, of: type.unwrapped) }
        switch schema[type.named].kind {
        case .inputObject: return object(literal, type.named)
        case .enum: return enumeration(literal, type.named)
        default: return scalar(literal, schema[type.named].builtInScalar)
        }
    }

    /// The value that stands for an input that is not given, if it has a default.
    func defaultValue(of input: InputID) -> InputValue? {
        schema.defaultValue(of: input).flatMap { value(of: $0, schema[input].type) }
    }

    /// Whether nothing is given where `literal` stands.
    func isMissing(_ literal: Value) -> Bool {
        guard case .variable(let variable) = literal.form else { return false }
        return self.variable(variable.name) == nil
    }

    private func list(_ literal: Value, of item: WrappedType) -> InputValue? {
        guard case .list(let items) = literal.form else {
            return value(of: literal, item).map { .list([$0]) }
        }
        var values: [InputValue] = []
        for literal in items {
            if isMissing(literal), !item.isNonNull {
                values.append(.null)
            } else if let value = value(of: literal, item) {
                values.append(value)
            } else {
                return nil
            }
        }
        return .list(values)
    }

    private func object(_ literal: Value, _ type: TypeID) -> InputValue? {
        guard case .object(let literals) = literal.form else { return nil }
        var given: [NameID: Value] = [:]
        for field in literals {
            if let name = schema.names.find(field.name) { given[name] = field.value }
        }
        var fields: [InputField] = []
        for input in schema[type].inputFields {
            let record = schema[input]
            var value: InputValue?
            if let literal = given[record.name], !isMissing(literal) {
                guard let given = self.value(of: literal, record.type) else { return nil }
                value = given
            } else {
                value = defaultValue(of: input)
                if value == nil, record.type.isNonNull { return nil }
            }
            if let value { fields.append(InputField(name: schema.name(of: input), value: value)) }
        }
        if schema[type].isOneOf, fields.count != 1 || fields[0].value == .null { return nil }
        return .object(fields)
    }

    private func enumeration(_ literal: Value, _ type: TypeID) -> InputValue? {
        guard case .enum(let name) = literal.form, let id = schema.names.find(name),
            schema.enumValue(id, of: type) != nil
        else { return nil }
        return .enumeration(name.text)
    }

    private func scalar(_ literal: Value, _ scalar: BuiltInScalar?) -> InputValue? {
        switch (scalar, literal.form) {
        case (.int, .int(let node)): Int32(node.text).map { .int(Int64($0)) }
        case (.float, .int(let node)), (.float, .float(let node)):
            Double(node.text).flatMap { $0.isFinite ? .float($0) : nil }
        case (.string, .string(let text)), (.id, .string(let text)): .string(text.value)
        case (.id, .int(let node)): .string(node.text)
        case (.boolean, .boolean(let value)): .boolean(value)
        case (nil, _): untyped(literal)
        default: nil
        }
    }

    /// The value of a scalar that the specification knows nothing about.
    private func untyped(_ literal: Value) -> InputValue? {
        switch literal.form {
        case .variable(let variable): self.variable(variable.name)
        case .int(let node):
            Int64(node.text).map { .int($0) } ?? Double(node.text).map { .float($0) }
        case .float(let node): Double(node.text).map { .float($0) }
        case .string(let text): .string(text.value)
        case .boolean(let value): .boolean(value)
        case .null: .null
        case .enum(let name): .enumeration(name.text)
        case .list(let items): .list(items.map { untyped($0) ?? .null })
        case .object(let fields):
            .object(
                fields.compactMap { field in
                    untyped(field.value).map { InputField(name: field.name.text, value: $0) }
                })
        }
    }
}
