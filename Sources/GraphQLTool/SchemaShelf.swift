import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Reactor

/// The schemas of the last requests. Requests often come in long runs for the same one.
@EventLoop final class SchemaShelf {
    private var schemas: [[UInt8]: Result<Schema, GraphQLErrors>] = [:]
    private var bytes = 0

    /// The most schemas kept, and the most bytes of schema documents; beyond, all are forgotten.
    /// A schema takes about thirteen times the bytes of its document.
    static let maximumSchemas = 64
    static let maximumBytes = 16 << 20

    /// The schema that `source` defines, or what is wrong with it.
    func schema(_ source: [UInt8]) throws(GraphQLErrors) -> Schema {
        if let known = schemas[source] { return try known.get() }
        if schemas.count == Self.maximumSchemas || bytes + source.count > Self.maximumBytes {
            schemas.removeAll()
            bytes = 0
        }
        let result = Result { () throws(GraphQLErrors) in try Schema.checked(parse(source)) }
        schemas[source] = result
        bytes += source.count
        return try result.get()
    }
}

/// A document, or its mistake in the form in which all others come.
func parse(_ source: [UInt8]) throws(GraphQLErrors) -> Document {
    do throws(SyntaxError) {
        return try Document.parse(source)
    } catch {
        throw GraphQLErrors([GraphQLError(error)])
    }
}
