import Bytes
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes

/// Errors, as GraphQL responses have them.
extension ByteBuffer {
    mutating func append(_ error: SyntaxError) { append(GraphQLError(error), withCode: false) }

    /// An answer that is a list of errors. They have no codes: messages and places say it all.
    mutating func append(errors: [GraphQLError]) {
        append(#"{"errors":["#)
        for (index, error) in errors.enumerated() {
            if index > 0 { append(",") }
            append(error, withCode: false)
        }
        append("]}")
    }

    /// The answer to a line that is no good request.
    mutating func appendFailure(_ message: String) {
        append(#"{"error":{"message":"#)
        append(json: message)
        append("}}")
    }
}
