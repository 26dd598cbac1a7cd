import Bytes
import Features
import GraphQLExecution
import GraphQLTypes
import HTTP
import JSON
import Reactor

/// Where a request names its key: in the field `Idempotency-Key`, or in its `extensions`, which
/// every transport brings.
extension IdempotencyKey {
    /// Of a request over HTTP, in either place.
    @EventLoop static func read(
        from request: Request, _ parameters: EngineRequest
    ) throws(GraphQLError) -> IdempotencyKey? {
        let inside = try read(from: parameters)
        let fields = Array(request.head.values(of: "idempotency-key"))
        guard let field = fields.first else { return inside }
        guard fields.count == 1 else { throw .faultyIdempotencyKey }
        let key = try IdempotencyKey(field: field)
        guard inside == nil || inside == key else { throw .faultyIdempotencyKey }
        return key
    }

    /// Of `extensions` alone.
    @EventLoop static func read(
        from parameters: EngineRequest
    ) throws(GraphQLError) -> IdempotencyKey? {
        guard let value = parameters.extensions?["idempotencyKey"], !value.isNull else {
            return nil
        }
        guard let bytes = value.stringBytes else { throw .faultyIdempotencyKey }
        return try IdempotencyKey(bytes)
    }

    /// ```
    /// sf-string = DQUOTE *chr DQUOTE
    /// chr       = unescaped / bs-escaped
    /// ```
    /// (RFC 9651 section 3.3.3). Most clients leave the quotation marks out, and mean all of it.
    private init(field: ArraySlice<UInt8>) throws(GraphQLError) {
        guard field.first == UInt8(ascii: "\"") else {
            try self.init(field)
            return
        }
        guard let text = Self.unquoted(field.dropFirst()) else { throw .faultyIdempotencyKey }
        try self.init(text)
    }

    /// What stands before the closing quotation mark; nothing where something stands behind it.
    private static func unquoted(_ rest: ArraySlice<UInt8>) -> [UInt8]? {
        var (text, rest): ([UInt8], ArraySlice<UInt8>) = ([], rest)
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return rest.isEmpty ? text : nil }
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            guard let escaped = rest.popFirst(),
                escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\")
            else { return nil }
            text.append(escaped)
        }
        return nil
    }
}
