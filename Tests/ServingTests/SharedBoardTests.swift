import Bytes
import Reactor
import Telemetry
import TestSupport
import Testing

@testable import Serving

@Suite struct SharedBoardTests {
    private struct Metrics {
        var layout = MetricsLayout()
        let requests: Counter
        let open: Gauge

        init() {
            requests = layout.counter("requests_total", help: "Requests.")
            open = layout.gauge("open", help: "Open things.", combining: .sum)
        }
    }

    @Test func `what one process counts another reads`() throws {
        let metrics = Metrics()
        let board = try SharedBoard(metrics.layout)
        let other = try #require(SharedBoard(inherited: board.descriptor, metrics.layout))
        board.cells(of: 3).add(7, to: metrics.requests)
        #expect(other.cells(of: 3).value(of: metrics.requests) == 7)
        #expect(other.cells(of: 4).value(of: metrics.requests) == 0)
    }

    @Test func `a board made for other metrics is not joined`() throws {
        let board = try SharedBoard(Metrics().layout)
        var other = Metrics().layout
        _ = other.counter("more_total", help: "More.")
        #expect(SharedBoard(inherited: board.descriptor, other) == nil)
        #expect(SharedBoard(inherited: -1, Metrics().layout) == nil)
    }

    @Test func `a successor goes on counting but has nothing open`() throws {
        let metrics = Metrics()
        let board = try SharedBoard(metrics.layout)
        board.begin(1)
        board.cells(of: 1).add(7, to: metrics.requests)
        board.cells(of: 1).set(metrics.open, to: 3)
        board.end(1)
        board.begin(1)
        #expect(board.cells(of: 1).value(of: metrics.requests) == 7)
        #expect(board.cells(of: 1).value(of: metrics.open) == 0)
    }

    @Test func `slots are handed out until none is left`() throws {
        let board = try SharedBoard(Metrics().layout)
        for slot in 1..<SharedBoard.slots {
            #expect(board.freeSlot() == slot)
            board.begin(slot)
        }
        #expect(board.freeSlot() == nil)
        board.end(5)
        #expect(board.freeSlot() == 5)
    }

    @Test func `a worker is ahead while a living one has fewer connections`() throws {
        let board = try SharedBoard(Metrics().layout)
        for slot in [SharedBoard.supervisorSlot, 1, 2] { board.begin(slot) }
        #expect(!board.isAhead(1))
        board.setConnections(of: 1, to: 1)
        #expect(board.isAhead(1))
        #expect(!board.isAhead(2))
        board.end(2)
        #expect(!board.isAhead(1))
    }

    @Test func `slots that never counted are not shown`() throws {
        let board = try SharedBoard(Metrics().layout)
        board.begin(SharedBoard.supervisorSlot)
        board.begin(2)
        board.end(2)
        #expect(board.metricSlots.map(\.worker) == ["supervisor", "2"])
    }
}

@Suite struct SharedGateTests {
    init() { LoopThread.start() }

    private func peer(_ text: String) throws -> PeerAddress {
        PeerAddress(try #require(IPAddress(Array(text.utf8))), port: 1)
    }

    private func board() throws -> SharedBoard {
        let board = try SharedBoard(MetricsLayout())
        board.begin(1)
        board.begin(2)
        return board
    }

    @Test @EventLoop func `one address is counted over all workers`() throws {
        let board = try board()
        let limits = SharedGate.Limits(connections: 100, connectionsPerAddress: 3) { _ in false }
        let gates = [1, 2].map { SharedGate(board, slot: $0, limits) }
        let (one, other) = (try peer("10.0.0.1"), try peer("10.0.0.2"))
        #expect(gates[0].admits(one))
        #expect(gates[1].admits(one))
        #expect(gates[0].admits(one))
        #expect(!gates[1].admits(one))
        #expect(gates[1].admits(other))
        gates[0].hasLeft(one)
        #expect(gates[1].admits(one))
        #expect(!gates[0].admits(one))
    }

    @Test @EventLoop func `the limit in all holds for proxies too`() throws {
        let board = try board()
        let limits = SharedGate.Limits(connections: 4, connectionsPerAddress: 1) { _ in true }
        let gates = [1, 2].map { SharedGate(board, slot: $0, limits) }
        let proxy = try peer("::1")
        #expect(gates[0].admits(proxy))
        #expect(gates[0].admits(proxy))
        #expect(gates[1].admits(proxy))
        #expect(gates[1].admits(proxy))
        #expect(!gates[0].admits(proxy))
        gates[1].hasLeft(proxy)
        #expect(gates[0].admits(proxy))
    }

    @Test @EventLoop func `what a dead worker held is free again`() throws {
        let board = try board()
        let limits = SharedGate.Limits(connections: 2, connectionsPerAddress: 2) { _ in false }
        let gates = [1, 2].map { SharedGate(board, slot: $0, limits) }
        let one = try peer("10.0.0.1")
        #expect(gates[0].admits(one))
        #expect(gates[0].admits(one))
        #expect(!gates[1].admits(one))
        board.end(1)
        #expect(gates[1].admits(one))
    }

    @Test @EventLoop func `more addresses than the table holds are let in uncounted`()
        async throws
    {
        let board = try board()
        let limits = SharedGate.Limits(connections: 100_000, connectionsPerAddress: 1) { _ in false
        }
        let gate = SharedGate(board, slot: 1, limits)
        for number in 0..<UInt32(AddressTable.entries * 2) {
            #expect(gate.admits(PeerAddress(IPAddress(ipv4: number), port: 1)))
            // Other tests share the loop.
            if number % 64 == 0 { await Task.yield() }
        }
        for number in 0..<UInt32(AddressTable.entries * 2) {
            gate.hasLeft(PeerAddress(IPAddress(ipv4: number), port: 1))
            if number % 64 == 0 { await Task.yield() }
        }
        #expect(board.connections == 0)
        #expect(gate.admits(try peer("10.0.0.1")))
        #expect(!gate.admits(try peer("10.0.0.1")))
    }
}
