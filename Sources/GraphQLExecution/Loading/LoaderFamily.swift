public import Reactor

/// Loaders that differ in arguments: the first five reviews of each movie are one loader, the first
/// ten are another. Equal arguments share theirs, whatever alias asked.
@EventLoop
public final class LoaderFamily<
    Arguments: Hashable & Sendable, Key: LoaderKey, Value: Sendable
> {
    private unowned let loaders: LoaderSet
    private let name: StaticString
    private let maximumBatchSize: Int
    private let load: @EventLoop (Arguments, LoaderBatch<Key, Value>) async throws -> Void
    private var members: [Arguments: Loader<Key, Value>] = [:]

    init(
        _ loaders: LoaderSet, name: StaticString, maximumBatchSize: Int,
        load: @escaping @EventLoop (Arguments, LoaderBatch<Key, Value>) async throws -> Void
    ) {
        self.loaders = loaders
        self.name = name
        self.maximumBatchSize = maximumBatchSize
        self.load = load
    }

    /// The loader for these arguments.
    public subscript(arguments: Arguments) -> Loader<Key, Value> {
        if let member = members[arguments] { return member }
        let member = loaders.makeLoader(name, maximumBatchSize: maximumBatchSize) {
            [load] batch in try await load(arguments, batch)
        }
        members[arguments] = member
        return member
    }
}

extension LoaderSet {
    /// Makes loaders of this request that differ in arguments. A batch is of equal arguments.
    public func makeFamily<
        Arguments: Hashable & Sendable, Key: LoaderKey, Value: Sendable
    >(
        _ name: StaticString, maximumBatchSize: Int = Loader<Key, Value>.defaultMaximumBatchSize,
        load: @escaping @EventLoop (Arguments, LoaderBatch<Key, Value>) async throws -> Void
    ) -> LoaderFamily<Arguments, Key, Value> {
        LoaderFamily(self, name: name, maximumBatchSize: maximumBatchSize, load: load)
    }
}
