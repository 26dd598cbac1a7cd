/// A value that a loader has been asked for: what a resolver returns instead of waiting for it.
@frozen public struct Load<Value>: BitwiseCopyable, Sendable {
    public let reference: LoadReference
    @inlinable public init(_ reference: LoadReference) { self.reference = reference }
}

/// One key of one loader.
@frozen public struct LoadReference: BitwiseCopyable, Hashable, Sendable {
    /// The loader's place in the request's set of loaders.
    public let loader: Int32
    /// The key's place in the loader.
    public let slot: Int32
    /// Whether the answer was there already when the key was asked for.
    public let isKnown: Bool

    @inlinable public init(loader: Int32, slot: Int32, isKnown: Bool) {
        self.loader = loader
        self.slot = slot
        self.isKnown = isKnown
    }
}
