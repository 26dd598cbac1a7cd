import Reactor
import TestSupport
import Testing

@testable import HTTP

@Suite struct DeadlineWheelTests {
    @EventLoop private final class Item: Expirable {
        var wheelPlace = WheelPlace()
        var deadlineMilliseconds: UInt64
        var checks = 0
        private let onCheck: @EventLoop (Item) -> Void

        init(after milliseconds: UInt64, onCheck: @escaping @EventLoop (Item) -> Void) {
            deadlineMilliseconds = EventLoop.nowMilliseconds + milliseconds
            self.onCheck = onCheck
        }

        func checkDeadlines(nowMilliseconds now: UInt64) {
            #expect(now >= deadlineMilliseconds)
            checks += 1
            deadlineMilliseconds = .max
            onCheck(self)
        }
    }

    @EventLoop private final class Items { var items: [Item] = [] }

    @Test func `items are looked at when they are due, in the order of ticks`() async throws {
        let record = Record()
        let wheel = try await onLoop {
            let wheel = DeadlineWheel<Item>()
            for delay: UInt64 in [600, 10, 300] {
                wheel.schedule(Item(after: delay) { _ in record.add("\(delay)") })
            }
            #expect(wheel.count == 3)
            return wheel
        }
        try await eventually("three items") { record.steps.count == 3 }
        await #expect(record.steps == ["10", "300", "600"])
        await #expect(wheel.count == 0)
    }

    @Test func `a deadline moved back is kept, and one moved forward as well`() async throws {
        let record = Record()
        let wheel = try await onLoop {
            let wheel = DeadlineWheel<Item>()
            let back = Item(after: 10) { _ in record.add("back") }
            wheel.schedule(back)
            back.deadlineMilliseconds += 400
            let forward = Item(after: 1_000_000) { _ in record.add("forward") }
            wheel.schedule(forward)
            forward.deadlineMilliseconds = EventLoop.nowMilliseconds + 10
            wheel.schedule(forward)
            wheel.schedule(forward)
            #expect(wheel.count == 2)
            return wheel
        }
        try await eventually("both items") { record.steps.count == 2 }
        // Each was found due. A turn that comes late may find both at once, in either order.
        await #expect(record.steps.sorted() == ["back", "forward"])
        await #expect(wheel.count == 0)
    }

    @Test func `items may be removed and added while the wheel turns`() async throws {
        let record = Record()
        let wheel = try await onLoop {
            let wheel = DeadlineWheel<Item>()
            let all = Items()
            for name in ["a", "b", "c"] {
                let item = Item(after: 10) { item in
                    record.add(name)
                    for other in all.items where other !== item { wheel.remove(other) }
                    all.items = []
                    wheel.schedule(Item(after: 0) { _ in record.add("added") })
                }
                all.items.append(item)
                wheel.schedule(item)
            }
            return wheel
        }
        try await eventually("two items") { record.steps.count == 2 }
        await #expect(record.steps == ["a", "added"])
        await #expect(wheel.count == 0)
    }

    @Test func `a far deadline goes round and is not looked at early`() async throws {
        let record = Record()
        try await onLoop {
            let wheel = DeadlineWheel<Item>()
            let far = Item(after: 10_000_000) { _ in record.add("far") }
            wheel.schedule(far)
            wheel.schedule(Item(after: 300) { _ in record.add("near") })
            try await EventLoop.sleep(milliseconds: 1)
            while record.steps.isEmpty { try await EventLoop.sleep(milliseconds: 10) }
            #expect(far.checks == 0)
            #expect(wheel.count == 1)
            wheel.remove(far)
            wheel.remove(far)
            #expect(wheel.count == 0)
        }
        await #expect(record.steps == ["near"])
    }
}
