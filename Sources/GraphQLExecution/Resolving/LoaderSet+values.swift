public import Reactor

/// The answers to loads that have come back, neighbours of which are mostly of one loader.
@EventLoop public struct LoadedValues<Value> {
    @usableFromInline let loaders: LoaderSet
    @usableFromInline var place: Int32 = -1
    /// The set keeps it; counting references for each value would cost more than reading it.
    @usableFromInline var loader: Unmanaged<ValueLoader<Value>>?

    @inlinable public init(_ loaders: LoaderSet) { self.loaders = loaders }

    /// Nil is null.
    @inlinable public mutating func value(_ load: LoadReference) throws -> Value? {
        if load.loader != place {
            place = load.loader
            loader = (loaders[load] as? ValueLoader<Value>).map { Unmanaged.passUnretained($0) }
        }
        guard let loader else {
            preconditionFailure("a load is answered by the loader that made it")
        }
        return try loader._withUnsafeGuaranteedRef { try $0.value(load.slot) }
    }
}
