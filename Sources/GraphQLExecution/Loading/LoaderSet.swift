public import Reactor

/// The loaders of one request. What can be loaded once is loaded once a request.
@EventLoop public final class LoaderSet {
    @exclusivity(unchecked) public private(set) var loaders: [any AnyLoader] = []

    /// Where somebody wants to hear how far it is, who.
    public var observer: (any LoadingObserver)?
    /// Where the fields of a mutation count together, what makes them.
    public var transaction: (any OperationTransaction)?

    public init() {}

    /// Makes a loader of this request.
    ///
    /// - Parameters:
    ///   - name: What traces and metrics call it.
    ///   - maximumBatchSize: The most keys asked for at once; more are split.
    ///   - load: Answers the keys of a batch. What it leaves unanswered is null, and if it throws,
    ///     everything it left unanswered has failed so.
    @inlinable public func makeLoader<Key: LoaderKey, Value: Sendable>(
        _ name: StaticString, maximumBatchSize: Int = Loader<Key, Value>.defaultMaximumBatchSize,
        load: @escaping @EventLoop (LoaderBatch<Key, Value>) async throws -> Void
    ) -> Loader<Key, Value> {
        makeLoader(name, maximumBatchSize, .waiting(load))
    }

    /// Makes a loader of what is in memory: `load` answers its keys without waiting, and what they
    /// lead to still goes out together with the level's other loads.
    @inlinable public func makeMemoryLoader<Key: LoaderKey, Value: Sendable>(
        _ name: StaticString, maximumBatchSize: Int = Loader<Key, Value>.defaultMaximumBatchSize,
        load: @escaping @EventLoop (LoaderBatch<Key, Value>) throws -> Void
    ) -> Loader<Key, Value> {
        makeLoader(name, maximumBatchSize, .fromMemory(load))
    }

    /// Makes a loader that needs no task to wait in: `begin` is given a batch and calls `end` once,
    /// when it has answered or failed.
    @inlinable public func makeLoader<Key: LoaderKey, Value: Sendable>(
        _ name: StaticString, maximumBatchSize: Int = Loader<Key, Value>.defaultMaximumBatchSize,
        begin:
            @escaping @EventLoop (
                LoaderBatch<Key, Value>,
                _ end: @escaping @EventLoop (Result<Void, any Error>) -> Void
            ) -> Void
    ) -> Loader<Key, Value> {
        makeLoader(name, maximumBatchSize, .calling(begin))
    }

    @inlinable func makeLoader<Key: LoaderKey, Value: Sendable>(
        _ name: StaticString, _ maximumBatchSize: Int, _ way: LoadingWay<Key, Value>
    ) -> Loader<Key, Value> {
        let place = Int32(truncatingIfNeeded: loaders.count)
        let loader = Loader(
            name: name, place: place, maximumBatchSize: maximumBatchSize, way: way)
        add(loader)
        return loader
    }

    @usableFromInline func add(_ loader: any AnyLoader) { loaders.append(loader) }

    @usableFromInline subscript(reference: LoadReference) -> any AnyLoader {
        loaders[Int(reference.loader)]
    }

    /// Whether some key waits to be asked for.
    var havePendingKeys: Bool {
        for loader in loaders where loader.hasPendingKeys { return true }
        return false
    }

    /// Answers the keys of loaders that need not wait; returns how many batches that were.
    func loadFromMemory() -> Int {
        var count = 0
        for loader in loaders { count += loader.loadFromMemory() }
        return count
    }

    /// What is to be asked now, all loaders together.
    package func takeBatches() -> [any PendingBatch] {
        var batches: [any PendingBatch] = []
        for loader in loaders { loader.takeBatches(into: &batches) }
        return batches
    }
}

/// A loader, whatever its keys and values.
@EventLoop public protocol AnyLoader: AnyObject {
    nonisolated var name: StaticString { get }
    var counters: LoaderCounters { get }
    var hasPendingKeys: Bool { get }
    /// Whether the answer for a key, or its failure, is there.
    func isAnswered(_ slot: Int32) -> Bool
    /// Answers the pending keys if that needs no waiting; returns how many batches that were.
    func loadFromMemory() -> Int
    func takeBatches(into batches: inout [any PendingBatch])
}

/// Keys of one loader that are asked for at once.
@EventLoop public protocol PendingBatch: AnyObject, Sendable {
    var origin: BatchOrigin { get }
    var keyCount: Int { get }
    /// Asks, and returns when every key is answered. Never throws: failures are answers.
    func load() async
    /// Does the same without a task, and tells `joint` of its end; false where it takes a task.
    func begins(telling joint: BatchJoint) -> Bool
}

extension PendingBatch {
    public func begins(telling joint: BatchJoint) -> Bool { false }
}

/// Batches that have begun without tasks, until the last has ended.
@EventLoop public final class BatchJoint {
    private var missing = 0
    private var waiter: UnsafeContinuation<Void, Never>?

    @usableFromInline init() {}

    @usableFromInline func expect() { missing += 1 }

    @usableFromInline func end() {
        missing -= 1
        guard missing == 0 else { return }
        waiter?.resume()
        waiter = nil
    }

    func wait() async {
        guard missing > 0 else { return }
        await withUnsafeContinuation { waiter = $0 }
    }
}

/// Whose batch it is.
public enum BatchOrigin {
    case loader(any AnyLoader)
    /// The coordinate names the field in the schema.
    case rootField(responseName: String, coordinate: String)
}

/// What a loader has done for its request.
public struct LoaderCounters: Hashable, Sendable {
    /// How often a key was asked for.
    public var asked = 0
    /// How many different keys were.
    public var unique = 0
    /// How often the answer was there already.
    public var remembered = 0
    public var batches = 0
}

/// How the batches of a level reach whoever answers them. All that a level needs comes in one call.
@EventLoop public protocol BatchDispatcher: Sendable {
    func dispatch(_ batches: [any PendingBatch]) async
}

/// Begins all batches before it waits for any.
public struct ConcurrentDispatcher: BatchDispatcher {
    public nonisolated init() {}

    public func dispatch(_ batches: [any PendingBatch]) async {
        if batches.count == 1 { return await batches[0].load() }
        let joint = BatchJoint()
        let others = batches.filter { !$0.begins(telling: joint) }
        await joint.wait(besides: others)
    }
}

extension BatchJoint {
    /// Waits for those that take tasks as well.
    fileprivate func wait(besides others: [any PendingBatch]) async {
        guard !others.isEmpty else { return await wait() }
        await withDiscardingTaskGroup { group in
            for batch in others {
                let load: @Sendable @EventLoop () async -> Void = { await batch.load() }
                group.addTask(operation: load)
            }
        }
        await wait()
    }
}
