public import Reactor

/// Answers keys with values, many at a time: the keys of a whole level are asked for together,
/// each once, and what has been answered is remembered for the rest of the request.
///
/// What runs for each key is inlinable, so that programs have it for their own types.
@EventLoop public final class Loader<Key: Hashable & Sendable, Value: Sendable>: AnyLoader {
    public nonisolated let name: StaticString
    public var counters: LoaderCounters { state.counters }
    /// The most keys asked for at once; more are split.
    public nonisolated let maximumBatchSize: Int
    public nonisolated static var defaultMaximumBatchSize: Int { 10_000 }

    @usableFromInline let place: Int32
    @usableFromInline let load: @EventLoop (LoaderBatch<Key, Value>) async throws -> Void
    @exclusivity(unchecked) @usableFromInline var state = LoaderState<Key, Value>()
    /// By slot: whether the answer, or a failure, is there.
    @exclusivity(unchecked) public var answered: [Bool] = []

    @inlinable init(
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
    @inlinable public subscript(key: Key) -> Load<Value> {
        state.counters.asked += 1
        if let slot = state.slots[key] {
            if answered[Int(slot)] { state.counters.remembered += 1 }
            return Load(LoadReference(loader: place, slot: slot))
        }
        state.counters.unique += 1
        let slot = reserve(key, .waiting)
        state.pendingKeys.append(key)
        state.pendingSlots.append(slot)
        return Load(LoadReference(loader: place, slot: slot))
    }

    @inlinable func reserve(_ key: Key, _ answer: LoaderState<Key, Value>.Answer) -> Int32 {
        let slot = Int32(truncatingIfNeeded: state.answers.count)
        state.slots[key] = slot
        state.answers.append(answer)
        answered.append(false)
        return slot
    }

    /// Remembers a value that is known already, unless the key has been asked for.
    @inlinable public func prime(_ key: Key, with value: Value?) {
        if state.slots[key] == nil { answered[Int(reserve(key, .value(value)))] = true }
    }

    /// Forgets what is remembered of `key`: after it was changed. Loads already handed out keep
    /// their answers.
    @inlinable public func clear(_ key: Key) { state.slots[key] = nil }

    @inlinable public func clearAll() { state.slots.removeAll(keepingCapacity: true) }

    /// The answer to a load that has come back; nil is null.
    @inlinable public func value(_ slot: Int32) throws -> Value? {
        switch state.answers[Int(slot)] {
        case .value(let value): return value
        case .failure(let error): throw error
        case .waiting: preconditionFailure("the load has not come back")
        }
    }

    @inlinable func put(_ answer: LoaderState<Key, Value>.Answer, at slot: Int32) {
        state.answers[Int(slot)] = answer
        answered[Int(slot)] = true
    }

    @inlinable public var hasPendingKeys: Bool { !state.pendingKeys.isEmpty }

    @inlinable public func takeBatches() -> [any PendingBatch] {
        let (keys, slots) = state.takePending()
        if keys.count <= maximumBatchSize {
            state.counters.batches += 1
            return [LoaderBatch(self, keys, slots)]
        }
        var batches: [any PendingBatch] = []
        for start in stride(from: 0, to: keys.count, by: maximumBatchSize) {
            let part = start..<min(start + maximumBatchSize, keys.count)
            batches.append(LoaderBatch(self, Array(keys[part]), Array(slots[part])))
            state.counters.batches += 1
        }
        return batches
    }
}

/// What a loader knows.
@usableFromInline struct LoaderState<Key: Hashable, Value> {
    @usableFromInline var counters = LoaderCounters()
    @usableFromInline var slots: [Key: Int32] = [:]
    @usableFromInline var answers: [Answer] = []
    @usableFromInline var pendingKeys: [Key] = []
    @usableFromInline var pendingSlots: [Int32] = []

    @usableFromInline enum Answer {
        case waiting
        case value(Value?)
        case failure(any Error)
    }

    @inlinable init() {}

    @inlinable mutating func takePending() -> ([Key], [Int32]) {
        let pending = (pendingKeys, pendingSlots)
        (pendingKeys, pendingSlots) = ([], [])
        return pending
    }
}

/// Keys asked for at once, and their answers.
@EventLoop public final class LoaderBatch<Key: Hashable & Sendable, Value: Sendable>: PendingBatch {
    /// Each once.
    public let keys: [Key]
    @usableFromInline let slots: [Int32]
    @usableFromInline let loader: Loader<Key, Value>
    @inlinable init(_ loader: Loader<Key, Value>, _ keys: [Key], _ slots: [Int32]) {
        self.loader = loader
        self.keys = keys
        self.slots = slots
    }

    public nonisolated var loaderName: StaticString { loader.name }
    public var keyCount: Int { keys.count }

    /// Answers the key at a place of `keys`.
    @inlinable public func answer(at index: Int, with value: Value?) {
        loader.put(.value(value), at: slots[index])
    }

    /// Answers a key; one that was not asked for is passed over.
    @inlinable public func answer(_ key: Key, with value: Value?) {
        if let index = place(of: key) { answer(at: index, with: value) }
    }

    /// Lets the key at a place of `keys` fail, and no other.
    @inlinable public func fail(at index: Int, with error: any Error) {
        loader.put(.failure(error), at: slots[index])
    }

    @inlinable public func fail(_ key: Key, with error: any Error) {
        if let index = place(of: key) { fail(at: index, with: error) }
    }

    @inlinable public func load() async {
        do {
            try await loader.load(self)
            for index in unanswered() { answer(at: index, with: nil) }
        } catch {
            for index in unanswered() { fail(at: index, with: error) }
        }
    }

    @usableFromInline func unanswered() -> [Int] {
        let answered = loader.answered
        return slots.indices.filter { !answered[Int(slots[$0])] }
    }

    /// The place of a key in `keys`: slots stand in their order. O(log keys), usually O(1).
    @inlinable func place(of key: Key) -> Int? {
        guard let first = slots.first, let slot = loader.state.slots[key] else {
            // Forgotten since it was asked for.
            return keys.firstIndex(of: key)
        }
        let guess = Int(slot - first)
        if guess >= 0, guess < slots.count, slots[guess] == slot { return guess }
        var (low, high) = (0, slots.count)
        while low < high {
            let middle = (low + high) / 2
            if slots[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return low < slots.count && slots[low] == slot ? low : keys.firstIndex(of: key)
    }
}
