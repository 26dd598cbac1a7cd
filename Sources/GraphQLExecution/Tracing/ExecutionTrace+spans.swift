import Bytes
import GraphQLLanguage
import Reactor
import Secrets
import Telemetry
package import Tracing

/// The spans of an operation: the operation, its plan, its levels, their statements. They are made
/// of what the trace has noted, when all is over.
extension ExecutionTrace {
    /// Adds the spans below the one that the recording is of, as of an operation that ends now.
    package func addSpans(to recording: SpanRecording) {
        let operation = recording.add(
            name, .server, under: recording.context.span, from: begunMicroseconds,
            to: MonotonicClock.nowMicroseconds(), attributes, hasFailed: hasFailed)
        addParts(to: recording, under: operation)
    }

    /// The same for a recording that is of the operation itself, of which `attributes` are known
    /// besides.
    package func addOwnSpans(to recording: SpanRecording, _ attributes: [SpanAttribute]) {
        addParts(to: recording, under: recording.context.span)
        recording.addOwn(
            name, from: begunMicroseconds, to: MonotonicClock.nowMicroseconds(),
            self.attributes + attributes, hasFailed: hasFailed)
    }

    private func addParts(to recording: SpanRecording, under operation: SpanIdentifier) {
        planning.addSpans(to: recording, under: operation)
        for statement in besides { recording.add(statement, under: operation) }
        for level in levels {
            let span = recording.add(
                "level", under: operation, from: level.begunMicroseconds,
                to: level.begunMicroseconds + level.microseconds, attributes(of: level))
            for work in level.works {
                for statement in work.statements { recording.add(statement, under: span) }
            }
        }
    }

    /// Semantic conventions for GraphQL servers: names of operations are the client's, and not fit
    /// to be names of spans.
    private var name: String {
        found.map { $0.plan.operationType.name.description } ?? "GraphQL Operation"
    }

    private var attributes: [SpanAttribute] {
        var attributes = [
            errorCount.map { SpanAttribute("marquee.errors", $0) }
                ?? SpanAttribute("marquee.refused", true)
        ]
        if hasFailed { attributes.append(SpanAttribute("error.type", "INTERNAL")) }
        guard let found else { return attributes }
        let operation = found.plan.operation
        attributes.append(SpanAttribute("graphql.operation.type", name))
        if let name = operation.name {
            attributes.append(SpanAttribute("graphql.operation.name", name.text))
        }
        var hash = ByteBuffer(capacity: 64)
        found.documentHash.write(to: &hash)
        attributes.append(
            SpanAttribute("marquee.document.hash", String(decoding: hash.array(), as: UTF8.self)))
        attributes.append(SpanAttribute("marquee.plan.cached", found.wasKept))
        return attributes
    }

    private func attributes(of level: TracedLevel) -> [SpanAttribute] {
        var attributes = [
            SpanAttribute("marquee.level", level.number),
            SpanAttribute("marquee.round_trips", roundTrips(of: level)),
        ]
        let loaders = level.loaders.filter { !$0.works.isEmpty }.map { "\($0.loader.name)" }
        if !loaders.isEmpty { attributes.append(SpanAttribute("marquee.loaders", loaders)) }
        let fields = level.fields.map(\.coordinate)
        if !fields.isEmpty { attributes.append(SpanAttribute("marquee.fields", fields)) }
        return attributes
    }
}

extension PlanningTrace {
    /// A plan that was there already took no time.
    @EventLoop fileprivate func addSpans(to recording: SpanRecording, under parent: SpanIdentifier)
    {
        guard let begunMicroseconds else { return }
        let steps = [
            ("parse", parseMicroseconds), ("validate", validateMicroseconds),
            ("compile", compileMicroseconds),
        ]
        var start = begunMicroseconds
        let plan = recording.add(
            "plan", under: parent, from: start, to: steps.reduce(start) { $0 + $1.1 })
        for (name, microseconds) in steps.prefix(stepCount) {
            recording.add(name, under: plan, from: start, to: start + microseconds)
            start += microseconds
        }
    }
}

extension SpanRecording {
    /// Semantic conventions for PostgreSQL clients. The text has places for values, and none of
    /// them.
    fileprivate func add(_ statement: any TracedStatement, under parent: SpanIdentifier) {
        let operation = statement.text.prefix { $0.isLetter }.uppercased()
        var attributes =
            statementAttributes + [
                SpanAttribute("db.operation.name", operation),
                SpanAttribute("db.query.text", statement.text),
                SpanAttribute("db.response.returned_rows", statement.rows),
            ]
        if let failure = statement.failure {
            let state = Self.state(of: failure)
            attributes.append(SpanAttribute("error.type", state ?? failure))
            if let state { attributes.append(SpanAttribute("db.response.status_code", state)) }
        } else if statement.answeredMicroseconds == nil {
            attributes.append(SpanAttribute("error.type", "unanswered"))
        }
        let namespace = statementAttributes.first { $0.key == "db.namespace" }
        var name = operation
        if case .text(let target)? = namespace?.value { name += " \(target)" }
        add(
            name, .client, under: parent, from: statement.begunMicroseconds,
            to: statement.answeredMicroseconds ?? MonotonicClock.nowMicroseconds(), attributes,
            hasFailed: statement.failure != nil || statement.answeredMicroseconds == nil)
    }

    /// The code of a database that stands in words such as `SQLSTATE 23505`.
    private static func state(of failure: String) -> String? {
        let prefix = "SQLSTATE "
        return failure.hasPrefix(prefix) ? String(failure.dropFirst(prefix.count)) : nil
    }
}
