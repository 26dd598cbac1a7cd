import GraphQLLanguage
import GraphQLTypes

/// [Enums](https://spec.graphql.org/September2025/#sec-Enums.Type-Validation)
extension ValidityErrors {
    mutating func checkValues(of type: TypeID) {
        let values = schema[type].enumValues
        if values.isEmpty {
            report("Enum type \(name(type)) must define one or more values.", at: definitions(type))
        }
        for value in values where !isFull {
            checkName(schema.name(of: value), schema.definition(of: value).node)
        }
    }
}
