import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation

/// What the rules for schema documents say about a document: messages and places.
func definitionErrors(_ text: String) throws -> [String] {
    try validateDefinitions(Document.parse(text)).map(\.description)
}

/// What is not valid about the schema of a document that breaks none of those rules.
func schemaErrors(_ text: String) throws -> [String] {
    let document = try Document.parse(text)
    let errors = validateDefinitions(document)
    guard errors.isEmpty else { throw GraphQLErrors(errors) }
    return try validateSchema(Schema(building: document)).map(\.description)
}
