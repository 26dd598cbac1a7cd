import GraphQLLanguage
import GraphQLTypes

/// On request: nothing is used that the schema calls deprecated.
enum NoDeprecated {
    static func enterField(_ node: Int, _ validation: inout Validation) {
        let schema = validation.schema
        guard let field = validation.position.field, schema[field].isDeprecated,
            let parent = validation.position.parent
        else { return }
        let reason = reason(schema.definition(of: field).directives)
        report(
            node, &validation,
            "The field \(schema.name(of: parent)).\(schema.name(of: field)) is deprecated. "
                + reason)
    }

    static func enterArgument(
        _ node: Int, _ argument: InputID, _ validation: inout Validation
    ) {
        let schema = validation.schema
        guard schema[argument].isDeprecated else { return }
        let owner =
            if let directive = validation.position.directive {
                "Directive \"@\(schema.name(of: directive))\""
            } else if let parent = validation.position.parent, let field = validation.position.field
            {
                "Field \"\(schema.name(of: parent)).\(schema.name(of: field))\""
            } else {
                "Field"
            }
        let reason = reason(schema.definition(of: argument).directives)
        report(
            node, &validation,
            "\(owner) argument \"\(schema.name(of: argument))\" is deprecated. \(reason)")
    }

    static func enterObjectField(_ node: Int, _ field: InputID, _ validation: inout Validation) {
        let schema = validation.schema
        guard schema[field].isDeprecated, let parent = validation.position.input.parent
        else { return }
        let reason = reason(schema.definition(of: field).directives)
        report(
            node, &validation,
            "The input field \(schema.name(of: parent)).\(schema.name(of: field)) is deprecated. "
                + reason)
    }

    static func enterEnumValue(_ node: Int, _ validation: inout Validation) {
        let schema = validation.schema
        guard validation.records[node].kind == .enumValue,
            let type = validation.position.input.type?.named, schema[type].kind == .enum,
            let value = validation.names.known(node).flatMap({ schema.enumValue($0, of: type) }),
            schema[value].isDeprecated
        else { return }
        let reason = reason(schema.definition(of: value).directives)
        report(
            node, &validation,
            "The enum value \"\(schema.name(of: type)).\(schema.name(of: value))\" is deprecated. "
                + reason)
    }

    private static func reason(_ directives: NodeList<Directive>) -> String {
        let argument = directives.first { $0.name == "deprecated" }?.arguments.first {
            $0.name == "reason"
        }
        guard case .string(let reason) = argument?.value.form else { return "No longer supported" }
        return reason.value
    }

    private static func report(_ node: Int, _ validation: inout Validation, _ message: String) {
        validation.report(.noDeprecated, entering: node, at: [validation.start(node)], message)
    }
}
