public import GraphQLLanguage

/// All names of a schema, each once, found by their bytes.
///
/// Open addressing with linear steps, at most half full.
@frozen public struct NameTable: Sendable {
    @usableFromInline var slots: [Int32]
    @usableFromInline var bytes: [UInt8] = []
    /// Where each name ends in `bytes`; it begins where the one before it ends.
    @usableFromInline var ends: [Int32] = [0]
    private var texts: [String] = []

    init() { slots = [Int32](repeating: -1, count: 256) }

    public var count: Int { texts.count }

    public subscript(name: NameID) -> String { texts[name.index] }

    /// The name's bytes. The pointer is good only inside `body`.
    @inlinable public func withBytes<Result>(
        of name: NameID, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            let range = Int(ends[name.index])..<Int(ends[name.index + 1])
            return body(UnsafeBufferPointer(rebasing: bytes[range]))
        }
    }

    /// The name with these bytes, if the schema knows it. O(length).
    @inlinable public func find(_ name: UnsafeBufferPointer<UInt8>) -> NameID? {
        let slot = slot(of: name)
        return slots[slot] < 0 ? nil : NameID(rawValue: slots[slot])
    }

    @inlinable public func find(_ name: Name) -> NameID? { name.withBytes { find($0) } }

    public func find(_ name: String) -> NameID? {
        var name = name
        return name.withUTF8 { find($0) }
    }

    mutating func intern(_ text: String) -> NameID {
        var text = text
        let slot = text.withUTF8 { self.slot(of: $0) }
        if slots[slot] >= 0 { return NameID(rawValue: slots[slot]) }
        let name = NameID(texts.count)
        slots[slot] = name.rawValue
        texts.append(text)
        bytes.append(contentsOf: text.utf8)
        ends.append(Int32(truncatingIfNeeded: bytes.count))
        if 2 * texts.count > slots.count { grow() }
        return name
    }

    mutating func intern(_ name: Name) -> NameID {
        find(name) ?? intern(name.text)
    }

    /// Where `name` stands, or the free slot where it would.
    @inlinable func slot(of name: UnsafeBufferPointer<UInt8>) -> Int {
        let mask = slots.count - 1
        var slot = Self.hash(name) & mask
        while slots[slot] >= 0, !isEqual(Int(slots[slot]), name) { slot = (slot + 1) & mask }
        return slot
    }

    @inlinable func isEqual(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(ends[index])
        guard Int(ends[index + 1]) - start == name.count else { return false }
        for offset in 0..<name.count where bytes[start + offset] != name[offset] { return false }
        return true
    }

    @inlinable static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash ^ (hash >> 32))
    }

    private mutating func grow() {
        let names = slots.filter { $0 >= 0 }
        slots = [Int32](repeating: -1, count: 2 * slots.count)
        let mask = slots.count - 1
        for name in names {
            let range = Int(ends[Int(name)])..<Int(ends[Int(name) + 1])
            var slot = bytes[range].withUnsafeBufferPointer { Self.hash($0) } & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = name
        }
    }
}

/// A number found by two others: a type's member by name, for one. At most half full.
@frozen public struct PairTable: Sendable {
    @usableFromInline var keys: [UInt64]
    @usableFromInline var values: [Int32]
    private var count = 0

    package init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        keys = [UInt64](repeating: .max, count: size)
        values = [Int32](repeating: -1, count: size)
    }

    package var byteCount: Int {
        keys.count * (MemoryLayout<UInt64>.stride + MemoryLayout<Int32>.stride)
    }

    @inlinable public func find(_ first: Int32, _ second: Int32) -> Int32? {
        let key = Self.key(first, second)
        let slot = slot(of: key)
        return keys[slot] == key ? values[slot] : nil
    }

    /// The last value wins.
    package mutating func insert(_ first: Int32, _ second: Int32, _ value: Int32) {
        if 2 * (count + 1) > keys.count { grow() }
        let key = Self.key(first, second)
        let slot = slot(of: key)
        if keys[slot] != key { count += 1 }
        keys[slot] = key
        values[slot] = value
    }

    @inlinable static func key(_ first: Int32, _ second: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    }

    @inlinable func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        let hash = key &* 0x9e37_79b9_7f4a_7c15
        var slot = Int(truncatingIfNeeded: hash >> 32) & mask
        while keys[slot] != .max, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = [UInt64](repeating: .max, count: 2 * oldKeys.count)
        values = [Int32](repeating: -1, count: 2 * oldKeys.count)
        for (key, value) in zip(oldKeys, oldValues) where key != .max {
            let slot = slot(of: key)
            keys[slot] = key
            values[slot] = value
        }
    }
}
