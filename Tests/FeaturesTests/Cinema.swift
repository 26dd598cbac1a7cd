import Bytes
import DataModel
import Database
import Features
import GraphQLExecution
import GraphQLTypes
import JSON
import Reactor
import Telemetry
import TestSupport

@testable import Postgres

/// A database of films, and the product that answers from it.
@EventLoop final class Cinema {
    /// The one that tests share which change nothing.
    nonisolated static let shared = Task { try await Cinema.open("cinema") }

    let url: String
    let pool: PostgresPool
    private let engine: Engine
    private let metrics: PostgresMetrics
    private let cells: MetricCells

    /// Makes a database of its own.
    nonisolated static func open(
        _ name: String,
        _ change: @escaping @Sendable (inout PostgresPool.Settings) -> Void = { _ in }
    ) async throws -> Cinema {
        let url = try await RunningPostgres.shared.newDatabase(name)
        return try await onLoop {
            let connection = try await SerialConnection.connect(to: Migrator.address(url))
            try await DataModel.migrator.run(on: connection)
            try await connection.run(script: Films.script)
            connection.close()
            return try await open(at: url, change)
        }
    }

    private static func open(
        at url: String, _ change: (inout PostgresPool.Settings) -> Void
    ) async throws -> Cinema {
        var settings = PostgresPool.Settings(PostgresAddress(url))
        // Nothing is counted but what is asked.
        settings.healthCheckMilliseconds = 600_000
        change(&settings)
        let cinema = try Cinema(url, settings)
        try await cinema.pool.open()
        return cinema
    }

    private init(_ url: String, _ settings: PostgresPool.Settings) throws {
        self.url = url
        var layout = MetricsLayout()
        metrics = PostgresMetrics(in: &layout)
        cells = MetricCells(privateFor: layout)
        pool = PostgresPool(settings, recorder: PostgresRecorder(metrics, cells))
        var options = EngineOptions()
        options.planning.roads = Contract.roads
        engine = Engine(try Contract.schema(), options: options)
    }

    struct Answer: Sendable {
        let text: String
        /// What a request has cost the shared connections.
        let statements: Int
        let roundTrips: Int
        /// What clients are not told.
        let faults: [String]
    }

    /// Answers a document as if an account had sent it.
    func ask(
        _ document: String, _ variables: String? = nil, viewer: Int? = nil,
        operationName: String? = nil, within milliseconds: UInt64? = nil,
        trace: ExecutionTrace? = nil
    ) async throws -> Answer {
        var request = EngineRequest(source: Array(document.utf8), operationName: operationName)
        request.variables = try variables.map { try JSONDocument.parse(Array($0.utf8)).root }
        let prepared = try? engine.prepare(request)
        let context = RequestContext(
            server: Server(version: "1.2.3", startedAt: DateTime(milliseconds: 1_000_500)),
            now: 1_010_700, pool: pool, viewer: viewer,
            selected: prepared?.plan.selectedFields,
            deadline: milliseconds.map { EventLoop.nowMilliseconds + $0 } ?? .max,
            readsSnapshot: prepared.flatMap { Contract.asksForSnapshot($0) } ?? false,
            trace: trace)
        let faults = Record()
        var options = ExecutionOptions()
        options.trace = trace
        options.present = { error in
            if let told = Contract.error(for: error) { return told }
            if !(error is GraphQLError) { faults.add("\(error)") }
            return ExecutionOptions.masked(error)
        }
        let response = await engine.answer(
            request, resolvers: Contract.resolvers(context), options: options)
        return Answer(
            text: String(decoding: response.bytes.array(), as: UTF8.self),
            statements: context.database.statements, roundTrips: context.database.roundTrips,
            faults: faults.steps)
    }

    /// What all connections have sent so far.
    var roundTrips: Int { Int(cells.value(of: metrics.roundTrips)) }
    var statements: Int { Int(cells.value(of: metrics.statements)) }

    /// Changes the database behind the product's back.
    func change(_ script: String) async throws {
        let connection = try await SerialConnection.connect(to: PostgresAddress(url))
        defer { connection.close() }
        try await connection.run(script: script)
    }

    func number(_ query: Statement) async throws -> Int { try await pool.run(query)[0].int(0) }
}

/// Runs `body` on the loop with a cinema of its own.
func withCinema(
    _ name: String, _ change: @escaping @Sendable (inout PostgresPool.Settings) -> Void = { _ in },
    _ body: @escaping @Sendable @EventLoop (Cinema) async throws -> Void
) async throws {
    let cinema = try await Cinema.open(name, change)
    try await onLoop {
        defer { cinema.pool.close() }
        try await body(cinema)
    }
}

/// Answers a document from the shared cinema.
func answer(
    _ document: String, _ variables: String? = nil, viewer: Int? = nil
) async throws -> String {
    let cinema = try await Cinema.shared.value
    return try await onLoop { try await cinema.ask(document, variables, viewer: viewer).text }
}

extension Cinema.Answer {
    func codes() throws -> [String] {
        var codes: [String] = []
        guard let errors = try JSONDocument.parse(Array(text.utf8)).root["errors"] else {
            return []
        }
        for error in errors.elements {
            codes.append(error["extensions"]?["code"]?.stringValue ?? "none")
        }
        return codes
    }
}
