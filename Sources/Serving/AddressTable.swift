import Synchronization

/// How many connections one process has open from each address: an open-addressing table in
/// shared memory with one writer. When it is full, further addresses are not counted.
struct AddressTable {
    static let entries = 4_096
    static let words = entries * 2
    /// How far an address may be from where it belongs.
    private static let maximumProbes = 64

    private let cells: UnsafeMutablePointer<Atomic<UInt64>>

    init(_ cells: UnsafeMutablePointer<Atomic<UInt64>>) { self.cells = cells }

    func count(of key: UInt64) -> UInt64 {
        find(key).map { cells[$0 + 1].load(ordering: .relaxed) } ?? 0
    }

    func add(_ key: UInt64) {
        guard let place = find(key) ?? place(for: key) else { return }
        cells[place].store(key, ordering: .relaxed)
        let count = cells[place + 1].load(ordering: .relaxed)
        cells[place + 1].store(count + 1, ordering: .relaxed)
    }

    func remove(_ key: UInt64) {
        guard let place = find(key) else { return }
        let count = cells[place + 1].load(ordering: .relaxed)
        if count > 0 { cells[place + 1].store(count - 1, ordering: .relaxed) }
    }

    func clear() {
        // Reading first leaves the pages of an unused table unmade.
        for word in 0..<Self.words where cells[word].load(ordering: .relaxed) != 0 {
            cells[word].store(0, ordering: .relaxed)
        }
    }

    private func find(_ key: UInt64) -> Int? {
        probe(key) { cells[$0].load(ordering: .relaxed) == key }
    }

    /// A place that is empty, or whose address has no connection left.
    private func place(for key: UInt64) -> Int? {
        probe(key) { cells[$0 + 1].load(ordering: .relaxed) == 0 }
    }

    private func probe(_ key: UInt64, until isRight: (Int) -> Bool) -> Int? {
        for step in 0..<Self.maximumProbes {
            let place = (Int(truncatingIfNeeded: key) &+ step) & (Self.entries - 1)
            if isRight(place * 2) { return place * 2 }
        }
        return nil
    }
}
