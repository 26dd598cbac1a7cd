/// How much a source text may ask of the parser and of everything behind it.
public struct ParseLimits: Hashable, Sendable {
    /// The most bytes a source may have; at most 4 GiB, because offsets are 32 bits wide.
    public var maximumBytes = 256 << 20
    /// The most tokens a source may have; comments are none.
    public var maximumTokens = Int.max
    /// How deep selection sets, list and object values, and list types may nest. The parser and
    /// what comes behind it recurse that deep.
    public var maximumDepth = 500

    public init() {}
}
