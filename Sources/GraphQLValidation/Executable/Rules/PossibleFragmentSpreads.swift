import GraphQLLanguage
import GraphQLTypes

/// Section 5.5.2.3: a fragment stands where its type is possible.
enum PossibleFragmentSpreads {
    /// The walk's position has the fragment's type and, still, the parent's.
    @inline(__always)
    static func enterInlineFragment(_ node: Int, _ validation: inout Validation) {
        guard let type = validation.position.output, let parent = validation.position.parent,
            type != parent, validation.isComposite(type)
        else { return }
        check(node, type, parent, &validation)
    }

    static func enterFragmentSpread(
        _ node: Int, _ fragment: Int, _ validation: inout Validation
    ) {
        let definition = validation.definitions[fragment].node
        guard let parent = validation.position.parent,
            let type = validation.typeCondition(of: definition),
            type != parent, validation.isComposite(type)
        else { return }
        check(node, type, parent, &validation)
    }

    private static func check(
        _ node: Int, _ type: TypeID, _ parent: TypeID, _ validation: inout Validation
    ) {
        let schema = validation.schema
        // Looking for types in common takes long, but only until the list of errors is full.
        guard !validation.findings.isFull(.possibleFragmentSpreads),
            !overlap(type, parent, schema)
        else { return }
        let isSpread = validation.records[node].kind == .fragmentSpread
        let fragment = isSpread ? "Fragment \"\(validation.text(node))\"" : "Fragment"
        validation.report(
            .possibleFragmentSpreads, entering: node, at: [validation.start(node)],
            "\(fragment) cannot be spread here as objects of type "
                + "\"\(schema.name(of: parent))\" can never be of type "
                + "\"\(schema.name(of: type))\".")
    }

    /// Whether an object can be of both types.
    private static func overlap(_ left: TypeID, _ right: TypeID, _ schema: Schema) -> Bool {
        switch (schema[left].kind.isAbstract, schema[right].kind.isAbstract) {
        case (true, true):
            schema.possibleTypes(of: left).contains { schema.isSubtype($0, of: right) }
        case (true, false): schema.isSubtype(right, of: left)
        case (false, true): schema.isSubtype(left, of: right)
        case (false, false): false
        }
    }
}
