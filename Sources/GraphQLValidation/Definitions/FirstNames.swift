import GraphQLLanguage

/// Names by what they belong to, each where it stood first. Open addressing with linear steps, at
/// most half full: one look-up costs less than one in a dictionary, and there are as many as the
/// document has names.
struct FirstNames {
    private var slots = [Int32](repeating: -1, count: 64)
    private var entries: [Entry] = []

    private struct Entry {
        let owner: Int32
        let name: Name
    }

    /// Adds `name`, or returns where it already stands.
    mutating func insert(_ name: Name, of owner: Int32 = 0) -> Name? {
        let slot = slot(of: name, owner)
        guard slots[slot] < 0 else { return entries[Int(slots[slot])].name }
        slots[slot] = Int32(truncatingIfNeeded: entries.count)
        entries.append(Entry(owner: owner, name: name))
        if 2 * entries.count > slots.count { grow() }
        return nil
    }

    func contains(_ name: Name) -> Bool { slots[slot(of: name, 0)] >= 0 }

    /// Where the name stands, or the free slot where it would.
    private func slot(of name: Name, _ owner: Int32) -> Int {
        let mask = slots.count - 1
        var slot = Self.hash(name, owner) & mask
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if entry.owner == owner, entry.name == name { break }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private static func hash(_ name: Name, _ owner: Int32) -> Int {
        var hash = 0xcbf2_9ce4_8422_2325 ^ UInt64(UInt32(bitPattern: owner))
        name.withBytes { bytes in
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return Int(truncatingIfNeeded: hash ^ (hash >> 32))
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: 2 * slots.count)
        for (index, entry) in entries.enumerated() {
            slots[slot(of: entry.name, entry.owner)] = Int32(truncatingIfNeeded: index)
        }
    }
}

/// The names of the members of types, each where it stood first. Types are told apart by their
/// names, so that extensions add to what they extend.
struct FirstMemberNames {
    private var owners: [Name: Int32] = [:]
    private var known = FirstNames()

    /// Adds the names of `members`, and hands over each that the type already has with the place
    /// where it stands first.
    mutating func insert(
        _ members: NodeList<some NodeCursor>, of type: Name, repeated: (Name, Name) -> Void
    ) {
        let next = Int32(truncatingIfNeeded: owners.count)
        let owner = owners[type] ?? next
        if owner == next { owners[type] = next }
        for member in members {
            let name = member.node.name
            if let first = known.insert(name, of: owner) { repeated(first, name) }
        }
    }
}

extension NodeList {
    /// The names that more than one of the nodes has, with all the places where they stand.
    var repeatedNames: [[Name]] {
        guard !isShortAndUnique else { return [] }
        var places: [Name: Int] = [:]
        var groups: [[Name]] = []
        for element in self {
            let name = element.node.name
            if let place = places[name] {
                groups[place].append(name)
            } else {
                places[name] = groups.count
                groups.append([name])
            }
        }
        return groups.filter { $0.count > 1 }
    }

    /// Whether the nodes are so few that they are best compared with each other, and all their
    /// names differ.
    private var isShortAndUnique: Bool {
        guard !hasMore(than: 8) else { return false }
        for (index, element) in enumerated() {
            for other in prefix(index) where other.node.name == element.node.name { return false }
        }
        return true
    }

    /// O(limit).
    func hasMore(than limit: Int) -> Bool {
        var iterator = makeIterator()
        for _ in 0...limit where iterator.next() == nil { return false }
        return true
    }
}
