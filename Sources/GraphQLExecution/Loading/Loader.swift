public import Reactor

/// Answers keys with values, many at a time: the keys of a whole level are asked for together,
/// each once, and what has been answered is remembered for the rest of the request.
@EventLoop public final class Loader<Key: Hashable & Sendable, Value: Sendable>: AnyLoader {
    public nonisolated let name: StaticString
    public private(set) var counters = LoaderCounters()
    /// The most keys asked for at once; more are split.
    public nonisolated let maximumBatchSize: Int
    public nonisolated static var defaultMaximumBatchSize: Int { 10_000 }

    private let place: Int32
    private let load: @EventLoop (LoaderBatch<Key, Value>) async throws -> Void
    private var slots: [Key: Int32] = [:]
    private var answers: [Answer] = []
    private var pending: [(key: Key, slot: Int32)] = []

    private enum Answer {
        case waiting
        case value(Value?)
        case failure(any Error)
    }

    init(
        name: StaticString, place: Int32, maximumBatchSize: Int,
        load: @escaping @EventLoop (LoaderBatch<Key, Value>) async throws -> Void
    ) {
        precondition(maximumBatchSize > 0, "a batch has room for a key")
        self.name = name
        self.place = place
        self.maximumBatchSize = maximumBatchSize
        self.load = load
    }

    /// Asks for the value of `key`. It comes with the level's other keys.
    public subscript(key: Key) -> Load<Value> {
        counters.asked += 1
        if let slot = slots[key] {
            if isAnswered(slot) { counters.remembered += 1 }
            return Load(LoadReference(loader: place, slot: slot))
        }
        counters.unique += 1
        let slot = reserve(key, .waiting)
        pending.append((key, slot))
        return Load(LoadReference(loader: place, slot: slot))
    }

    /// Remembers a value that is known already, unless the key has been asked for.
    public func prime(_ key: Key, with value: Value?) {
        if slots[key] == nil { _ = reserve(key, .value(value)) }
    }

    /// Forgets what is remembered of `key`: after it was changed. Loads already handed out keep
    /// their answers.
    public func clear(_ key: Key) { slots[key] = nil }

    public func clearAll() { slots.removeAll(keepingCapacity: true) }

    /// The answer to a load that has come back; nil is null.
    public func value(_ slot: Int32) throws -> Value? {
        switch answers[Int(slot)] {
        case .value(let value): return value
        case .failure(let error): throw error
        case .waiting: preconditionFailure("the load has not come back")
        }
    }

    public func isAnswered(_ slot: Int32) -> Bool {
        if case .waiting = answers[Int(slot)] { false } else { true }
    }

    public var hasPendingKeys: Bool { !pending.isEmpty }

    public func takeBatches() -> [any PendingBatch] {
        defer { pending.removeAll(keepingCapacity: true) }
        return stride(from: 0, to: pending.count, by: maximumBatchSize).map { start in
            let keys = pending[start..<min(start + maximumBatchSize, pending.count)]
            counters.batches += 1
            return LoaderBatch(self, Array(keys))
        }
    }

    fileprivate func answer(_ slot: Int32, _ value: Value?) { answers[Int(slot)] = .value(value) }

    fileprivate func fail(_ slot: Int32, _ error: any Error) {
        answers[Int(slot)] = .failure(error)
    }

    fileprivate func run(_ batch: LoaderBatch<Key, Value>) async throws { try await load(batch) }

    private func reserve(_ key: Key, _ answer: Answer) -> Int32 {
        let slot = Int32(truncatingIfNeeded: answers.count)
        slots[key] = slot
        answers.append(answer)
        return slot
    }
}

/// Keys asked for at once, and their answers.
@EventLoop public final class LoaderBatch<Key: Hashable & Sendable, Value: Sendable>: PendingBatch {
    /// Each once.
    public let keys: [Key]
    private let slots: [Int32]
    private let loader: Loader<Key, Value>
    private var places: [Key: Int]?

    init(_ loader: Loader<Key, Value>, _ keys: [(key: Key, slot: Int32)]) {
        self.loader = loader
        self.keys = keys.map(\.key)
        slots = keys.map(\.slot)
    }

    public nonisolated var loaderName: StaticString { loader.name }
    public var keyCount: Int { keys.count }

    /// Answers the key at a place of `keys`.
    public func answer(at index: Int, with value: Value?) { loader.answer(slots[index], value) }

    /// Answers a key; one that was not asked for is passed over.
    public func answer(_ key: Key, with value: Value?) {
        if let index = place(of: key) { answer(at: index, with: value) }
    }

    /// Lets the key at a place of `keys` fail, and no other.
    public func fail(at index: Int, with error: any Error) { loader.fail(slots[index], error) }

    public func fail(_ key: Key, with error: any Error) {
        if let index = place(of: key) { fail(at: index, with: error) }
    }

    public func load() async {
        do {
            try await loader.run(self)
            for slot in slots where !loader.isAnswered(slot) { loader.answer(slot, nil) }
        } catch {
            for slot in slots where !loader.isAnswered(slot) { loader.fail(slot, error) }
        }
    }

    private func place(of key: Key) -> Int? {
        let places =
            self.places
            ?? Dictionary(uniqueKeysWithValues: zip(keys, keys.indices))
        self.places = places
        return places[key]
    }
}
