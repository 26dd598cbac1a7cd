public import GraphQLLanguage

/// How much one document may ask of everything that comes after parsing. A document that asks for
/// more is refused before any rule has looked at it.
public struct QueryLimits: Hashable, Sendable {
    public var maximumDocumentBytes = 100_000
    public var maximumTokens = 10_000
    /// How many operations the document may hold; rules look at each with all its fragments.
    public var maximumOperations = 20
    /// How deep fields may nest, through fragments too. Asking for the schema takes 15.
    public var maximumDepth = 20
    /// How many fields have an alias. The same costly field under many names is one request.
    public var maximumAliases = 50
    public var maximumDirectives = 50
    /// How many fields an operation selects at its root, through fragments too.
    public var maximumRootFields = 20

    public init() {}

    /// The same limits where the parser can keep them already.
    public var parseLimits: ParseLimits {
        var limits = ParseLimits()
        limits.maximumBytes = maximumDocumentBytes
        limits.maximumTokens = maximumTokens
        return limits
    }
}
