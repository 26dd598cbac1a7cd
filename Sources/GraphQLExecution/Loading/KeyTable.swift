/// Keys in the order in which they came, each with its slot: what a loader finds its answers by.
///
/// A few keys are compared one by one. More stand in a table of open addressing, at most half full.
@usableFromInline struct KeyTable<Key: Hashable> {
    /// By slot, those that have been forgotten among them.
    @usableFromInline private(set) var keys: [Key] = []
    /// By the hash of their key: one more than the slot, or `vacant` or `forgotten`.
    @usableFromInline private(set) var buckets: [Int32] = []

    @usableFromInline static var fewKeys: Int { 8 }
    @usableFromInline static var vacant: Int32 { 0 }
    @usableFromInline static var forgotten: Int32 { -1 }

    @inlinable init() {}

    @inlinable func find(_ key: Key) -> Int32? {
        guard buckets.isEmpty else { return bucket(of: key).map { buckets[$0] - 1 } }
        for slot in keys.indices where keys[slot] == key { return Int32(slot) }
        return nil
    }

    /// Adds a key that is not found; returns its slot.
    @inlinable mutating func append(_ key: Key) -> Int32 {
        if keys.isEmpty { keys.reserveCapacity(Self.fewKeys) }
        keys.append(key)
        if 2 * keys.count > max(buckets.count, 2 * Self.fewKeys) {
            enlarge()
        } else if !buckets.isEmpty {
            put(keys.count - 1)
        }
        return Int32(truncatingIfNeeded: keys.count - 1)
    }

    /// Finds this key no more; its slot stays.
    @inlinable mutating func forget(_ key: Key) {
        if buckets.isEmpty { enlarge() }
        if let bucket = bucket(of: key) { buckets[bucket] = Self.forgotten }
    }

    @inlinable mutating func forgetAll() {
        buckets = Array(repeating: Self.vacant, count: max(buckets.count, 4 * Self.fewKeys))
    }

    @inlinable func bucket(of key: Key) -> Int? {
        let mask = buckets.count - 1
        var position = KeyHash.of(key) & mask
        while buckets[position] != Self.vacant {
            let slot = Int(buckets[position]) - 1
            if slot >= 0, keys[slot] == key { return position }
            position = (position + 1) & mask
        }
        return nil
    }

    @inlinable mutating func put(_ slot: Int) {
        let mask = buckets.count - 1
        var position = KeyHash.of(keys[slot]) & mask
        while buckets[position] != Self.vacant { position = (position + 1) & mask }
        buckets[position] = Int32(truncatingIfNeeded: slot + 1)
    }

    /// Makes room for four times the keys that there are.
    @inlinable mutating func enlarge() {
        var size = 4 * Self.fewKeys
        while size < 4 * keys.count { size *= 2 }
        let known = buckets
        buckets = Array(repeating: Self.vacant, count: size)
        if known.isEmpty {
            for slot in keys.indices { put(slot) }
        } else {
            for bucket in known where bucket > 0 { put(Int(bucket) - 1) }
            put(keys.count - 1)
        }
    }
}

/// Hashes of keys. Whole numbers, which most keys are, are mixed in two instructions instead of
/// Swift's hundred; which numbers collide nobody outside can know.
@usableFromInline enum KeyHash {
    @usableFromInline static let secret = UInt64.random(in: 0 ... .max)

    @inlinable static func of<Key: Hashable>(_ key: Key) -> Int {
        switch key {
        case let number as Int: mixed(UInt64(bitPattern: Int64(number)))
        case let number as Int64: mixed(UInt64(bitPattern: number))
        case let number as Int32: mixed(UInt64(bitPattern: Int64(number)))
        default: key.hashValue
        }
    }

    @inlinable static func mixed(_ number: UInt64) -> Int {
        let product = (number ^ secret).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low)
    }
}
