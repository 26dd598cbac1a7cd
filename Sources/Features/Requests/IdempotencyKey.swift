package import GraphQLTypes

/// What a client calls a mutation by, so that it is done once however often it is sent.
package struct IdempotencyKey: Sendable, Equatable {
    package let text: String

    package static let mostBytes = 255

    /// Of 1 to 255 characters of ASCII that can be seen, or are spaces.
    package init(_ text: some Sequence<UInt8>) throws(GraphQLError) {
        let bytes = Array(text)
        guard 1...Self.mostBytes ~= bytes.count, bytes.allSatisfy({ 0x20...0x7e ~= $0 }) else {
            throw .faultyIdempotencyKey
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }
}

extension GraphQLError {
    package static let faultyIdempotencyKey = GraphQLError(
        """
        An Idempotency-Key is one string of 1 to \(IdempotencyKey.mostBytes) visible characters of \
        ASCII.
        """, code: .badUserInput)

    /// The draft of the field wants status 422.
    static let reusedIdempotencyKey = GraphQLError(
        "The Idempotency-Key was used for another request: take a new one for each.",
        code: .idempotencyKeyReused)

    /// The draft of the field wants status 409.
    static let busyIdempotencyKey: GraphQLError = {
        var error = GraphQLError(
            "A request with this Idempotency-Key is being answered; try again in 1 s.",
            code: .idempotencyKeyInUse)
        error.retryAfterSeconds = 1
        return error
    }()

    static let longKeptAnswer = GraphQLError(
        """
        The answer is longer than \(KeyedRequest.mostAnswerBytes) bytes, which is more than is \
        kept for an Idempotency-Key: nothing was done; ask for less of what changes.
        """, code: .badUserInput)

    static let anonymousIdempotencyKey = GraphQLError(
        "An Idempotency-Key is for those who have signed in.", code: .unauthenticated)
}
