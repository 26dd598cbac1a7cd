/// How much one conversation may hold in memory.
struct ConversationLimits: Hashable, Sendable {
    /// The longest line that is read as a request, in bytes; longer ones are answered with an
    /// error and passed over.
    var maximumLineBytes = 64 << 20
    /// How deep the JSON of a request may nest: as deep as documents do.
    var maximumDepth = 500
    /// So many bytes of answers are sent before the next request is looked at.
    var flushBytes = 256 << 10
}
