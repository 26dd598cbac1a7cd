public import Reactor

/// Another loader's values as another type, such as movies as nodes: what is asked of it, its base
/// is asked, together with all else that the base is asked.
@EventLoop
public final class MappedLoader<Key: LoaderKey, Base: Sendable, Value>:
    ValueLoader<Value>, AnyLoader
{
    @usableFromInline let base: Loader<Key, Base>
    @usableFromInline let place: Int32

    @inlinable init(
        _ base: Loader<Key, Base>, place: Int32, transform: @escaping (Base) throws -> Value
    ) {
        self.base = base
        self.place = place
        super.init { slot in try base.value(slot).map(transform) }
    }

    @inlinable public subscript(key: Key) -> Load<Value> {
        let load = base[key].reference
        return Load(LoadReference(loader: place, slot: load.slot, isKnown: load.isKnown))
    }

    public nonisolated var name: StaticString { base.name }
    public func isAnswered(_ slot: Int32) -> Bool { base.isAnswered(slot) }

    // The base is asked and counted itself.
    public var counters: LoaderCounters { LoaderCounters() }
    public var hasPendingKeys: Bool { false }
    public func loadFromMemory() -> Int { 0 }
    public func takeBatches(into batches: inout [any PendingBatch]) {}
}

extension LoaderSet {
    /// Makes a loader whose values are made of another loader's.
    @inlinable public func map<Key, Base, Value>(
        _ base: Loader<Key, Base>, _ transform: @escaping (Base) throws -> Value
    ) -> MappedLoader<Key, Base, Value> {
        let loader = MappedLoader(base, place: Int32(loaders.count), transform: transform)
        add(loader)
        return loader
    }
}
