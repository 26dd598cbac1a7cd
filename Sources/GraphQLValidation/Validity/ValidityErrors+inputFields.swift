import GraphQLLanguage
import GraphQLTypes

/// [Input Objects](https://spec.graphql.org/September2025/#sec-Input-Objects.Type-Validation)
extension ValidityErrors {
    mutating func checkInputFields(of type: TypeID) {
        let fields = schema[type].inputFields
        if fields.isEmpty {
            report(
                "Input Object type \(name(type)) must define one or more fields.",
                at: definitions(type))
        }
        for field in fields where !isFull { checkInputField(field, of: type) }
    }

    private mutating func checkInputField(_ field: InputID, of type: TypeID) {
        let record = schema[field]
        let definition = schema.definition(of: field)
        let coordinate = "\(name(type)).\(definition.name)"
        checkName(schema.name(of: field), definition.node)
        if !kind(record.type).isInput {
            report(
                "The type of \(coordinate) must be Input Type but got: \(text(record.type)).",
                at: definition.type.node)
        }
        if record.isRequired, record.isDeprecated {
            report(
                "Required input field \(coordinate) cannot be deprecated.",
                at: deprecation(definition.directives), definition.type.node)
        }
        if schema[type].isOneOf { checkOneOfField(field, definition, coordinate) }
        if kind(record.type).isInput { checkDefault(of: field, coordinate) }
    }

    private mutating func checkOneOfField(
        _ field: InputID, _ definition: InputValueDefinition, _ coordinate: String
    ) {
        if schema[field].type.isNonNull {
            report("OneOf input field \(coordinate) must be nullable.", at: definition.type.node)
        }
        if schema[field].hasDefault {
            report(
                "OneOf input field \(coordinate) cannot have a default value.", at: definition.node)
        }
    }
}
