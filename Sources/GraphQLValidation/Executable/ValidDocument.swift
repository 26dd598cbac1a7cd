public import GraphQLLanguage
public import GraphQLTypes

/// A document that keeps all rules of a schema: nothing else is executed.
public struct ValidDocument: Sendable {
    public let document: Document
    public let schema: Schema

    private init(document: Document, schema: Schema) {
        self.document = document
        self.schema = schema
    }

    /// Checks `document` against all rules. Throws what they find, in the order of the source.
    public static func check(
        _ document: Document, against schema: Schema,
        options: ValidationOptions = ValidationOptions()
    ) throws(GraphQLErrors) -> ValidDocument {
        let errors = validate(document, against: schema, options: options)
        guard errors.isEmpty else { throw GraphQLErrors(errors) }
        return ValidDocument(document: document, schema: schema)
    }
}

/// Checks `document` against all rules for documents that are executed. Returns what they find, in
/// the order of the source. O(nodes) for valid documents.
public func validate(
    _ document: Document, against schema: Schema,
    options: ValidationOptions = ValidationOptions()
) -> [GraphQLError] {
    var work = ValidationWork()
    return validate(document, against: schema, options: options, work: &work)
}

/// The same; adds up how much was looked at.
package func validate(
    _ document: Document, against schema: Schema, options: ValidationOptions,
    work: inout ValidationWork
) -> [GraphQLError] {
    document.records.withUnsafeBufferPointer { records in
        document.source.withUnsafeBufferPointer { source in
            guard let bytes = source.baseAddress else { return [] }
            var validation = Validation(
                document, schema, options, records: records, source: bytes)
            let errors = validation.run()
            work = validation.work
            return errors
        }
    }
}
