import JSON
public import Reactor
import Telemetry

/// What one request has done, for whoever asked to be told, and for spans: levels, the loaders and
/// fields that left with each, their statements, and the time that all of it took.
@EventLoop public final class ExecutionTrace {
    let begunMicroseconds = MonotonicClock.nowMicroseconds()
    let planning = PlanningTrace()
    var levels: [TracedLevel] = []
    /// Of no level: they left with the first one, or by themselves.
    var besides: [any TracedStatement] = []
    /// What each loader had counted when the last level left.
    private var counted: [LoaderCounters] = []
    /// Whether the response tells it.
    public let isTold: Bool
    /// The operation, once it is known.
    var found: FoundPlan?
    /// How many errors its responses had; nothing where it was refused.
    package var errorCount: Int?
    /// Something failed that is nobody's fault but the server's.
    package var hasFailed = false

    public init(isTold: Bool = true) { self.isTold = isTold }

    /// Notes a statement as one of the loader or field that begins it.
    public func note(_ statement: any TracedStatement) {
        guard let work = RunningTask.work else { return besides.append(statement) }
        work.statements.append(statement)
    }

    /// Of what waited at the same time, one counts.
    func roundTrips(of level: TracedLevel) -> Int {
        level.number == 1 ? max(level.roundTrips, besideRoundTrips) : level.roundTrips
    }

    var roundTrips: Int {
        levels.isEmpty ? besideRoundTrips : levels.reduce(0) { $0 + roundTrips(of: $1) }
    }

    private var besideRoundTrips: Int { besides.reduce(0) { $0 + $1.roundTrips } }

    /// The batches of the next level, made to note what they do.
    func beginLevel(
        _ batches: [any PendingBatch], of loaders: LoaderSet
    ) -> [any PendingBatch] {
        let level = addLevel(of: loaders)
        return batches.map { batch in
            let work = TracedWork()
            switch batch.origin {
            case .loader(let loader): level.add(work, of: loader)
            case .rootField(let name, let coordinate):
                level.fields.append(
                    TracedField(responseName: name, coordinate: coordinate, work: work))
            }
            return TracedBatch(batch, work)
        }
    }

    /// A level of what was asked for since the last one.
    private func addLevel(of loaders: LoaderSet) -> TracedLevel {
        let level = TracedLevel(number: levels.count + 1)
        levels.append(level)
        level.loaders = takeAsked(of: loaders)
        return level
    }

    /// What was asked for behind the last level left nothing to wait for: it is one more level.
    func end(with loaders: LoaderSet) {
        let rest = addLevel(of: loaders)
        if rest.loaders.isEmpty { levels.removeLast() }
    }

    private func takeAsked(of loaders: LoaderSet) -> [TracedLoader] {
        var asked: [TracedLoader] = []
        for (place, loader) in loaders.loaders.enumerated() {
            if place == counted.count { counted.append(LoaderCounters()) }
            let counters = loader.counters
            if counters.asked > counted[place].asked {
                asked.append(TracedLoader(loader, counters - counted[place]))
            }
            counted[place] = counters
        }
        return asked
    }
}

/// A statement that a loader or a field has sent to a database, as a trace tells of it: never with
/// the values bound to it. Times are those of a clock that only runs forward.
@EventLoop public protocol TracedStatement: AnyObject, Sendable {
    var text: String { get }
    var begunMicroseconds: Int64 { get }
    /// When its answer came; nothing if none has.
    var answeredMicroseconds: Int64? { get }
    /// When whoever waited for the answer went on, if that is known.
    var resumedMicroseconds: Int64? { get }
    var rows: Int { get }
    var bytes: Int { get }
    /// Why there are no rows, in words that hold no values.
    var failure: String? { get }
    /// How many round trips it began; those behind it in a batch began none.
    var roundTrips: Int { get }
}

/// What left together.
@EventLoop final class TracedLevel {
    /// From 1.
    let number: Int
    let begunMicroseconds = MonotonicClock.nowMicroseconds()
    var loaders: [TracedLoader] = []
    var fields: [TracedField] = []

    init(number: Int) { self.number = number }

    /// Of a batch of `loader`; there may be several.
    func add(_ work: TracedWork, of loader: any AnyLoader) {
        loaders.first { $0.loader === loader }?.works.append(work)
    }

    var works: [TracedWork] { loaders.flatMap(\.works) + fields.map(\.work) }
}

/// What a loader was asked in one level.
@EventLoop final class TracedLoader {
    let loader: any AnyLoader
    let counters: LoaderCounters
    var works: [TracedWork] = []

    init(_ loader: any AnyLoader, _ counters: LoaderCounters) {
        (self.loader, self.counters) = (loader, counters)
    }
}

/// A field of the root that went by itself.
struct TracedField {
    let responseName: String
    let coordinate: String
    let work: TracedWork
}

/// What was done for one batch.
@EventLoop final class TracedWork {
    private(set) var begunMicroseconds: Int64 = 0
    private(set) var endedMicroseconds: Int64 = 0
    var statements: [any TracedStatement] = []

    func run(_ batch: any PendingBatch) async {
        begunMicroseconds = MonotonicClock.nowMicroseconds()
        await RunningTask.$work.withValue(self) { await batch.load() }
        endedMicroseconds = MonotonicClock.nowMicroseconds()
    }
}

private enum RunningTask {
    /// What the task that runs is there for.
    @TaskLocal static var work: TracedWork?
}

/// A batch that is noted.
@EventLoop private final class TracedBatch: PendingBatch {
    private let batch: any PendingBatch
    private let work: TracedWork

    init(_ batch: any PendingBatch, _ work: TracedWork) { (self.batch, self.work) = (batch, work) }

    var origin: BatchOrigin { batch.origin }
    var keyCount: Int { batch.keyCount }

    func load() async { await work.run(batch) }
}

extension LoaderCounters {
    fileprivate static func - (later: LoaderCounters, earlier: LoaderCounters) -> LoaderCounters {
        var difference = LoaderCounters()
        difference.asked = later.asked - earlier.asked
        difference.unique = later.unique - earlier.unique
        difference.remembered = later.remembered - earlier.remembered
        difference.batches = later.batches - earlier.batches
        return difference
    }
}
