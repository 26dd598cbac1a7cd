import GraphQLLanguage
import GraphQLTypes

/// On request: nothing is asked about the schema itself.
enum NoSchemaIntrospection {
    static func enterField(_ node: Int, _ validation: inout Validation) {
        guard let type = validation.position.output, validation.schema[type].isIntrospection
        else { return }
        validation.report(
            .noSchemaIntrospection, entering: node, at: [validation.start(node)],
            "GraphQL introspection has been disabled, but the requested query contained the field "
                + "\"\(validation.text(node))\".")
    }
}
