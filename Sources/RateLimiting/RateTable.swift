import CSystem
package import Reactor
import Synchronization

/// What everybody has used of the limits, in memory that all workers of a machine share.
///
/// It has a fixed number of cells, each for one limit and one who is limited, found by a keyed hash
/// among the eight of its group. A cell is two words: whose it is, and the time of the next arrival
/// (`ArrivalTime`). A cell whose time has passed says nothing any more and is taken by the next who
/// needs one; where all eight still say something, the one that owes least is forgotten.
///
/// There are no locks: a worker may die between any two steps. What then can go wrong is that a
/// cell is lost, or that a charge counts twice.
package struct RateTable: Sendable {
    /// In all: 4 MiB, of which only what is used takes memory.
    package static let cells = 262_144
    /// In how many cells one may be looked for: two cache lines.
    static let group = 8
    /// Each try but the last fails because another worker has succeeded.
    private static let maximumTries = 10_000

    package let descriptor: Int32
    /// Sound because every word behind it is an atomic, and the memory is never given back.
    private nonisolated(unsafe) let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let key: (UInt64, UInt64)
    private let mask: Int

    private enum Place { static let (version, key, cells) = (0, 1, 64) }
    /// Names this layout, and differs from all that come after.
    private static let version: UInt64 = 0x4d51_5241_5445_3031

    /// Makes a new, empty table. The number of cells is a power of two.
    package init(cells: Int = RateTable.cells) throws(SystemFault) {
        precondition(cells.nonzeroBitCount == 1 && cells >= Self.group, "groups are whole")
        let bytes = Self.bytes(cells)
        try self.init(SharedMemory.make("marquee-rates", bytes: bytes), cells: cells) { words in
            var random: (UInt64, UInt64) = (0, 0)
            precondition(csystem_random(&random, 16) == 0, "the system gives no random numbers")
            words[Place.key].store(random.0, ordering: .relaxed)
            words[Place.key + 1].store(random.1, ordering: .relaxed)
            words[Place.version].store(Self.version, ordering: .releasing)
        }
    }

    /// Joins the table that another process has made. Nil when it is of another layout.
    package init?(inherited descriptor: Int32, cells: Int = RateTable.cells) {
        guard SharedMemory.isMemory(descriptor, ofBytes: Self.bytes(cells)),
            let table = try? RateTable(descriptor, cells: cells),
            table.words[Place.version].load(ordering: .acquiring) == Self.version
        else { return nil }
        self = table
    }

    private init(
        _ descriptor: Int32, cells: Int,
        _ prepare: (UnsafeMutablePointer<Atomic<UInt64>>) -> Void = { _ in }
    ) throws(SystemFault) {
        words = try SharedMemory.map(descriptor, bytes: Self.bytes(cells))
        prepare(words)
        key = (
            words[Place.key].load(ordering: .relaxed), words[Place.key + 1].load(ordering: .relaxed)
        )
        self.descriptor = descriptor
        mask = cells - 1
    }

    private static func bytes(_ cells: Int) -> Int { (Place.cells + cells * 2) * 8 }

    /// By which cells are found; never one of the two that mean something else.
    private func name(of charge: borrowing RateCharge) -> UInt64 {
        var hash = SipHash(key: key)
        let words = charge.subject.words
        hash.combine(charge.limit.code)
        hash.combine(words.0)
        hash.combine(words.1)
        hash.combine(words.2)
        let value = hash.finish()
        return value == Holder.nobody || value == Holder.moving ? 1 : value
    }

    /// Who holds a cell that nobody is limited by.
    private enum Holder {
        static let nobody: UInt64 = 0
        /// It is being given to another: only who does that touches it.
        static let moving = UInt64.max
    }

    private func holder(_ cell: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        words + Place.cells + cell * 2
    }
    private func time(_ cell: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        words + Place.cells + cell * 2 + 1
    }

    private func group(of name: UInt64) -> Range<Int> {
        let first = Int(truncatingIfNeeded: name) & mask & ~(Self.group - 1)
        return first..<first + Self.group
    }
}

// MARK: - Using

extension RateTable {
    package enum Outcome: Equatable, Sendable {
        /// And what is owed now.
        case taken(debt: UInt64)
        /// And what is owed already.
        case refused(debt: UInt64)
    }

    /// Uses what the charge says, if that fits. `onForgotten` hears that somebody's debt had to be
    /// forgotten for it. About 50 ns.
    package func take(
        _ charge: borrowing RateCharge, at now: UInt64, onForgotten: () -> Void = {}
    ) -> Outcome {
        let name = name(of: charge)
        for _ in 0..<Self.maximumTries {
            guard let cell = find(name) ?? claim(name, at: now, onForgotten),
                let outcome = use(charge.amount, charge.limit.capacity, of: cell, name, at: now)
            else { continue }
            return outcome
        }
        // All of the group is being given away, by workers that died over it: it is lost.
        return .taken(debt: 0)
    }

    /// What the charge's subject owes of its limit.
    package func debt(of charge: borrowing RateCharge, at now: UInt64) -> UInt64 {
        guard let cell = find(name(of: charge)) else { return 0 }
        return ArrivalTime.debt(of: time(cell).pointee.load(ordering: .relaxed), at: now)
    }

    /// Takes a charge back that was taken lately.
    package func giveBack(_ charge: borrowing RateCharge) {
        guard let cell = find(name(of: charge)) else { return }
        var before = time(cell).pointee.load(ordering: .relaxed)
        while before > charge.amount {
            let (isDone, seen) = time(cell).pointee.compareExchange(
                expected: before, desired: before - charge.amount, ordering: .relaxed)
            if isDone { return }
            before = seen
        }
    }

    private func find(_ name: UInt64) -> Int? {
        for cell in group(of: name)
        where holder(cell).pointee.load(ordering: .sequentiallyConsistent) == name {
            return cell
        }
        return nil
    }

    /// Nothing where the cell has changed hands meanwhile.
    private func use(
        _ amount: UInt64, _ capacity: UInt64, of cell: Int, _ name: UInt64, at now: UInt64
    ) -> Outcome? {
        var before = time(cell).pointee.load(ordering: .sequentiallyConsistent)
        while true {
            let next = ArrivalTime.next(after: before, using: amount, upTo: capacity, at: now)
            guard holder(cell).pointee.load(ordering: .sequentiallyConsistent) == name else {
                return nil
            }
            guard let next else {
                return .refused(debt: ArrivalTime.debt(of: before, at: now))
            }
            let (isDone, seen) = time(cell).pointee.compareExchange(
                expected: before, desired: next, ordering: .sequentiallyConsistent)
            guard isDone else {
                before = seen
                continue
            }
            if holder(cell).pointee.load(ordering: .sequentiallyConsistent) == name {
                return .taken(debt: next - now)
            }
            // It was somebody else's by then, unless they have written since.
            _ = time(cell).pointee.compareExchange(
                expected: next, desired: before, ordering: .sequentiallyConsistent)
            return nil
        }
    }
}

// MARK: - Cells change hands

extension RateTable {
    /// A cell for somebody who has none; nothing where others were faster.
    private func claim(_ name: UInt64, at now: UInt64, _ onForgotten: () -> Void) -> Int? {
        var chosen: (cell: Int, holder: UInt64, time: UInt64)?
        for cell in group(of: name) {
            let holder = holder(cell).pointee.load(ordering: .sequentiallyConsistent)
            if holder == name { return cell }
            if holder == Holder.moving { continue }
            let time = time(cell).pointee.load(ordering: .relaxed)
            let isFree = holder == Holder.nobody || time <= now
            let due = isFree ? 0 : time
            if due < chosen?.time ?? .max { chosen = (cell, holder, due) }
        }
        guard let chosen,
            pass(chosen.cell, from: chosen.holder, to: Holder.moving)
        else { return nil }
        if chosen.time > 0 { onForgotten() }
        time(chosen.cell).pointee.store(0, ordering: .sequentiallyConsistent)
        holder(chosen.cell).pointee.store(name, ordering: .sequentiallyConsistent)
        return joining(name, at: now)
    }

    private func pass(_ cell: Int, from holder: UInt64, to next: UInt64) -> Bool {
        self.holder(cell).pointee.compareExchange(
            expected: holder, desired: next, ordering: .sequentiallyConsistent
        ).exchanged
    }

    /// Two workers may have claimed a cell each for the same: what stands in the later one goes to
    /// the first.
    private func joining(_ name: UInt64, at now: UInt64) -> Int? {
        guard let first = find(name) else { return nil }
        for cell in group(of: name) where cell > first {
            guard pass(cell, from: name, to: Holder.moving) else { continue }
            let old = time(cell).pointee.exchange(0, ordering: .sequentiallyConsistent)
            holder(cell).pointee.store(Holder.nobody, ordering: .sequentiallyConsistent)
            let debt = ArrivalTime.debt(of: old, at: now)
            var before = time(first).pointee.load(ordering: .relaxed)
            while debt > 0 {
                let (isDone, seen) = time(first).pointee.compareExchange(
                    expected: before, desired: max(before, now) + debt,
                    ordering: .sequentiallyConsistent)
                if isDone { break }
                before = seen
            }
        }
        return first
    }
}
