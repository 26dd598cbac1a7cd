import GraphQLLanguage
import GraphQLTypes

/// The distinct names of a document as small numbers, so that rules compare numbers and keep what
/// they know of a name in tables. Everything is in one piece of memory.
struct DocumentNames: ~Copyable {
    /// By node: the number of its name.
    private let ofNode: UnsafeMutablePointer<Int32>
    /// By node: see `Validation.fact(_:)`.
    let facts: UnsafeMutablePointer<Int32>
    /// By name: its number in the schema, or -1.
    private let inSchema: UnsafeMutablePointer<Int32>
    /// By name: a node that has it.
    private let nodes: UnsafeMutablePointer<Int32>
    private let hashes: UnsafeMutablePointer<UInt32>
    /// By name: the fragment of that name, or -1.
    let fragments: UnsafeMutablePointer<Int32>
    /// By name: in which round it was marked last, and with what.
    private let rounds: UnsafeMutablePointer<Int32>
    private let marks: UnsafeMutablePointer<Int32>
    private var round: Int32 = 0
    private(set) var count = 0

    private let memory: UnsafeMutableRawPointer

    /// Nobody can prepare names that fall into the same slots.
    private static let seed = UInt64.random(in: .min ... .max)

    init(
        _ records: UnsafeBufferPointer<NodeRecord>, _ source: UnsafePointer<UInt8>,
        known: NameTable
    ) {
        let size = records.count
        var slotCount = 16
        while slotCount < 2 * size { slotCount *= 2 }
        memory = .allocate(byteCount: (8 * size + slotCount) * 4, alignment: 8)
        let words = memory.bindMemory(to: Int32.self, capacity: 8 * size + slotCount)
        ofNode = words
        facts = words + size
        inSchema = words + 2 * size
        nodes = words + 3 * size
        fragments = words + 4 * size
        rounds = words + 5 * size
        marks = words + 6 * size
        hashes = UnsafeMutableRawPointer(words + 7 * size).assumingMemoryBound(to: UInt32.self)
        let slots = words + 8 * size
        slots.initialize(repeating: -1, count: slotCount)
        number(records, source, known, slots, mask: slotCount - 1)
    }

    deinit { memory.deallocate() }

    private mutating func number(
        _ records: UnsafeBufferPointer<NodeRecord>, _ source: UnsafePointer<UInt8>,
        _ known: NameTable, _ slots: UnsafeMutablePointer<Int32>, mask: Int
    ) {
        let seed = Self.seed
        for node in records.indices {
            let record = records[node]
            guard record.nameEnd > record.nameStart else { continue }
            let bytes = UnsafeBufferPointer(
                start: source + Int(record.nameStart),
                count: Int(record.nameEnd - record.nameStart))
            let hash = Self.hash(bytes, seed)
            var slot = Int(hash) & mask
            while true {
                let name = Int(slots[slot])
                if name < 0 {
                    slots[slot] = add(node, hash, known.find(bytes))
                    break
                }
                if hashes[name] == hash, Self.isEqual(bytes, records[Int(nodes[name])], source) {
                    break
                }
                slot = (slot + 1) & mask
            }
            ofNode[node] = slots[slot]
        }
    }

    private mutating func add(_ node: Int, _ hash: UInt32, _ known: NameID?) -> Int32 {
        inSchema[count] = known?.rawValue ?? -1
        nodes[count] = Int32(truncatingIfNeeded: node)
        hashes[count] = hash
        fragments[count] = -1
        rounds[count] = 0
        count += 1
        return Int32(truncatingIfNeeded: count - 1)
    }

    @inline(__always) private static func isEqual(
        _ bytes: UnsafeBufferPointer<UInt8>, _ other: NodeRecord,
        _ source: UnsafePointer<UInt8>
    ) -> Bool {
        guard Int(other.nameEnd - other.nameStart) == bytes.count else { return false }
        let start = source + Int(other.nameStart)
        for offset in 0..<bytes.count where bytes[offset] != start[offset] { return false }
        return true
    }

    @inline(__always) private static func hash(
        _ bytes: UnsafeBufferPointer<UInt8>, _ seed: UInt64
    ) -> UInt32 {
        let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = seed ^ UInt64(truncatingIfNeeded: raw.count)
        var offset = 0
        while offset + 8 <= raw.count {
            hash = (hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* factor
            hash ^= hash >> 32
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < raw.count {
            rest = rest << 8 | UInt64(raw[offset])
            offset += 1
        }
        hash = (hash ^ rest) &* factor
        return UInt32(truncatingIfNeeded: hash >> 32)
    }
}

/// Asking and marking.
extension DocumentNames {
    @inline(__always) func callAsFunction(_ node: Int) -> Int { Int(ofNode[node]) }

    /// The name of `node` in the schema, if the schema knows it.
    @inline(__always) func known(_ node: Int) -> NameID? {
        let name = inSchema[Int(ofNode[node])]
        return name < 0 ? nil : NameID(rawValue: name)
    }

    /// Forgets all marks.
    @inline(__always) mutating func beginRound() { round += 1 }

    /// What the name was marked with in this round.
    @inline(__always) func mark(_ name: Int) -> Int? {
        rounds[name] == round ? Int(marks[name]) : nil
    }

    @inline(__always) func setMark(_ name: Int, _ mark: Int) {
        rounds[name] = round
        marks[name] = Int32(truncatingIfNeeded: mark)
    }
}
