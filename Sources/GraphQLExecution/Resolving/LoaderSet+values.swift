public import Reactor

/// The answers to loads that have come back, neighbours of which are mostly of one loader.
@EventLoop public struct LoadedValues<Value> {
    @usableFromInline let loaders: LoaderSet
    @usableFromInline var place: Int32 = -1
    @usableFromInline var loader: ValueLoader<Value>?

    @inlinable public init(_ loaders: LoaderSet) { self.loaders = loaders }

    /// Nil is null.
    @inlinable public mutating func value(_ load: LoadReference) throws -> Value? {
        if load.loader != place {
            place = load.loader
            loader = loaders[load] as? ValueLoader<Value>
        }
        guard let loader else {
            preconditionFailure("a load is answered by the loader that made it")
        }
        return try loader.value(load.slot)
    }
}
