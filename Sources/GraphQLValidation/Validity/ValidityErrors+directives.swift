import GraphQLLanguage
import GraphQLTypes

/// [Directives](https://spec.graphql.org/September2025/#sec-Type-System.Directives.Type-Validation)
extension ValidityErrors {
    mutating func checkDirectives() {
        for directive in schema.directives where !isFull {
            let definition = schema.definition(of: directive)
            guard definition.document === schema.document else { continue }
            checkName(schema.name(of: directive), definition.node)
            for argument in schema[directive].arguments {
                let input = schema.definition(of: argument)
                checkArgument(
                    argument, of: "@\(definition.name)", at: input.node)
            }
        }
    }

    /// An argument of a field or directive. `place` is where an error about its type points.
    mutating func checkArgument(
        _ argument: InputID, of parent: @autoclosure () -> String, at place: Node
    ) {
        let name = schema.name(of: argument)
        let record = schema[argument]
        let definition = schema.definition(of: argument)
        checkName(name, definition.node)
        let isInput = kind(record.type).isInput
        if !isInput {
            report(
                "The type of \(parent())(\(name):) must be Input Type but got: "
                    + "\(text(record.type)).", at: place)
        }
        if record.isRequired, record.isDeprecated {
            report(
                "Required argument \(parent())(\(name):) cannot be deprecated.",
                at: deprecation(definition.directives), definition.type.node)
        }
        if isInput { checkDefault(of: argument, "\(parent())(\(name):)") }
    }
}
