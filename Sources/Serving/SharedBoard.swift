package import Reactor
import Synchronization
package import Telemetry

/// Memory that the supervisor and all workers see: each process's metrics, and who is connected.
///
/// It is cut into slots. A slot has one writer, the process that holds it; everybody reads.
/// Counters stay when their process ends, so that sums never fall; the next holder goes on.
package struct SharedBoard: Sendable {
    /// The supervisor's slot, 64 workers', and as many again while an upgrade replaces them.
    package static let slots = 129
    package static let supervisorSlot = 0

    package let descriptor: Int32
    package let layout: MetricsLayout
    /// Sound because every word behind it is an atomic with one writer.
    private nonisolated(unsafe) let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// Makes a new, empty board.
    package init(_ layout: MetricsLayout) throws(SystemFault) {
        try self.init(
            SharedMemory.make("marquee-board", bytes: Shape(layout).bytes), layout)
        words[0].store(layout.fingerprint, ordering: .relaxed)
    }

    /// Joins the board another process has made. Nil when it was made for other metrics.
    package init?(inherited descriptor: Int32, _ layout: MetricsLayout) {
        guard SharedMemory.isMemory(descriptor, ofBytes: Shape(layout).bytes),
            let board = try? SharedBoard(descriptor, layout),
            board.words[0].load(ordering: .relaxed) == layout.fingerprint
        else { return nil }
        self = board
    }

    private init(_ descriptor: Int32, _ layout: MetricsLayout) throws(SystemFault) {
        (self.descriptor, self.layout) = (descriptor, layout)
        words = try SharedMemory.map(descriptor, bytes: Shape(layout).bytes)
    }

    /// Where things are, counted in words of eight bytes.
    private struct Shape {
        static let header = 512
        let slot: Int

        init(_ layout: MetricsLayout) {
            // Whole pages, so that two processes never write into one.
            slot = (layout.cellCount + AddressTable.words + 511) / 512 * 512
        }

        var bytes: Int { (Self.header + SharedBoard.slots * slot) * 8 }
    }

    private func start(of slot: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        precondition((0..<Self.slots).contains(slot), "no such slot")
        return words + Shape.header + slot * Shape(layout).slot
    }
}

// MARK: - Slots

extension SharedBoard {
    private enum Life { static let (never, alive, ended): (UInt64, UInt64, UInt64) = (0, 1, 2) }

    /// Both are kept together in the header, so that looking at all slots touches one page.
    private func life(of slot: Int) -> UnsafeMutablePointer<Atomic<UInt64>> { words + 8 + slot }
    private func connections(of slot: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        words + 256 + slot
    }

    package func cells(of slot: Int) -> MetricCells {
        MetricCells(memory: start(of: slot), count: layout.cellCount)
    }

    func addresses(of slot: Int) -> AddressTable {
        AddressTable(start(of: slot) + layout.cellCount)
    }

    /// A slot nobody holds, if there is one. For the supervisor, which hands them out.
    package func freeSlot() -> Int? {
        (1..<Self.slots).first { life(of: $0).pointee.load(ordering: .relaxed) != Life.alive }
    }

    /// Gives a slot a new holder: what it counts goes on, what it had open is gone.
    package func begin(_ slot: Int) {
        forget(slot)
        life(of: slot).pointee.store(Life.alive, ordering: .relaxed)
    }

    /// Says that the slot's holder is dead.
    package func end(_ slot: Int) {
        forget(slot)
        life(of: slot).pointee.store(Life.ended, ordering: .relaxed)
    }

    private func forget(_ slot: Int) {
        cells(of: slot).resetGauges(of: layout)
        addresses(of: slot).clear()
        setConnections(of: slot, to: 0)
    }

    private func slots(where isWanted: (UInt64) -> Bool) -> [Int] {
        (0..<Self.slots).filter { isWanted(life(of: $0).pointee.load(ordering: .relaxed)) }
    }

    /// Every slot that has ever counted, with the name its numbers go by.
    package var metricSlots: [(worker: String, cells: MetricCells)] {
        slots { $0 != Life.never }.map { slot in
            let name = slot == Self.supervisorSlot ? "supervisor" : String(slot)
            return (name, cells(of: slot))
        }
    }

    // MARK: Connections

    /// Connections open in all processes.
    var connections: UInt64 {
        slots { $0 == Life.alive }.reduce(0) {
            $0 + connections(of: $1).pointee.load(ordering: .relaxed)
        }
    }

    /// Whether another living worker has fewer connections than the one in this slot.
    func isAhead(_ slot: Int) -> Bool {
        let own = connections(of: slot).pointee.load(ordering: .relaxed)
        return slots { $0 == Life.alive }.contains {
            $0 != Self.supervisorSlot
                && connections(of: $0).pointee.load(ordering: .relaxed) < own
        }
    }

    func setConnections(of slot: Int, to count: Int) {
        connections(of: slot).pointee.store(UInt64(count), ordering: .relaxed)
    }

    /// Connections open from one address in all processes.
    func connections(from key: UInt64) -> UInt64 {
        slots { $0 == Life.alive }.reduce(0) { $0 + addresses(of: $1).count(of: key) }
    }
}
