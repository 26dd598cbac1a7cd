/// Keys in the order in which they came, each with its slot: what a loader finds its answers by.
///
/// A few keys are compared one by one. More stand in a table of open addressing, at most half full.
@usableFromInline struct KeyTable<Key: LoaderKey>: ~Copyable {
    /// By slot, those that have been forgotten among them.
    @usableFromInline var keys = OwnedColumn<Key>()
    /// By the hash of their key: one more than the slot, or `vacant` or `forgotten`.
    @usableFromInline var buckets: UnsafeMutablePointer<Int32>?
    /// One less than the number of buckets, which is a power of two.
    @usableFromInline var mask = 0

    @usableFromInline static var fewKeys: Int32 { 8 }
    @usableFromInline static var vacant: Int32 { 0 }
    @usableFromInline static var forgotten: Int32 { -1 }

    @inlinable init() {}

    @inlinable deinit { buckets?.deallocate() }

    @inlinable func find(_ key: Key) -> Int32? {
        if let buckets { return bucket(of: key, in: buckets).map { buckets[$0] - 1 } }
        for slot in 0..<keys.count where keys[slot] == key { return slot }
        return nil
    }

    /// Adds a key that is not found; returns its slot.
    @inlinable mutating func append(_ key: Key) -> Int32 {
        let slot = keys.append(key)
        if let buckets, 2 * keys.count <= mask {
            put(slot, in: buckets)
        } else if keys.count > Self.fewKeys {
            enlarge(by: 1)
        }
        return slot
    }

    /// Finds this key no more; its slot stays.
    @inlinable mutating func forget(_ key: Key) {
        if buckets == nil { enlarge(by: keys.count) }
        guard let buckets, let bucket = bucket(of: key, in: buckets) else { return }
        buckets[bucket] = Self.forgotten
    }

    @inlinable mutating func forgetAll() { replaceBuckets(count: max(mask + 1, Self.fewest)) }

    @usableFromInline static var fewest: Int { 4 * Int(fewKeys) }

    @inlinable func bucket(of key: Key, in buckets: UnsafeMutablePointer<Int32>) -> Int? {
        var position = key.loaderHash & mask
        while buckets[position] != Self.vacant {
            let slot = buckets[position] - 1
            if slot >= 0, keys[slot] == key { return position }
            position = (position + 1) & mask
        }
        return nil
    }

    @inlinable func put(_ slot: Int32, in buckets: UnsafeMutablePointer<Int32>) {
        var position = keys[slot].loaderHash & mask
        while buckets[position] != Self.vacant { position = (position + 1) & mask }
        buckets[position] = slot + 1
    }

    /// Makes room for four times the keys that there are, the last `new` of which stand in no
    /// bucket yet.
    @inlinable mutating func enlarge(by new: Int32) {
        var size = Self.fewest
        while size < 4 * Int(keys.count) { size *= 2 }
        let (known, knownCount) = (buckets, mask + 1)
        buckets = nil
        replaceBuckets(count: size)
        guard let buckets else { return }
        if let known {
            for position in 0..<knownCount where known[position] > 0 {
                put(known[position] - 1, in: buckets)
            }
            known.deallocate()
        }
        let old = known == nil ? 0 : keys.count - new
        for slot in old..<keys.count { put(slot, in: buckets) }
    }

    @inlinable mutating func replaceBuckets(count: Int) {
        buckets?.deallocate()
        let fresh = UnsafeMutablePointer<Int32>.allocate(capacity: count)
        fresh.initialize(repeating: Self.vacant, count: count)
        (buckets, mask) = (fresh, count - 1)
    }
}
