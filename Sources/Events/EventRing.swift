/// The newest events of all topics, without a hole between them: whoever has heard of everything up
/// to its floor hears the rest from here.
struct EventRing {
    let maximumEvents: Int
    let maximumBytes: Int
    /// All behind this position is here.
    private(set) var floor: EventPosition
    /// Those in front of `start` have been forgotten.
    private var events: [StoredEvent] = []
    private var start = 0
    private(set) var byteCount = 0

    init(floor: EventPosition, maximumEvents: Int, maximumBytes: Int) {
        self.floor = floor
        (self.maximumEvents, self.maximumBytes) = (maximumEvents, maximumBytes)
    }

    var count: Int { events.count - start }

    /// Adds an event behind all others; the oldest make room for it.
    mutating func append(_ event: StoredEvent) {
        precondition(event.position > events.last?.position ?? floor, "events come in order")
        events.append(event)
        byteCount += event.byteCount
        while count > maximumEvents || byteCount > maximumBytes, count > 0 { forget() }
    }

    private mutating func forget() {
        floor = events[start].position
        byteCount -= events[start].byteCount
        start += 1
        guard start > maximumEvents else { return }
        events.removeFirst(start)
        start = 0
    }

    /// The first event of a topic behind a position, which is not in front of the floor.
    func first(of topic: String, behind position: EventPosition) -> StoredEvent? {
        precondition(position >= floor, "what is asked for has been forgotten")
        var (low, high) = (start, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].position > position { high = middle } else { low = middle + 1 }
        }
        return events[low...].first { $0.topic == topic }
    }
}
