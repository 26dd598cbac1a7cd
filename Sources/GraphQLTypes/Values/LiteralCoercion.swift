import GraphQLLanguage

/// Makes values of literals, and collects what is wrong with them. It recurses as deep as the
/// literal, which the parser bounds.
struct LiteralCoercion {
    typealias Variables = (Name) -> InputValue?

    let schema: Schema
    /// By input, what stands for it if it is not given.
    var defaults: [InputValue?]
    private(set) var faults: [LiteralFault] = []
    private var path: [Step] = []

    private enum Step {
        case field(Name)
        case item(Int)
    }

    init(_ schema: Schema, defaults: [InputValue?]) {
        self.schema = schema
        self.defaults = defaults
    }

    mutating func forgetFaults() { faults = [] }

    mutating func value(
        _ literal: Value, _ type: WrappedType, _ variables: Variables
    ) -> InputValue? {
        value(literal, type, location: type, variables)
    }

    /// `location` is the type that faults name: that of the list if a single item stands for one.
    private mutating func value(
        _ literal: Value, _ type: WrappedType, location: WrappedType, _ variables: Variables
    ) -> InputValue? {
        let form = literal.form
        if case .variable(let variable) = form {
            let value = variables(variable.name)
            guard let value, value != .null || !type.isNonNull else {
                return unexpected(literal, location)
            }
            return value
        }
        if case .null = form {
            return type.isNonNull ? unexpected(literal, location) : .null
        }
        let type = type.nullable
        guard type.isList else {
            let isList = if case .list = form { true } else { false }
            return single(literal, type.named, location: isList ? type : location, variables)
        }
        if case .list(let items) = form { return list(items, of: type.unwrapped, variables) }
        let item = value(literal, type.unwrapped, location: location, variables)
        return item.map { .list([$0]) }
    }

    private mutating func list(
        _ items: NodeList<Value>, of type: WrappedType, _ variables: Variables
    ) -> InputValue? {
        var values: [InputValue] = []
        var isValid = true
        for (index, item) in items.enumerated() where faults.count < LiteralFaults.maximumCount {
            if !type.isNonNull, isMissing(item, variables) {
                values.append(.null)
                continue
            }
            path.append(.item(index))
            if let value = value(item, type, variables) {
                values.append(value)
            } else {
                isValid = false
            }
            path.removeLast()
        }
        return isValid ? .list(values) : nil
    }

    private mutating func single(
        _ literal: Value, _ type: TypeID, location: WrappedType, _ variables: Variables
    ) -> InputValue? {
        guard !schema[type].kind.isLeaf else {
            do {
                return try schema.coerce(leaf: literal, to: type, variables: variables)
            } catch {
                return fault(error.reason, at: literal.node)
            }
        }
        guard schema[type].kind == .inputObject, case .object(let fields) = literal.form else {
            return unexpected(literal, location)
        }
        return object(literal, fields, type, variables)
    }
}

/// Input objects.
extension LiteralCoercion {
    private mutating func object(
        _ literal: Value, _ given: NodeList<ObjectField>, _ type: TypeID, _ variables: Variables
    ) -> InputValue? {
        let known = schema[type].inputFields
        var literals = [Value?](repeating: nil, count: known.count)
        for field in given {
            if let input = schema.inputField(field.name, of: type) {
                literals[input.index - known.startIndex] = field.value
            }
        }
        let faultsBefore = faults.count
        checkRequired(literal, type, literals, variables)
        if schema[type].isOneOf { checkOneOf(literal, given, type, variables) }
        let values = fieldValues(given, type, literals, variables)
        guard faults.count == faultsBefore else { return nil }
        return .object(fields(of: type, values))
    }

    private mutating func checkRequired(
        _ literal: Value, _ type: TypeID, _ literals: [Value?], _ variables: Variables
    ) {
        for (input, field) in zip(schema[type].inputFields, literals)
        where schema[input].isRequired && field.map({ isMissing($0, variables) }) ?? true {
            let coordinate = "\(schema.name(of: type)).\(schema.name(of: input))"
            fault(
                "Field \"\(coordinate)\" of required type \"\(schema.text(of: schema[input].type))"
                    + "\" was not provided.", at: literal.node)
        }
    }

    private mutating func checkOneOf(
        _ literal: Value, _ given: NodeList<ObjectField>, _ type: TypeID, _ variables: Variables
    ) {
        let name = schema.name(of: type)
        guard let field = given.first, given.allSatisfy({ $0.name == field.name }) else {
            let reason = "OneOf Input Object \"\(name)\" must specify exactly one key."
            fault(reason, at: literal.node)
            return
        }
        var isNull = false
        switch field.value.form {
        case .null: isNull = true
        case .variable(let variable): isNull = variables(variable.name) ?? .null == .null
        default: break
        }
        guard isNull else { return }
        fault("Field \"\(name).\(field.name)\" must be non-null.", at: literal.node)
    }

    /// The values of the given fields, by their place in the type.
    private mutating func fieldValues(
        _ given: NodeList<ObjectField>, _ type: TypeID, _ literals: [Value?],
        _ variables: Variables
    ) -> [InputValue?] {
        let known = schema[type].inputFields
        var values = [InputValue?](repeating: nil, count: known.count)
        for field in given where faults.count < LiteralFaults.maximumCount {
            path.append(.field(field.name))
            defer { path.removeLast() }
            guard let input = schema.inputField(field.name, of: type) else {
                unknown(field, type)
                continue
            }
            // Of a field that is given twice only the last value counts.
            let place = input.index - known.startIndex
            guard literals[place] == field.value, !isMissing(field.value, variables) else {
                continue
            }
            values[place] = value(field.value, schema[input].type, variables)
        }
        return values
    }

    private func fields(of type: TypeID, _ values: [InputValue?]) -> [InputField] {
        var fields: [InputField] = []
        for (input, value) in zip(schema[type].inputFields, values) {
            let byDefault = input.index < defaults.count ? defaults[input.index] : nil
            if let value = value ?? byDefault {
                fields.append(InputField(name: schema.name(of: input), value: value))
            }
        }
        return fields
    }

    private mutating func unknown(_ field: ObjectField, _ type: TypeID) {
        let options = schema[type].inputFields.map { schema.name(of: $0) }
        let similar = Suggestions.similar(to: field.name.text, among: options)
        fault(
            "Field \"\(field.name)\" is not defined by type \"\(schema.name(of: type))\"."
                + Suggestions.sentence(similar), at: field.node)
    }
}

extension LiteralCoercion {
    private func isMissing(_ literal: Value, _ variables: Variables) -> Bool {
        guard case .variable(let variable) = literal.form else { return false }
        return variables(variable.name) == nil
    }

    private mutating func unexpected(_ literal: Value, _ type: WrappedType) -> InputValue? {
        fault(
            "Expected value of type \"\(schema.text(of: type))\", found \(literal.printed).",
            at: literal.node)
    }

    /// Never a value, so that it can be returned as one.
    @discardableResult
    private mutating func fault(_ reason: String, at node: Node) -> InputValue? {
        guard faults.count < LiteralFaults.maximumCount else { return nil }
        let segments: [PathSegment] = path.map { step in
            switch step {
            case .field(let name): .key(name.text)
            case .item(let index): .index(index)
            }
        }
        faults.append(LiteralFault(reason: reason, path: segments, node: node))
        return nil
    }
}

extension Schema {
    func inputField(_ name: Name, of type: TypeID) -> InputID? {
        names.find(name).flatMap { inputField($0, of: type) }
    }
}
