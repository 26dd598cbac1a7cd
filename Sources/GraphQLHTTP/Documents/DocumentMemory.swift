import Reactor

/// Documents by their names, those asked for lately, up to so many bytes.
///
/// There are two generations: whatever is asked for is in the younger one, and once that holds half
/// of the bytes it becomes the older one, which is forgotten.
struct DocumentMemory {
    private let maximumBytes: Int
    private var young = Generation()
    private var old = Generation()

    struct Entry {
        let source: [UInt8]
        let isRegistered: Bool
    }

    private struct Generation {
        var entries: [DocumentName: Entry] = [:]
        var bytes = 0

        mutating func remove(_ name: DocumentName) {
            if let entry = entries.removeValue(forKey: name) {
                bytes -= DocumentMemory.bytes(of: name, entry)
            }
        }
    }

    /// What an entry takes besides its texts, roughly.
    private static let overheadBytes = 128

    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    /// What it takes, roughly.
    var bytes: Int { young.bytes + old.bytes }

    /// The sources of those that were registered.
    var registered: [DocumentName: [UInt8]] {
        let all = young.entries.merging(old.entries) { young, _ in young }
        return all.filter(\.value.isRegistered).mapValues(\.source)
    }

    mutating func find(_ name: DocumentName) -> Entry? {
        if let entry = young.entries[name] { return entry }
        guard let entry = old.entries[name] else { return nil }
        old.remove(name)
        keep(entry, as: name)
        return entry
    }

    /// What is too large for a generation is not kept.
    mutating func keep(_ entry: Entry, as name: DocumentName) {
        remove(name)
        let bytes = Self.bytes(of: name, entry)
        guard bytes <= maximumBytes / 2 else { return }
        if young.bytes + bytes > maximumBytes / 2 {
            old = young
            young = Generation()
        }
        young.entries[name] = entry
        young.bytes += bytes
    }

    mutating func remove(_ name: DocumentName) {
        young.remove(name)
        old.remove(name)
    }

    private static func bytes(of name: DocumentName, _ entry: Entry) -> Int {
        let nameBytes = if case .custom(let text) = name { text.utf8.count } else { 32 }
        return entry.source.count + nameBytes + overheadBytes
    }
}

/// Names that nobody has for a document, as of a moment ago: whoever asks again soon is told so
/// without a look-up. At most so many; the oldest are forgotten first.
@EventLoop struct UnknownDocuments {
    private let lifetimeMilliseconds: UInt64
    private var since: [DocumentName: UInt64] = [:]
    private var order: [DocumentName] = []

    static let maximumCount = 1_024

    nonisolated init(lifetimeMilliseconds: UInt64) {
        self.lifetimeMilliseconds = lifetimeMilliseconds
    }

    func contains(_ name: DocumentName) -> Bool {
        guard let noted = since[name] else { return false }
        return EventLoop.nowMilliseconds < noted + lifetimeMilliseconds
    }

    mutating func insert(_ name: DocumentName) {
        if since.updateValue(EventLoop.nowMilliseconds, forKey: name) == nil {
            order.append(name)
        }
        guard order.count > Self.maximumCount else { return }
        let half = order.prefix(Self.maximumCount / 2)
        for name in half { since[name] = nil }
        order.removeFirst(half.count)
    }

    mutating func remove(_ name: DocumentName) {
        guard since.removeValue(forKey: name) != nil else { return }
        order.removeAll { $0 == name }
    }
}
