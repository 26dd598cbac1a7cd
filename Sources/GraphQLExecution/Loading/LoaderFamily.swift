public import Reactor

/// Loaders that differ in arguments: the first five reviews of each movie are one loader, the first
/// ten are another. Equal arguments share theirs, whatever alias asked.
@EventLoop
public final class LoaderFamily<
    Arguments: Hashable & Sendable, Key: LoaderKey, Value: Sendable
> {
    private let make: @EventLoop (Arguments) -> Loader<Key, Value>
    private var members: [Arguments: Loader<Key, Value>] = [:]

    init(_ make: @escaping @EventLoop (Arguments) -> Loader<Key, Value>) { self.make = make }

    /// The loader for these arguments.
    public subscript(arguments: Arguments) -> Loader<Key, Value> {
        if let member = members[arguments] { return member }
        let member = make(arguments)
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
        LoaderFamily { [unowned self] arguments in
            makeLoader(name, maximumBatchSize: maximumBatchSize) { batch in
                try await load(arguments, batch)
            }
        }
    }

    /// The same, for loaders that `make` makes.
    public func makeFamily<Arguments: Hashable & Sendable, Key: LoaderKey, Value: Sendable>(
        of make: @escaping @EventLoop (Arguments) -> Loader<Key, Value>
    ) -> LoaderFamily<Arguments, Key, Value> {
        LoaderFamily(make)
    }
}
