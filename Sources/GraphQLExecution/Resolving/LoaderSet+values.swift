public import Reactor

/// The answers to loads that have come back, neighbours of which are mostly of one loader.
@EventLoop public struct LoadedValues<Value> {
    private let loaders: LoaderSet
    private var place: Int32 = -1
    private var loader: ValueLoader<Value>?

    public init(_ loaders: LoaderSet) { self.loaders = loaders }

    /// Nil is null.
    public mutating func value(_ load: LoadReference) throws -> Value? {
        if load.loader != place {
            place = load.loader
            loader = loaders[load] as? ValueLoader<Value>
        }
        guard let loader else {
            preconditionFailure("a load is answered by the loader that made it")
        }
        return try loader.answer(at: load.slot)
    }
}
