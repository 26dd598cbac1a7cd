import GraphQLLanguage
import GraphQLTypes

/// Section 5.6.1: literals are of the type that is expected where they stand.
enum ValuesOfCorrectType {
    static func enterLeaf(_ node: Int, _ validation: inout Validation) {
        let input = validation.position.input
        guard input.isChecked, let type = input.type else { return }
        if validation.records[node].kind != .nullValue {
            check(node, &validation)
        } else if type.isNonNull {
            reportUnexpected(node, &validation)
        }
    }

    /// Checks a literal that is not null, and no object where one is expected, nor a list.
    static func check(_ node: Int, _ validation: inout Validation) {
        guard let type = validation.position.input.type else { return }
        let schema = validation.schema
        switch schema[type.named].kind {
        case .scalar:
            if !LiteralCheck.isSurelyValid(node, for: type.named, validation) {
                checkScalar(node, type.named, &validation)
            }
        case .enum:
            let isName = validation.records[node].kind == .enumValue
            if isName, let name = validation.names.known(node),
                schema.enumValue(name, of: type.named) != nil
            {
                return
            }
            report(node, &validation, enumMessage(node, type.named, validation))
        default: reportUnexpected(node, &validation)
        }
    }

    /// Asks the scalar itself, which says what is wrong.
    @inline(never)
    private static func checkScalar(_ node: Int, _ type: TypeID, _ validation: inout Validation) {
        do {
            let literal = Value(unchecked: validation.document[node])
            _ = try validation.schema.coerce(leaf: literal, to: type)
        } catch {
            report(node, &validation, error.reason)
        }
    }

    /// The walk's position is at the object; if it should not be one, what is inside is not looked
    /// at.
    static func enterObject(_ node: Int, _ validation: inout Validation) {
        guard validation.position.input.isChecked else { return }
        guard let type = validation.position.input.type?.named,
            validation.schema[type].kind == .inputObject
        else {
            check(node, &validation)
            validation.position.input.isChecked = false
            return
        }
        checkRequiredFields(node, type, &validation)
        if validation.schema[type].isOneOf { checkOneOf(node, type, &validation) }
    }

    private static func checkRequiredFields(
        _ node: Int, _ type: TypeID, _ validation: inout Validation
    ) {
        let schema = validation.schema
        for field in schema[type].inputFields
        where schema[field].isRequired && !has(schema[field].name, node, validation) {
            guard validation.options.suggestsNames else {
                return report(node, &validation, "A required field was not provided.")
            }
            let text = schema.text(of: schema[field].type)
            report(
                node, &validation,
                "Field \"\(schema.name(of: type)).\(schema.name(of: field))\" of required type "
                    + "\"\(text)\" was not provided.")
        }
    }

    /// Whether the field, argument or directive at `node` has a child of this name.
    static func has(_ name: NameID, _ node: Int, _ validation: borrowing Validation) -> Bool {
        var child = node + 1
        let end = validation.next(node)
        while child < end {
            let kind = validation.records[child].kind
            if kind == .objectField || kind == .argument, validation.names.known(child) == name {
                return true
            }
            child = validation.next(child)
        }
        return false
    }

    /// A variable in the one field is looked at by VariablesInAllowedPosition.
    private static func checkOneOf(_ node: Int, _ type: TypeID, _ validation: inout Validation) {
        let name = validation.schema.name(of: type)
        let first = node + 1
        var child = first
        let end = validation.next(node)
        // Repeated names are one key, of which the last value counts.
        var last = first
        var isSingle = first < end
        while child < end {
            if validation.names(child) != validation.names(first) { isSingle = false }
            last = child
            child = validation.next(child)
        }
        if !isSingle {
            report(
                node, &validation,
                "OneOf Input Object \"\(name)\" must specify exactly one key.")
        } else if validation.records[last + 1].kind == .nullValue {
            report(
                node, &validation,
                "Field \"\(name).\(validation.text(last))\" must be non-null.")
        }
    }

    @inline(never)
    static func reportUnknownField(
        _ node: Int, of type: TypeID, _ validation: inout Validation
    ) {
        guard validation.position.input.isChecked else { return }
        let schema = validation.schema
        let name = validation.text(node)
        let suggestion = validation.suggestion(
            for: name, among: schema[type].inputFields.map { schema.name(of: $0) },
            .valuesOfCorrectType)
        report(
            node, &validation,
            "Field \"\(name)\" is not defined by type \"\(schema.name(of: type))\"." + suggestion)
    }

    @inline(never)
    private static func reportUnexpected(_ node: Int, _ validation: inout Validation) {
        guard let type = validation.position.input.type else { return }
        let literal = validation.document[node].printed
        report(
            node, &validation,
            "Expected value of type \"\(validation.schema.text(of: type))\", found \(literal).")
    }

    private static func report(
        _ node: Int, _ validation: inout Validation, _ message: String
    ) {
        validation.report(
            .valuesOfCorrectType, entering: node, at: [validation.start(node)], message)
    }

    @inline(never)
    private static func enumMessage(
        _ node: Int, _ type: TypeID, _ validation: borrowing Validation
    ) -> String {
        let schema = validation.schema
        let literal = validation.document[node].printed
        let suggestion = validation.suggestion(
            for: literal, among: schema[type].enumValues.map { schema.name(of: $0) },
            words: "the enum value", .valuesOfCorrectType)
        let name = schema.name(of: type)
        return validation.records[node].kind == .enumValue
            ? "Value \"\(literal)\" does not exist in \"\(name)\" enum." + suggestion
            : "Enum \"\(name)\" cannot represent non-enum value: \(literal)." + suggestion
    }
}
