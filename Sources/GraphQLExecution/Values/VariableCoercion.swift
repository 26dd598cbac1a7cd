import GraphQLLanguage
public import GraphQLTypes
public import JSON

extension VariableValues {
    /// ```
    /// CoerceVariableValues(schema, operation, variableValues)
    /// ```
    /// The values that `json`, an object, gives to the variables of a plan. All that is wrong is
    /// reported, up to a limit.
    public static func coerce(
        _ json: JSONValue?, for plan: Plan, suggestsNames: Bool = true
    ) throws(GraphQLErrors) -> VariableValues {
        if plan.variables.isEmpty { return VariableValues([]) }
        var coercion = VariableCoercion(schema: plan.schema, suggestsNames: suggestsNames)
        var values: [InputValue?] = []
        values.reserveCapacity(plan.variables.count)
        let given = plan.variablesGiven(by: json)
        for (variable, json) in zip(plan.variables, given) {
            values.append(coercion.value(of: variable, given: json))
            if coercion.isFull { break }
        }
        guard coercion.errors.isEmpty else { throw GraphQLErrors(coercion.errors) }
        return VariableValues(values)
    }
}

extension Plan {
    /// The value that `json` has for each variable. Of a key that comes again the last counts.
    fileprivate func variablesGiven(by json: JSONValue?) -> [JSONValue?] {
        var given = [JSONValue?](repeating: nil, count: variables.count)
        guard let json else { return given }
        for member in json.members {
            guard let place = place(ofVariable: member.key.stringValue ?? "") else { continue }
            given[place] = member.value
        }
        return given
    }
}

/// Turns JSON into values of input types, and collects what is wrong with it.
struct VariableCoercion {
    let schema: Schema
    /// Whether errors say what a wrong name may have meant, and which fields are missing.
    private let suggestsNames: Bool
    private(set) var errors: [GraphQLError] = []
    private(set) var isFull = false
    private var variable: PlannedVariable?

    /// One error more than this and the rest is not looked at.
    static let maximumErrors = 50

    init(schema: Schema, suggestsNames: Bool = true) {
        self.schema = schema
        self.suggestsNames = suggestsNames
    }

    /// The value of a variable; nothing where none is provided, or a wrong one.
    mutating func value(of variable: PlannedVariable, given json: JSONValue?) -> InputValue? {
        self.variable = variable
        let definition = variable.definition
        guard let type = variable.type else {
            add(
                """
                Variable "$\(variable.name)" expected value of type \
                "\(definition.type.printed)" which cannot be used as an input type.
                """, at: definition.type.node, breaking: "TYPE")
            return nil
        }
        guard let json else {
            if let literal = definition.defaultValue {
                return try? schema.coerce(literal: literal, to: type)
            }
            if type.isNonNull {
                add(
                    """
                    Variable "$\(variable.name)" of required type "\(schema.text(of: type))" was \
                    not provided.
                    """, at: definition.node, breaking: "REQUIRED")
            }
            return nil
        }
        if json.isNull, type.isNonNull {
            add(
                """
                Variable "$\(variable.name)" of non-null type "\(schema.text(of: type))" must \
                not be null.
                """, at: definition.node, breaking: "REQUIRED")
            return nil
        }
        return value(json, type, [])
    }

    /// Adds what is wrong at a path inside the value of the variable.
    private mutating func add(
        _ message: String, at node: Node, breaking rule: String, _ path: [PathSegment] = []
    ) {
        guard !isFull else { return }
        guard errors.count < Self.maximumErrors else {
            isFull = true
            errors.append(
                GraphQLError(
                    """
                    Too many errors processing variables, error limit reached. Execution aborted.
                    """, code: .badUserInput))
            return
        }
        let name = variable.map { [PathSegment.key($0.name)] } ?? []
        errors.append(
            GraphQLError(
                message, breaking: rule, at: name + path, locations: [node.location]))
    }

    /// Reports what is wrong with `json`, which stands at `path` inside the variable's value; or
    /// with its field of that name.
    private mutating func report(
        _ reason: String, _ json: JSONValue, _ path: [PathSegment], breaking rule: String = "TYPE",
        field: String? = nil
    ) {
        guard let variable else { return }
        var message =
            "Variable \"$\(variable.name)\" got invalid value \(Inspection.text(of: json))"
        if !path.isEmpty {
            let steps = path.map { segment in
                switch segment {
                case .key(let key): ".\(key)"
                case .index(let index): "[\(index)]"
                }
            }
            message += " at \"\(variable.name)\(steps.joined())\""
        }
        let field = field.map { [PathSegment.key($0)] } ?? []
        add(
            "\(message); \(reason)", at: variable.definition.node, breaking: rule, path + field)
    }

    /// ```
    /// Input coercion
    /// ```
    private mutating func value(
        _ json: JSONValue, _ type: WrappedType, _ path: [PathSegment]
    ) -> InputValue? {
        if json.isNull {
            guard type.isNonNull else { return .null }
            let text = schema.text(of: type)
            report(
                "Expected non-nullable type \"\(text)\" not to be null.", json, path,
                breaking: "REQUIRED")
            return nil
        }
        let type = type.nullable
        if type.isList { return list(json, of: type.unwrapped, path) }
        switch schema[type.named].kind {
        case .inputObject: return object(json, type.named, path)
        case .enum: return enumeration(json, type.named, path)
        default: return scalar(json, type.named, path)
        }
    }

    private mutating func list(
        _ json: JSONValue, of item: WrappedType, _ path: [PathSegment]
    ) -> InputValue? {
        guard json.form == .array else { return value(json, item, path).map { .list([$0]) } }
        var values: [InputValue] = []
        for (index, element) in json.elements.enumerated() where !isFull {
            values.append(value(element, item, path + [.index(index)]) ?? .null)
        }
        return .list(values)
    }

    private mutating func object(
        _ json: JSONValue, _ type: TypeID, _ path: [PathSegment]
    ) -> InputValue? {
        let name = schema.name(of: type)
        guard json.form == .object else {
            report("Expected type \"\(name)\" to be an object.", json, path)
            return nil
        }
        let given = lastMembers(of: json)
        var fields: [InputField] = []
        var lacksField = false
        for input in schema[type].inputFields where !isFull {
            let field = schema.name(of: input)
            let record = schema[input]
            let value: InputValue?
            if let json = given[field] {
                value = self.value(json, record.type, path + [.key(field)])
            } else {
                value = schema.coercedDefault(of: input)
                if value == nil, record.type.isNonNull {
                    if suggestsNames || !lacksField { reportMissing(input, of: json, path) }
                    lacksField = true
                }
            }
            if let value { fields.append(InputField(name: field, value: value)) }
        }
        reportUnknownFields(of: json, type, path)
        if schema[type].isOneOf { checkOneOf(json, type, path) }
        return .object(fields)
    }

    private mutating func reportMissing(
        _ input: InputID, of json: JSONValue, _ path: [PathSegment]
    ) {
        guard suggestsNames else {
            return report(
                "A required field was not provided.", json, path, breaking: "REQUIRED")
        }
        let (name, type) = (schema.name(of: input), schema.text(of: schema[input].type))
        report(
            "Field \"\(name)\" of required type \"\(type)\" was not provided.", json, path,
            breaking: "REQUIRED", field: name)
    }

    private func lastMembers(of json: JSONValue) -> [String: JSONValue] {
        Dictionary(
            json.members.map { ($0.key.stringValue ?? "", $0.value) },
            uniquingKeysWith: { _, last in last })
    }

    private mutating func reportUnknownFields(
        of json: JSONValue, _ type: TypeID, _ path: [PathSegment]
    ) {
        let keys = json.members.compactMap(\.key.stringValue)
        var seen = Set<String>()
        for key in keys where seen.insert(key).inserted && !isFull {
            if let name = schema.names.find(key), schema.inputField(name, of: type) != nil {
                continue
            }
            let known = schema[type].inputFields.map { schema.name(of: $0) }
            report(
                "Field \"\(key)\" is not defined by type \"\(schema.name(of: type))\"."
                    + suggestion(for: key, among: known), json, path, breaking: "UNKNOWN_FIELD",
                field: key)
        }
    }

    /// Of several keys the first one is looked at as well, as the reference implementation does.
    private mutating func checkOneOf(
        _ json: JSONValue, _ type: TypeID, _ path: [PathSegment]
    ) {
        let given = lastMembers(of: json)
        let names = schema[type].inputFields.map { schema.name(of: $0) }.filter {
            given[$0] != nil
        }
        if names.count != 1 {
            report(
                """
                Exactly one key must be specified for OneOf type "\(schema.name(of: type))".
                """, json, path, breaking: "ONE_OF")
        }
        if let name = names.first, let value = given[name], value.isNull {
            report(
                "Field \"\(name)\" must be non-null.", value, path + [.key(name)],
                breaking: "REQUIRED")
        }
    }

    private func suggestion(
        for name: String, among known: [String], words: String? = nil
    ) -> String {
        guard suggestsNames else { return "" }
        return Suggestions.sentence(Suggestions.similar(to: name, among: known), words: words)
    }

    private mutating func enumeration(
        _ json: JSONValue, _ type: TypeID, _ path: [PathSegment]
    ) -> InputValue? {
        let name = schema.name(of: type)
        let known = schema[type].enumValues.map { schema.name(of: $0) }
        func suggestion(_ given: String) -> String {
            self.suggestion(for: given, among: known, words: "the enum value")
        }
        guard let given = json.stringValue else {
            let text = Inspection.text(of: json)
            report(
                "Enum \"\(name)\" cannot represent non-string value: \(text)."
                    + suggestion(text), json, path, breaking: "ENUM_VALUE")
            return nil
        }
        guard known.contains(given) else {
            report(
                "Value \"\(given)\" does not exist in \"\(name)\" enum." + suggestion(given), json,
                path, breaking: "ENUM_VALUE")
            return nil
        }
        return .enumeration(given)
    }

    private mutating func scalar(
        _ json: JSONValue, _ type: TypeID, _ path: [PathSegment]
    ) -> InputValue? {
        let text = { Inspection.text(of: json) }
        switch schema[type].builtInScalar {
        case .int:
            if let number = json.number?.int32 { return .int(Int64(number)) }
            let fault = json.isIntegral ? "non 32-bit signed integer" : "non-integer"
            report("Int cannot represent \(fault) value: \(text())", json, path)
        case .float:
            if let number = json.number?.double, number.isFinite { return .float(number) }
            report("Float cannot represent non numeric value: \(text())", json, path)
        case .string:
            if let string = json.stringValue { return .string(string) }
            report("String cannot represent a non string value: \(text())", json, path)
        case .boolean:
            if let value = json.booleanValue { return .boolean(value) }
            report("Boolean cannot represent a non boolean value: \(text())", json, path)
        case .id:
            if let string = json.stringValue { return .string(string) }
            if let number = json.number?.int64 { return .string("\(number)") }
            if json.isIntegral { return .string(text()) }
            report("ID cannot represent value: \(text())", json, path)
        case nil:
            return InputValue(json)
        }
        return nil
    }
}

extension JSONNumber {
    /// The number, if it fits: one that a double cannot tell from an integer counts as that.
    fileprivate var int32: Int32? {
        int64.flatMap { Int32(exactly: $0) } ?? Int32(exactly: double)
    }
}

extension JSONValue {
    /// Whether it is a number without a fraction, however large.
    var isIntegral: Bool {
        number.map { $0.double.isFinite && $0.double == $0.double.rounded() } ?? false
    }
}

extension InputValue {
    /// A value as it stands in JSON, for a scalar that the specification knows nothing about.
    init(_ json: JSONValue) {
        switch json.form {
        case .null: self = .null
        case .boolean: self = .boolean(json.booleanValue == true)
        case .number:
            self = json.number?.int64.map { .int($0) } ?? .float(json.number?.double ?? 0)
        case .string: self = .string(json.stringValue ?? "")
        case .array: self = .list(json.elements.map { InputValue($0) })
        case .object:
            self = .object(
                json.members.map {
                    InputField(name: $0.key.stringValue ?? "", value: InputValue($0.value))
                })
        }
    }
}
