import Postgres
import Testing

@testable import Events

@Suite struct EventRingTests {
    private func event(_ transaction: Int, _ topic: String, _ payload: String = "{}") -> StoredEvent
    {
        StoredEvent(
            position: EventPosition(transaction: transaction, sequence: 1), topic: topic,
            kind: "kind", payload: payload, time: Timestamp(microseconds: 0))
    }

    private func ring(_ count: Int, maximumEvents: Int, maximumBytes: Int = 1 << 20) -> EventRing {
        var ring = EventRing(
            floor: EventPosition(transaction: 0), maximumEvents: maximumEvents,
            maximumBytes: maximumBytes)
        for number in 1...count { ring.append(event(number, number % 2 == 0 ? "even" : "odd")) }
        return ring
    }

    @Test func `each topic is found behind every position`() {
        let ring = ring(9, maximumEvents: 100)
        for transaction in 0...9 {
            let position = EventPosition(transaction: transaction, sequence: 1)
            let next = ring.first(of: "even", behind: max(position, ring.floor))
            let expected = transaction / 2 * 2 + 2
            #expect(next?.position.transaction == (expected > 9 ? nil : expected))
        }
        #expect(ring.first(of: "none", behind: ring.floor) == nil)
    }

    @Test func `the oldest make room`() {
        for count in [5, 6, 11, 50] {
            let ring = ring(count, maximumEvents: 5)
            #expect(ring.count == 5)
            #expect(
                ring.floor == EventPosition(transaction: count - 5, sequence: count > 5 ? 1 : 0))
            let first = ring.first(of: (count - 4) % 2 == 0 ? "even" : "odd", behind: ring.floor)
            #expect(first?.position.transaction == count - 4)
        }
    }

    @Test func `large events make more room, and one that is too large is not kept`() {
        var ring = ring(10, maximumEvents: 100, maximumBytes: 2_000)
        #expect(ring.byteCount <= 2_000)
        ring.append(event(11, "odd", String(repeating: " ", count: 1_500)))
        #expect(ring.count == 2 || ring.count == 3)
        ring.append(event(12, "even", String(repeating: " ", count: 5_000)))
        #expect(ring.count == 0 && ring.byteCount == 0)
        #expect(ring.floor == EventPosition(transaction: 12, sequence: 1))
        ring.append(event(13, "odd"))
        #expect(ring.first(of: "odd", behind: ring.floor)?.position.transaction == 13)
    }
}
