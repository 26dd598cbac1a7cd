public import GraphQLLanguage
public import GraphQLTypes

extension Schema {
    /// The schema that `source` defines, checked against all rules of the type system.
    public static func checked(_ source: String) throws(GraphQLErrors) -> Schema {
        let document: Document
        do {
            document = try Document.parse(source)
        } catch {
            throw GraphQLErrors([GraphQLError(error)])
        }
        return try checked(document)
    }

    /// The schema that `document` defines, checked against all rules of the type system.
    public static func checked(_ document: Document) throws(GraphQLErrors) -> Schema {
        try check(validateDefinitions(document))
        let schema: Schema
        do {
            schema = try Schema(building: document)
        } catch {
            throw GraphQLErrors([error])
        }
        try check(validateSchema(schema))
        return schema
    }

    private static func check(_ errors: [GraphQLError]) throws(GraphQLErrors) {
        if !errors.isEmpty { throw GraphQLErrors(errors) }
    }
}
