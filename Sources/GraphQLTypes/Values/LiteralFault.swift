public import GraphQLLanguage

/// Why a literal is no value of a type.
public struct LiteralFault: Hashable, Sendable {
    /// What is wrong, as a sentence.
    public let reason: String
    /// Where in the literal, from its outside.
    public let path: [PathSegment]
    public let node: Node
}

/// What is wrong with a literal, at least one fault and at most `maximumCount`.
public struct LiteralFaults: Error, Hashable, Sendable {
    public let faults: [LiteralFault]

    public static let maximumCount = 50
}
