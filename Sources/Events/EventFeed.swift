import Bytes
package import Postgres
package import Reactor
package import Telemetry

/// The events of a database, as one process follows them: it reads each once, however many want to
/// hear of it.
///
/// Events are read in their order, and only in front of the edge behind which an open transaction
/// may still write some: nothing that commits late is passed over. The newest are kept in memory;
/// whoever is behind them reads what is missing by its topic, until caught up.
@EventLoop package final class EventFeed {
    package struct Settings: Sendable {
        /// How often it is looked for events of which nobody has told.
        package var pollMilliseconds: UInt64 = 2_000
        /// The same while an open transaction holds events back, whose end nobody tells. It
        /// doubles from the first to the second.
        package var heldBackPollMilliseconds: ClosedRange<UInt64> = 20...250
        /// What is told within this time after a look waits for its end.
        package var debounceMilliseconds: UInt64 = 10
        /// From when on it is said who holds events back.
        package var lagLimitMilliseconds = 5_000
        /// How often it is told how long ago all was known.
        package var lagIntervalMilliseconds: UInt64 = 500
        package var pageSize = 1_000
        package var maximumEvents = 4_096
        package var maximumBytes = 4 << 20
        /// How many events one who is behind reads at once.
        package var catchUpSize = 100
        package var firstBackoffMilliseconds: UInt64 = 50
        package var maximumBackoffMilliseconds: UInt64 = 5_000
        /// A connection on which an answer takes so long is given up.
        package var maximumSilenceMilliseconds: UInt64 = 15_000

        package init() {}
    }

    package let settings: Settings
    let pool: PostgresPool
    let logger: Logger
    let recorder: EventRecorder?

    /// Nothing until the database has been reached for the first time.
    private(set) var epoch: UUID?
    /// All in front of this position is in the ring, or was.
    private(set) var head = EventPosition(transaction: 0)
    private var ring: EventRing
    /// How often something has come: who has looked before the last time has to look again.
    private(set) var revision = 0
    /// Where the newest events stand, by topic, that open transactions hold back.
    private(set) var heldBack: [String: [EventPosition]] = [:]
    /// Those who have heard of everything up to the head, by what they wait for.
    private var parked: [String: [EventSubscription]] = [:]

    var isStopped = false
    var connection: SerialConnection?
    var following: Task<Void, Never>?
    var measuring: Task<Void, Never>?
    /// Up to when all that has happened is known; nothing while that is so up to now.
    var unknownSince: UInt64?
    /// How many wait for events.
    nonisolated let followers = Locked(0)
    var pause: Timer?
    /// Those who wait for the first attempt to reach the database.
    var starters: [UnsafeContinuation<Void, Never>] = []
    var hasTried = false
    var isInTrouble = false
    /// Of whom it was said last, and when, that they hold events back.
    var lastBlocker: (name: String, atMilliseconds: UInt64)?

    package init(
        _ pool: PostgresPool, _ settings: Settings = Settings(), logger: Logger,
        recorder: EventRecorder? = nil
    ) {
        (self.pool, self.settings, self.logger) = (pool, settings, logger)
        self.recorder = recorder
        ring = EventRing(
            floor: EventPosition(transaction: 0), maximumEvents: settings.maximumEvents,
            maximumBytes: settings.maximumBytes)
    }

    // MARK: What is known

    enum Look {
        case event(StoredEvent)
        /// There is nothing in front of the head.
        case nothing
        /// What comes next is not known here.
        case behind
    }

    /// What comes for a topic behind a place.
    func look(_ topic: String, behind place: EventPlace) -> Look {
        guard place.epoch == epoch, place.position >= ring.floor else { return .behind }
        return ring.first(of: topic, behind: place.position).map { .event($0) } ?? .nothing
    }

    // MARK: Who waits

    func park(_ subscription: EventSubscription) {
        parked[subscription.topic, default: []].append(subscription)
    }

    func unpark(_ subscription: EventSubscription) {
        guard let waiting = parked[subscription.topic]?.filter({ $0 !== subscription }) else {
            return
        }
        parked[subscription.topic] = waiting.isEmpty ? nil : waiting
    }

    // MARK: What comes

    func noteHeldBack(_ found: [String: [EventPosition]]) {
        guard found != heldBack else { return }
        let known = heldBack
        heldBack = found
        revision += 1
        for (topic, positions) in found where positions.haveMore(than: known[topic] ?? []) {
            for subscription in parked[topic] ?? [] where subscription.hearsOfHeldBack {
                unpark(subscription)
                subscription.wake()
            }
        }
    }

    /// The database has been reached. What is in memory stays good where nothing has been forgotten
    /// or restored meanwhile.
    func begin(with page: EventPage) {
        if page.epoch != epoch || page.horizon > head {
            revision += 1
            epoch = page.epoch
            head = page.edge
            ring = EventRing(
                floor: head, maximumEvents: settings.maximumEvents,
                maximumBytes: settings.maximumBytes)
            let waiting = parked.values.joined()
            parked = [:]
            for subscription in waiting { subscription.wake() }
        }
    }

    /// What is behind the head has been read.
    func take(_ page: EventPage) {
        guard page.epoch == epoch else { return begin(with: page) }
        if !page.events.isEmpty { revision += 1 }
        for event in page.events { ring.append(event) }
        let before = head
        head = max(head, page.end)
        recorder?.read(page.events.count)
        for topic in Set(page.events.map(\.topic)) {
            for subscription in parked.removeValue(forKey: topic) ?? [] {
                subscription.hasHeard(upTo: before)
                subscription.wake()
            }
        }
    }
}
