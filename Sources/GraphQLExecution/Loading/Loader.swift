public import Reactor

/// Answers keys with values, many at a time: the keys of a whole level are asked for together,
/// each once, and what has been answered is remembered for the rest of the request.
///
/// What runs for each key is inlinable, so that programs have it for their own types.
@EventLoop
public final class Loader<Key: LoaderKey, Value: Sendable>: ValueLoader<Value>, AnyLoader {
    public nonisolated let name: StaticString
    public var counters: LoaderCounters { counted }
    /// The most keys asked for at once; more are split.
    public nonisolated let maximumBatchSize: Int
    public nonisolated static var defaultMaximumBatchSize: Int { 10_000 }

    @usableFromInline let place: Int32
    @usableFromInline let way: LoadingWay<Key, Value>
    @exclusivity(unchecked) @usableFromInline var counted = LoaderCounters()
    @exclusivity(unchecked) @usableFromInline var table = KeyTable<Key>()
    /// The first slot that stands in no batch, and how many from there on wait for one.
    @exclusivity(unchecked) @usableFromInline var nextSlot: Int32 = 0
    @exclusivity(unchecked) @usableFromInline var pendingCount = 0

    @inlinable init(
        name: StaticString, place: Int32, maximumBatchSize: Int, way: LoadingWay<Key, Value>
    ) {
        precondition(maximumBatchSize > 0, "a batch has room for a key")
        self.name = name
        self.place = place
        self.maximumBatchSize = maximumBatchSize
        self.way = way
        super.init()
    }

    /// Asks for the value of `key`. It comes with the level's other keys.
    @inlinable public subscript(key: Key) -> Load<Value> {
        counted.asked += 1
        if let slot = table.find(key) {
            let isKnown = isAnswered(slot)
            if isKnown { counted.remembered += 1 }
            return Load(LoadReference(loader: place, slot: slot, isKnown: isKnown))
        }
        counted.unique += 1
        pendingCount += 1
        let slot = reserve(key)
        return Load(LoadReference(loader: place, slot: slot, isKnown: false))
    }

    @inlinable func reserve(_ key: Key) -> Int32 {
        values.append(nil)
        states.append(.waiting)
        return table.append(key)
    }

    @inlinable public func isAnswered(_ slot: Int32) -> Bool { states[slot] != .waiting }

    /// Remembers a value that is known already, unless the key has been asked for.
    @inlinable public func prime(_ key: Key, with value: Value?) {
        if table.find(key) == nil { put(value, at: reserve(key)) }
    }

    /// Forgets what is remembered of `key`: after it was changed. Loads already handed out keep
    /// their answers.
    @inlinable public func clear(_ key: Key) { table.forget(key) }

    @inlinable public func clearAll() { table.forgetAll() }

    @inlinable func put(_ value: Value?, at slot: Int32) {
        values[slot] = value
        states[slot] = .answered
    }

    @inlinable func put(_ failure: any Error, at slot: Int32) {
        failures[slot] = failure
        states[slot] = .failed
    }

    @inlinable public var hasPendingKeys: Bool { pendingCount > 0 }

    @inlinable public func loadFromMemory() -> Int {
        guard case .fromMemory = way, hasPendingKeys else { return 0 }
        var count = 0
        forEachBatch { batch in
            batch.loadFromMemory()
            count += 1
        }
        return count
    }

    @inlinable public func takeBatches(into batches: inout [any PendingBatch]) {
        if hasPendingKeys { forEachBatch { batches.append($0) } }
    }

    @inlinable func forEachBatch(_ body: (LoaderBatch<Key, Value>) -> Void) {
        let slots = takePendingSlots()
        for start in stride(from: 0, to: slots.count, by: maximumBatchSize) {
            let end = min(start + maximumBatchSize, slots.count)
            counted.batches += 1
            body(LoaderBatch(self, slots[start..<end]))
        }
    }

    /// Those that have come since the last batches, but for those that were known.
    @inlinable func takePendingSlots() -> BatchSlots {
        let new = nextSlot..<states.count
        let pending = pendingCount
        (nextSlot, pendingCount) = (states.count, 0)
        if pending == new.count { return .neighbours(new) }
        return .scattered(new.filter { !isAnswered($0) })
    }
}

/// How a loader's batches are answered.
@usableFromInline enum LoadingWay<Key: LoaderKey, Value: Sendable> {
    case waiting(@EventLoop (LoaderBatch<Key, Value>) async throws -> Void)
    case calling(
        @EventLoop (
            LoaderBatch<Key, Value>, _ end: @escaping @EventLoop (Result<Void, any Error>) -> Void
        ) -> Void)
    case fromMemory(@EventLoop (LoaderBatch<Key, Value>) throws -> Void)
}

/// The slots of a batch, in their order.
@usableFromInline enum BatchSlots {
    case neighbours(Range<Int32>)
    case scattered([Int32])

    @inlinable var count: Int {
        switch self {
        case .neighbours(let range): range.count
        case .scattered(let slots): slots.count
        }
    }

    @inlinable subscript(index: Int) -> Int32 {
        switch self {
        case .neighbours(let range): range.lowerBound + Int32(truncatingIfNeeded: index)
        case .scattered(let slots): slots[index]
        }
    }

    @inlinable subscript(part: Range<Int>) -> BatchSlots {
        switch self {
        case .neighbours: .neighbours(self[part.lowerBound]..<(self[part.upperBound - 1] + 1))
        case .scattered(let slots): .scattered(Array(slots[part]))
        }
    }

    /// Where a slot stands.
    @inlinable func index(of slot: Int32) -> Int? {
        switch self {
        case .neighbours(let range):
            return range.contains(slot) ? Int(slot - range.lowerBound) : nil
        case .scattered(let slots):
            var (low, high) = (0, slots.count)
            while low < high {
                let middle = (low + high) / 2
                if slots[middle] < slot { low = middle + 1 } else { high = middle }
            }
            return low < slots.count && slots[low] == slot ? low : nil
        }
    }
}

/// Keys asked for at once, and their answers.
@EventLoop public final class LoaderBatch<Key: LoaderKey, Value: Sendable>: PendingBatch {
    /// Each once.
    public let keys: [Key]
    @usableFromInline let slots: BatchSlots
    @usableFromInline let loader: Loader<Key, Value>

    @inlinable init(_ loader: Loader<Key, Value>, _ slots: BatchSlots) {
        self.loader = loader
        self.slots = slots
        switch slots {
        case .neighbours(let range): keys = loader.table.keys.array(range)
        case .scattered(let slots): keys = slots.map { loader.table.keys[$0] }
        }
    }

    public var origin: BatchOrigin { .loader(loader) }
    public var keyCount: Int { keys.count }

    /// Answers the key at a place of `keys`.
    @inlinable public func answer(at index: Int, with value: Value?) {
        loader.put(value, at: slots[index])
    }

    /// Answers a key; one that was not asked for is passed over.
    @inlinable public func answer(_ key: Key, with value: Value?) {
        if let index = place(of: key) { answer(at: index, with: value) }
    }

    /// Lets the key at a place of `keys` fail, and no other.
    @inlinable public func fail(at index: Int, with error: any Error) {
        loader.put(error, at: slots[index])
    }

    @inlinable public func fail(_ key: Key, with error: any Error) {
        if let index = place(of: key) { fail(at: index, with: error) }
    }

    @inlinable public func load() async {
        switch loader.way {
        case .waiting(let load):
            do {
                try await load(self)
                endAnswering()
            } catch {
                endAnswering(with: error)
            }
        case .calling(let begin):
            await withUnsafeContinuation { waiter in
                begin(self) { result in
                    self.endAnswering(with: result)
                    waiter.resume()
                }
            }
        case .fromMemory: loadFromMemory()
        }
    }

    @inlinable public func begins(telling joint: BatchJoint) -> Bool {
        guard case .calling(let begin) = loader.way else { return false }
        joint.expect()
        begin(self) { result in
            self.endAnswering(with: result)
            joint.end()
        }
        return true
    }

    @inlinable func endAnswering(with result: Result<Void, any Error>) {
        if case .failure(let error) = result { endAnswering(with: error) } else { endAnswering() }
    }

    @inlinable func loadFromMemory() {
        guard case .fromMemory(let load) = loader.way else { return }
        do {
            try load(self)
            endAnswering()
        } catch {
            endAnswering(with: error)
        }
    }

    /// What has no answer yet is null, or has failed.
    @inlinable func endAnswering(with error: (any Error)? = nil) {
        for index in 0..<keys.count where !loader.isAnswered(slots[index]) {
            if let error { fail(at: index, with: error) } else { answer(at: index, with: nil) }
        }
    }

    /// The place of a key in `keys`.
    @inlinable func place(of key: Key) -> Int? {
        // One that was forgotten may have been asked for again since.
        loader.table.find(key).flatMap { slots.index(of: $0) } ?? keys.firstIndex(of: key)
    }
}
