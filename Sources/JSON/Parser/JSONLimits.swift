/// How much a JSON text may ask of the parser and of everything behind it.
public struct JSONLimits: Hashable, Sendable {
    /// The most bytes a text may have; at most 4 GiB, because offsets are 32 bits wide.
    public var maximumBytes = 256 << 20
    /// How deep arrays and objects may nest.
    public var maximumDepth = 128
    /// The most values a text may have, keys not counted.
    public var maximumValues = 4 << 20

    public init() {}
}
