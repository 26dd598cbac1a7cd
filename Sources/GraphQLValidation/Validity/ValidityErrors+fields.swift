import GraphQLLanguage
import GraphQLTypes

/// [Objects](https://spec.graphql.org/September2025/#sec-Objects.Type-Validation)
extension ValidityErrors {
    mutating func checkFields(of type: TypeID) {
        let schema = schema
        let fields = schema[type].fields
        if fields.isEmpty {
            report("Type \(name(type)) must define one or more fields.", at: definitions(type))
        }
        for field in fields where !isFull {
            let definition = schema.definition(of: field)
            let record = schema[field]
            checkName(schema.name(of: field), definition.node)
            if !kind(record.type).isOutput {
                report(
                    "The type of \(schema.coordinate(field, of: type)) must be Output Type "
                        + "but got: \(text(record.type)).", at: definition.type.node)
            }
            for argument in record.arguments {
                let place = schema.definition(of: argument).type.node
                checkArgument(argument, of: schema.coordinate(field, of: type), at: place)
            }
        }
    }
}
