import Bytes
import Postgres
package import Reactor

/// One who follows the events of a topic, from a place on: hears of each once, in their order.
///
/// It keeps a place and at most one page of what it is behind with, never a queue: what it has not
/// asked for stays in the ring, or in the database.
@EventLoop package final class EventSubscription {
    package enum Purpose: Int, Sendable {
        case subscription
        case credential
    }

    package let topic: String
    /// Where the last news were that it has heard, or behind: nothing for it is in between.
    package private(set) var place: EventPlace
    private let feed: EventFeed
    /// The place is one that the database has known.
    private var isConfirmed: Bool
    private nonisolated let purpose: Purpose
    private nonisolated let recorder: EventRecorder?
    private nonisolated let followers: Locked<Int>
    /// What has been read from the database and not been heard.
    private var page: ArraySlice<StoredEvent> = []
    /// Behind what is read there is nothing up to here.
    private var pageEnd: EventPosition?
    /// Of what is held back it has heard this.
    private var heldBack: [EventPosition] = []
    private var waiter: UnsafeContinuation<Void, Never>?
    private var backoffMilliseconds: UInt64

    /// A place is confirmed that was read from the database, and not by a client.
    package init(
        to topic: String, behind place: EventPlace, isConfirmed: Bool, of feed: EventFeed,
        for purpose: Purpose = .subscription
    ) {
        self.isConfirmed = isConfirmed
        (self.topic, self.place, self.feed, self.purpose) = (topic, place, feed, purpose)
        recorder = feed.recorder
        backoffMilliseconds = feed.settings.firstBackoffMilliseconds
        followers = feed.followers
        followers.withLock { $0 += 1 }
        recorder?.came(for: purpose)
    }

    deinit {
        followers.withLock { $0 -= 1 }
        recorder?.left(for: purpose)
    }

    /// Waits for what comes next. Throws when the task is cancelled, and what is wrong with the
    /// database; while it is merely away, or takes too long, that is waited for.
    package func next() async throws -> EventNews {
        while true {
            try Task.checkCancellation()
            if let event = page.popFirst() { return heard(event) }
            if let end = pageEnd.take() { hasHeard(upTo: end) }
            let revision = feed.revision
            if hearsOfHeldBack, hasMoreHeldBack() { return .heldBack }
            switch feed.look(topic, behind: place) {
            case .event(let event): return heard(event)
            case .nothing where isConfirmed || place.position <= feed.head:
                hasHeard(upTo: feed.head)
                await wait(since: revision)
            case .nothing, .behind:
                if let gap = try await catchUp() {
                    recorder?.toldOf(gap)
                    return .gap(gap)
                }
            }
        }
    }

    /// Whether it wants to know at once that there is something, whatever that is.
    var hearsOfHeldBack: Bool { purpose == .credential }

    private func hasMoreHeldBack() -> Bool {
        let known = heldBack
        heldBack = feed.heldBack[topic] ?? []
        return heldBack.haveMore(than: known)
    }

    private func heard(_ event: StoredEvent) -> EventNews {
        place = EventPlace(epoch: place.epoch, position: event.position)
        if purpose == .subscription { recorder?.delivered() }
        return .event(event)
    }

    /// Nothing for it is in front of `position` that it has not heard.
    func hasHeard(upTo position: EventPosition) {
        guard position > place.position else { return }
        place = EventPlace(epoch: place.epoch, position: position)
    }

    // MARK: Waiting

    /// Tasks may take turns between the look and the wait: what came then is looked at first.
    private func wait(since revision: Int) async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter in
                guard !Task.isCancelled, feed.revision == revision else {
                    return waiter.resume()
                }
                self.waiter = waiter
                feed.park(self)
            }
        } onCancel: {
            EventLoop.start { self.giveUp() }
        }
    }

    private func giveUp() {
        feed.unpark(self)
        wake()
    }

    func wake() {
        waiter?.resume()
        waiter = nil
    }

    // MARK: Catching up

    /// Reads from the database what the feed does not have any more, or not yet. Returns a gap
    /// where something is missing: then the place is behind it.
    private func catchUp() async throws -> EventGap? {
        let size = feed.settings.catchUpSize
        let page: EventPage
        do throws(PostgresError) {
            page = try EventPage(
                try await feed.pool.run(
                    EventPage.statement(behind: place.position, of: topic, size: size)),
                size: size)
        } catch {
            guard error.mayPass else { throw error }
            try await pause()
            return nil
        }
        backoffMilliseconds = feed.settings.firstBackoffMilliseconds
        recorder?.caughtUp()
        isConfirmed = true
        if let gap = page.gap(behind: place) {
            place = EventPlace(epoch: page.epoch, position: page.horizon)
            return gap
        }
        self.page = page.events[...]
        pageEnd = page.end
        // The database knows more than the feed, which has still to find out.
        if page.events.isEmpty, page.epoch != feed.epoch { try await pause() }
        return nil
    }

    private func pause() async throws {
        try await EventLoop.sleep(milliseconds: backoffMilliseconds)
        backoffMilliseconds = min(
            2 * backoffMilliseconds, feed.settings.maximumBackoffMilliseconds)
    }
}

extension EventPage {
    /// Whether something behind a place cannot be told any more, and why.
    fileprivate func gap(behind place: EventPlace) -> EventGap? {
        if place.epoch != epoch { return .restored }
        if place.position < horizon { return .expired }
        // Nobody was ever told of a place behind the edge, unless by a history that is gone.
        return place.position > edge ? .restored : nil
    }
}
