public import Reactor

/// The elements of a sequence as events.
@EventLoop public final class SequencedEvents<Elements: AsyncSequence>: EventStream
where Elements.Element: Sendable {
    private var iterator: Elements.AsyncIterator
    private let event: @EventLoop (Elements.Element) -> Event
    /// Waits for the element that was asked for.
    private var waiting: Task<Elements.Element?, any Error>?
    private var isCancelled = false

    /// `event` makes an event of each element.
    public init(_ elements: Elements, event: @escaping @EventLoop (Elements.Element) -> Event) {
        iterator = elements.makeAsyncIterator()
        self.event = event
    }

    public func next() async throws -> Event? {
        precondition(waiting == nil, "one event is waited for at a time")
        guard !isCancelled else { return nil }
        let task = Task { @EventLoop in
            var iterator = self.iterator
            defer { self.iterator = iterator }
            return try await iterator.next(isolation: EventLoop.shared)
        }
        waiting = task
        defer { waiting = nil }
        do {
            let element = try await task.value
            return isCancelled ? nil : element.map { repeatable($0) }
        } catch {
            if isCancelled { return nil }
            throw error
        }
    }

    private func repeatable(_ element: Elements.Element) -> Event {
        var event = event(element)
        event.again = { self.repeatable(element) }
        return event
    }

    public func cancel() {
        isCancelled = true
        waiting?.cancel()
    }
}
