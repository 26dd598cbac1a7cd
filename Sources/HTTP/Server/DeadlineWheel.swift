package import Reactor

/// Something that looks at its own deadlines when told to.
@EventLoop package protocol Expirable: AnyObject {
    var wheelPlace: WheelPlace { get set }
    /// The next moment that matters, in the loop's milliseconds.
    var deadlineMilliseconds: UInt64 { get }
    /// Called at or shortly after a deadline, and sometimes before it.
    func checkDeadlines(nowMilliseconds: UInt64)
}

/// Where an item sits in the wheel.
package struct WheelPlace {
    var tick: UInt64 = .max
    var index = 0

    package init() {}
    init(tick: UInt64, index: Int) { (self.tick, self.index) = (tick, index) }
}

/// Deadlines of very many connections, coarse and cheap.
///
/// An item is looked at no later than a tick after its deadline. Moving a deadline back costs
/// nothing: the item is found not to be due and put where it belongs. O(1) for everything.
@EventLoop package final class DeadlineWheel<Item: Expirable> {
    static var tickMilliseconds: UInt64 { 128 }
    static var slots: Int { 512 }

    private var wheel: [[Item]]
    private var lastTick: UInt64
    private var timer: Timer?
    private(set) var count = 0

    package init() {
        wheel = Array(repeating: [], count: Self.slots)
        lastTick = EventLoop.nowMilliseconds / Self.tickMilliseconds
    }

    /// Makes sure that `item` is looked at when its deadline has passed.
    package func schedule(_ item: Item) {
        let deadline = item.deadlineMilliseconds
        guard deadline != .max else { return }
        let tick = self.tick(of: deadline)
        guard tick < item.wheelPlace.tick else { return }
        remove(item)
        insert(item, at: tick)
    }

    package func remove(_ item: Item) {
        let place = item.wheelPlace
        guard place.tick != .max else { return }
        let slot = Int(place.tick % UInt64(Self.slots))
        let last = wheel[slot].removeLast()
        if last !== item {
            wheel[slot][place.index] = last
            last.wheelPlace.index = place.index
        }
        item.wheelPlace.tick = .max
        count -= 1
        if count == 0 {
            timer?.cancel()
            timer = nil
        }
    }

    private func insert(_ item: Item, at tick: UInt64) {
        if timer == nil {
            lastTick = EventLoop.nowMilliseconds / Self.tickMilliseconds
            timer = Timer(
                afterMilliseconds: Self.tickMilliseconds, everyMilliseconds: Self.tickMilliseconds
            ) { [weak self] in self?.turn() }
        }
        let slot = Int(tick % UInt64(Self.slots))
        item.wheelPlace = WheelPlace(tick: tick, index: wheel[slot].count)
        wheel[slot].append(item)
        count += 1
    }

    private func tick(of milliseconds: UInt64) -> UInt64 {
        let now = EventLoop.nowMilliseconds / Self.tickMilliseconds
        let due = milliseconds / Self.tickMilliseconds + 1
        return min(max(due, now + 1), now + UInt64(Self.slots) - 2)
    }

    private func turn() {
        let now = EventLoop.nowMilliseconds
        let current = now / Self.tickMilliseconds
        let first = max(
            lastTick + 1, current > UInt64(Self.slots) ? current - UInt64(Self.slots) : 0)
        guard first <= current else { return }
        lastTick = current
        for tick in first...current {
            for item in wheel[Int(tick % UInt64(Self.slots))] where item.wheelPlace.tick <= tick {
                remove(item)
                if item.deadlineMilliseconds <= now {
                    item.checkDeadlines(nowMilliseconds: now)
                }
                schedule(item)
            }
        }
    }
}
