import GraphQLLanguage
public import GraphQLTypes
public import GraphQLValidation
public import Reactor
package import Secrets

/// The plans of the documents asked for lately, so that a document is parsed, validated and
/// compiled once and not with every request. What a plan is does not depend on variables.
///
/// Bounded in bytes; the plans that were not asked for longest go first. Documents that are refused
/// are not kept.
@EventLoop public final class PlanCache {
    public let schema: Schema
    private let options: PlanOptions
    private let recorder: EngineRecorder?
    private var places: [Key: Int] = [:]
    private var entries: [Entry] = []
    private var free: [Int] = []
    /// The ends of the list of entries in the order of their last use.
    private var newest = Entry.none
    private var oldest = Entry.none
    public private(set) var counters = Counters()

    /// A document by its text: equal hashes are no proof.
    private struct Key: Hashable {
        let source: [UInt8]
        let operationName: String?

        /// All bytes at once, not one by one.
        func hash(into hasher: inout Hasher) {
            source.withUnsafeBytes { hasher.combine(bytes: $0) }
            hasher.combine(operationName)
        }
    }

    private struct Entry {
        static let none = -1

        let key: Key
        let plan: Plan
        let documentHash: SHA256Digest
        let bytes: Int
        var newer: Int
        var older: Int
    }

    public struct Counters: Hashable, Sendable {
        public var hits = 0
        public var misses = 0
        public var evictions = 0
        /// What the plans take in memory, roughly.
        public var bytes = 0
        public var plans = 0
    }

    public init(
        _ schema: Schema, options: PlanOptions = PlanOptions(), recorder: EngineRecorder? = nil
    ) {
        self.schema = schema
        self.options = options
        self.recorder = recorder
    }

    /// The plan for an operation of the document `source`.
    public func plan(
        for source: [UInt8], operationName: String? = nil
    ) throws(GraphQLErrors) -> Plan {
        try find(source, operationName: operationName).plan
    }

    /// The same, with what is known of the document.
    package func find(
        _ source: [UInt8], operationName: String?, trace: ExecutionTrace? = nil
    ) throws(GraphQLErrors) -> FoundPlan {
        let key = Key(source: source, operationName: operationName)
        if let place = places[key] {
            counters.hits += 1
            recorder?.lookedUp(found: true)
            trace?.planning.wasKept = true
            if place != newest {
                unlink(place)
                link(place)
            }
            let entry = entries[place]
            let found = FoundPlan(
                plan: entry.plan, documentHash: entry.documentHash, wasKept: true)
            trace?.found = found
            return found
        }
        counters.misses += 1
        recorder?.lookedUp(found: false)
        let plan = try options.plan(
            for: source, operationName, schema, tracedBy: trace?.planning)
        let hash = SHA256Digest(of: source)
        keep(plan, key, hash)
        let found = FoundPlan(plan: plan, documentHash: hash, wasKept: false)
        trace?.found = found
        return found
    }

    /// Forgets all plans.
    public func removeAll() {
        recorder?.forgot(bytes: counters.bytes, plans: counters.plans, isEviction: false)
        places.removeAll()
        entries.removeAll()
        free.removeAll()
        (newest, oldest) = (Entry.none, Entry.none)
        (counters.bytes, counters.plans) = (0, 0)
    }

    private func keep(_ plan: Plan, _ key: Key, _ hash: SHA256Digest) {
        let bytes = plan.byteCount + MemoryLayout<Entry>.stride
        guard bytes <= options.maximumCacheBytes else { return }
        while counters.bytes + bytes > options.maximumCacheBytes { removeOldest() }
        let entry = Entry(
            key: key, plan: plan, documentHash: hash, bytes: bytes, newer: Entry.none,
            older: Entry.none)
        let place = free.popLast() ?? entries.count
        if place == entries.count { entries.append(entry) } else { entries[place] = entry }
        places[key] = place
        link(place)
        counters.bytes += bytes
        counters.plans += 1
        recorder?.kept(bytes: bytes)
    }

    private func removeOldest() {
        let place = oldest
        counters.bytes -= entries[place].bytes
        counters.plans -= 1
        counters.evictions += 1
        recorder?.forgot(bytes: entries[place].bytes, plans: 1, isEviction: true)
        places[entries[place].key] = nil
        unlink(place)
        free.append(place)
    }

    /// Makes an entry the newest.
    private func link(_ place: Int) {
        entries[place].older = newest
        entries[place].newer = Entry.none
        if newest != Entry.none { entries[newest].newer = place }
        newest = place
        if oldest == Entry.none { oldest = place }
    }

    private func unlink(_ place: Int) {
        let (newer, older) = (entries[place].newer, entries[place].older)
        if newer == Entry.none { newest = older } else { entries[newer].older = older }
        if older == Entry.none { oldest = newer } else { entries[older].newer = newer }
    }
}

/// A plan, and where it comes from.
package struct FoundPlan: Sendable {
    package let plan: Plan
    /// Of the text of the whole document.
    package let documentHash: SHA256Digest
    /// Whether it was there already.
    package let wasKept: Bool
}

/// How documents become plans.
public struct PlanOptions: Sendable {
    public var validation = ValidationOptions()
    public var plans = PlanLimits()
    public var roads: any FieldRoads = PlainRoads()
    /// Whom the schema lets ask for what; nothing where everybody may ask for everything.
    public var access: AccessModel?
    /// How much the plans of a `PlanCache` may take in memory.
    public var maximumCacheBytes = 64 << 20

    public init() {}

    /// Parses, validates and compiles.
    public func plan(
        for source: [UInt8], _ operationName: String?, _ schema: Schema
    ) throws(GraphQLErrors) -> Plan {
        try plan(for: source, operationName, schema, tracedBy: nil)
    }

    func plan(
        for source: [UInt8], _ operationName: String?, _ schema: Schema,
        tracedBy trace: PlanningTrace?
    ) throws(GraphQLErrors) -> Plan {
        trace?.began()
        let document: Document
        do throws(SyntaxError) {
            defer { trace?.parsed() }
            document = try Document.parse(
                source, limits: validation.limits?.parseLimits ?? ParseLimits())
        } catch {
            throw GraphQLErrors([GraphQLError(error)])
        }
        let valid: ValidDocument
        do {
            defer { trace?.validated() }
            valid = try ValidDocument.check(document, against: schema, options: validation)
        }
        defer { trace?.compiled() }
        do throws(GraphQLError) {
            return try Plan.compile(
                valid, operationName: operationName, roads: roads, access: access,
                limits: plans)
        } catch {
            throw GraphQLErrors([error])
        }
    }
}
