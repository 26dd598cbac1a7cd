import Bytes
import GraphQLLanguage

/// Errors, as GraphQL responses have them.
extension ByteBuffer {
    mutating func append(_ error: SyntaxError) {
        append(#"{"message":"#)
        append(json: error.message)
        append(#","locations":[{"line":"#)
        append(decimal: error.location.line)
        append(#","column":"#)
        append(decimal: error.location.column)
        append("}]}")
    }

    /// The answer to a line that is no good request.
    mutating func appendFailure(_ message: String) {
        append(#"{"error":{"message":"#)
        append(json: message)
        append("}}")
    }
}
