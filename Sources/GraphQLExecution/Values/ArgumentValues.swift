import GraphQLLanguage
import GraphQLTypes

/// Turns the arguments that a document gives to fields into values of their types.
struct ArgumentCoercion {
    let schema: Schema
    /// The value of a variable; nothing if the request does not provide it.
    let variable: (Name) -> InputValue?

    /// ```
    /// CoerceArgumentValues(objectType, field, variableValues)
    /// ```
    /// In the order in which the schema lists the arguments; nil where one is not given.
    func arguments(
        of field: FieldID, givenBy node: Field
    ) throws(GraphQLError) -> [InputValue?] {
        try arguments(schema[field].arguments, from: node.arguments, givenBy: node.node)
    }

    /// The same for a directive.
    func arguments(
        _ inputs: IDRange<InputID>, from arguments: NodeList<Argument>, givenBy node: Node
    ) throws(GraphQLError) -> [InputValue?] {
        var values: [InputValue?] = []
        for input in inputs {
            let name = schema.names[schema[input].name]
            let given = arguments.first { $0.name.text == name }
            values.append(try argument(input, name, given?.value, of: node))
        }
        return values
    }

    private func argument(
        _ input: InputID, _ name: String, _ literal: Value?, of node: Node
    ) throws(GraphQLError) -> InputValue? {
        let type = schema[input].type
        func typeText() -> String { schema.text(of: type) }
        guard let literal else {
            if let value = schema.coercedDefault(of: input) { return value }
            guard type.isNonNull else { return nil }
            throw error(
                "Argument \"\(name)\" of required type \"\(typeText())\" was not provided.",
                at: node, breaking: "REQUIRED", name)
        }
        if case .variable(let variable) = literal.form, self.variable(variable.name) == nil {
            if let value = schema.coercedDefault(of: input) { return value }
            guard type.isNonNull else { return nil }
            throw error(
                """
                Argument "\(name)" of required type "\(typeText())" was provided the variable \
                "$\(variable.name.text)" which was not provided a runtime value.
                """, at: literal.node, breaking: "REQUIRED", name)
        }
        if type.isNonNull, isNull(literal) {
            throw error(
                "Argument \"\(name)\" of non-null type \"\(typeText())\" must not be null.",
                at: literal.node, breaking: "REQUIRED", name)
        }
        do {
            return try schema.coerce(literal: literal, to: type, variables: variable)
        } catch {
            throw self.error(
                "Argument \"\(name)\" has invalid value \(literal.printed).", at: literal.node,
                breaking: "TYPE", name)
        }
    }

    private func isNull(_ literal: Value) -> Bool {
        switch literal.form {
        case .null: true
        case .variable(let variable): self.variable(variable.name) == .null
        default: false
        }
    }

    private func error(
        _ message: String, at node: Node, breaking rule: String, _ name: String
    ) -> GraphQLError {
        GraphQLError(
            message, breaking: rule, at: [.key(name)], locations: [node.location])
    }
}

extension PlanCompiler {
    /// The place of a field's arguments among the plan's, or -1 if it takes none.
    mutating func argumentList(of node: Field, _ field: FieldID) -> Int32 {
        guard !schema[field].arguments.isEmpty else { return -1 }
        var constant: Result<[InputValue?], GraphQLError>?
        if !node.arguments.contains(where: { $0.value.hasVariables }) {
            let coercion = ArgumentCoercion(schema: schema) { _ in nil }
            constant = Result { () throws(GraphQLError) in
                try coercion.arguments(of: field, givenBy: node)
            }
        }
        let sources = constant == nil ? argumentSources(of: node, field) : nil
        tables.argumentLists.append(
            ArgumentList(
                field: field, node: node.index, constant: constant, sources: sources,
                takesVariables: takesVariables(sources)))
        return Int32(tables.argumentLists.count - 1)
    }

    private func takesVariables(_ sources: [ArgumentSource]?) -> Bool {
        guard let sources, sources.count == tables.variables.count else { return false }
        return sources.indices.allSatisfy { place in
            if case .variable(place) = sources[place] { true } else { false }
        }
    }

    private func argumentSources(of node: Field, _ field: FieldID) -> [ArgumentSource]? {
        var sources: [ArgumentSource] = []
        for input in schema[field].arguments {
            let name = schema.names[schema[input].name]
            guard let literal = node.arguments.first(where: { $0.name.text == name })?.value else {
                guard let value = schema.coercedDefault(of: input) else {
                    if schema[input].type.isNonNull { return nil }
                    sources.append(.constant(nil))
                    continue
                }
                sources.append(.constant(value))
                continue
            }
            if case .variable(let variable) = literal.form {
                guard let place = tables.placesOfVariables[variable.name.text] else {
                    return nil
                }
                sources.append(.variable(place))
            } else {
                let constant = try? schema.coerce(literal: literal, to: schema[input].type)
                guard !literal.hasVariables, let constant else { return nil }
                sources.append(.constant(constant))
            }
        }
        return sources
    }
}

extension Value {
    /// Whether a variable stands in it.
    var hasVariables: Bool {
        let nodes = index..<Int(node.record.next)
        return nodes.contains { document.records[$0].kind == .variable }
    }
}
