import Reactor
import Telemetry

extension ResponseExtension {
    /// Tells what a request has done whose resolvers have these loaders.
    static func trace(_ trace: ExecutionTrace, of loaders: LoaderSet) -> ResponseExtension {
        ResponseExtension("trace") { writer in
            trace.end(with: loaders)
            writer.append(trace)
        }
    }
}

/// Objects begin with a member that they always have; all times are microseconds.
extension ResponseWriter {
    fileprivate mutating func append(_ trace: ExecutionTrace) {
        begin("totalMicroseconds", MonotonicClock.nowMicroseconds() - trace.begunMicroseconds)
        add("roundTrips", trace.roundTrips)
        add("plan")
        append(trace.planning)
        add("levels")
        append(trace.levels) { writer, level in writer.append(level, of: trace) }
        if !trace.besides.isEmpty {
            add("besides")
            append(trace.besides) { writer, statement in
                writer.append(statement, since: trace.begunMicroseconds)
            }
        }
        append(raw: "}")
    }

    private mutating func append(_ planning: PlanningTrace) {
        append(raw: #"{"cached":"#)
        append(planning.wasKept)
        add("parseMicroseconds", planning.parseMicroseconds)
        add("validateMicroseconds", planning.validateMicroseconds)
        add("compileMicroseconds", planning.compileMicroseconds)
        append(raw: "}")
    }

    private mutating func append(_ level: TracedLevel, of trace: ExecutionTrace) {
        let start = trace.begunMicroseconds
        begin("level", Int64(level.number))
        add("startMicroseconds", level.begunMicroseconds - start)
        add("microseconds", level.microseconds)
        add("waitMicroseconds", level.waitMicroseconds)
        add("decodeMicroseconds", level.works.reduce(0) { $0 + $1.decodeMicroseconds })
        add("roundTrips", trace.roundTrips(of: level))
        add("loaders")
        append(level.loaders) { writer, loader in writer.append(loader, since: start) }
        add("fields")
        append(level.fields) { writer, field in writer.append(field, since: start) }
        append(raw: "}")
    }

    private mutating func append(_ loader: TracedLoader, since start: Int64) {
        append(raw: #"{"name":"#)
        append("\(loader.loader.name)")
        add("keysAsked", loader.counters.asked)
        add("keysUnique", loader.counters.unique)
        add("keysRemembered", loader.counters.remembered)
        append(loader.works, since: start)
    }

    private mutating func append(_ field: TracedField, since start: Int64) {
        append(raw: #"{"path":["#)
        append(field.responseName)
        append(raw: #"],"coordinate":"#)
        append(field.coordinate)
        append([field.work], since: start)
    }

    /// The last members of a loader or field.
    private mutating func append(_ works: [TracedWork], since start: Int64) {
        add("decodeMicroseconds", works.reduce(0) { $0 + $1.decodeMicroseconds })
        add("statements")
        append(works.flatMap(\.statements)) { writer, statement in
            writer.append(statement, since: start)
        }
        append(raw: "}")
    }

    private mutating func append(_ statement: any TracedStatement, since start: Int64) {
        append(raw: #"{"sql":"#)
        append(statement.text)
        add("startMicroseconds", statement.begunMicroseconds - start)
        if let answered = statement.answeredMicroseconds {
            add("microseconds", answered - statement.begunMicroseconds)
        }
        add("rows", statement.rows)
        add("bytes", statement.bytes)
        if let failure = statement.failure {
            add("failure")
            append(failure)
        }
        append(raw: "}")
    }

    private mutating func append<Item>(
        _ items: [Item], _ append: @EventLoop (inout ResponseWriter, Item) -> Void
    ) {
        beginList()
        for (place, item) in items.enumerated() {
            if place > 0 { appendComma() }
            append(&self, item)
        }
        endList()
    }

    private mutating func begin(_ name: StaticString, _ number: Int64) {
        append(raw: "{\"")
        append(raw: name)
        append(raw: "\":")
        append(Int(number))
    }

    private mutating func add(_ name: StaticString) {
        append(raw: ",\"")
        append(raw: name)
        append(raw: "\":")
    }

    private mutating func add(_ name: StaticString, _ number: some BinaryInteger) {
        add(name)
        append(Int(number))
    }
}

extension TracedLevel {
    var roundTrips: Int {
        works.reduce(0) { sum, work in work.statements.reduce(sum) { $0 + $1.roundTrips } }
    }

    /// Until the last of what left with it had ended.
    var microseconds: Int64 {
        (works.map(\.endedMicroseconds) + [begunMicroseconds]).reduce(0, max) - begunMicroseconds
    }

    /// The time in which at least one statement was on its way.
    var waitMicroseconds: Int64 {
        let statements = works.flatMap(\.statements).sorted {
            $0.begunMicroseconds < $1.begunMicroseconds
        }
        var (sum, end) = (Int64(0), Int64.min)
        for statement in statements {
            let (from, to) = (statement.begunMicroseconds, statement.answeredMicroseconds ?? 0)
            sum += max(0, to - max(from, end))
            end = max(end, to)
        }
        return sum
    }
}

extension TracedWork {
    /// From the last answer to the end: what was made of the rows.
    var decodeMicroseconds: Int64 {
        guard let last = statements.last else { return 0 }
        let start = last.resumedMicroseconds ?? last.answeredMicroseconds ?? endedMicroseconds
        return endedMicroseconds - start
    }
}
