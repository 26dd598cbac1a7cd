import Bytes
import DataModel
import Database
import Events
import Features
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import JSON
import Reactor
import Secrets
import Telemetry
import TestSupport

@testable import Postgres

/// A database of films, and the product that answers from it.
@EventLoop final class Cinema {
    /// The one that tests share which change nothing.
    nonisolated static let shared = Task { try await Cinema.open("cinema") }

    let url: String
    let pool: PostgresPool
    /// Follows nothing until a test starts it.
    let events: EventFeed
    /// Hashes cost little here; what they cost otherwise is tested where they are made.
    let accounts = AccountService(
        SigningKeys([SigningKey.fresh(id: "test")]),
        hasher: PasswordHasher(Argon2Parameters(memoryKiB: 64, passes: 1, lanes: 1)))
    var idempotency = IdempotencyRules()
    let engine: Engine
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

    /// Opens it once more, with connections of its own.
    static func open(
        at url: String, _ change: (inout PostgresPool.Settings) -> Void = { _ in }
    ) async throws -> Cinema {
        var settings = PostgresPool.Settings(PostgresAddress(url).patient)
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
        events = EventFeed(pool, logger: Logger(LogSettings(level: .error)))
        var options = EngineOptions()
        options.planning.roads = Contract.roads
        let schema = try Contract.schema()
        options.planning.access = AccessModel(schema)
        engine = Engine(schema, options: options)
    }

    struct Answer: Sendable {
        let text: String
        /// What a request has cost the shared connections.
        let statements: Int
        let roundTrips: Int
        /// What clients are not told.
        let faults: [String]
        /// What becomes of the cookie of refresh tokens.
        var cookie: Access.CookieChange?
        var idempotency: IdempotencyOutcome?
    }

    /// Answers a document as if an account had sent it.
    func ask(
        _ document: String, _ variables: String? = nil, viewer: Int? = nil,
        operationName: String? = nil, within milliseconds: UInt64? = nil,
        trace: ExecutionTrace? = nil
    ) async throws -> Answer {
        try await ask(
            document, variables, as: Caller(viewer.map { .claim(account: $0) } ?? .nothing),
            operationName: operationName, within: milliseconds, trace: trace)
    }

    /// The moment of all requests.
    static let now: Int64 = 1_010_700

    /// Answers a document as if somebody had sent it.
    func ask(
        _ document: String, _ variables: String? = nil, as caller: Caller, key: String? = nil,
        operationName: String? = nil, within milliseconds: UInt64? = nil,
        trace: ExecutionTrace? = nil
    ) async throws -> Answer {
        var request = EngineRequest(source: Array(document.utf8), operationName: operationName)
        request.variables = try variables.map { try JSONDocument.parse(Array($0.utf8)).root }
        let prepared: PreparedRequest
        do throws(GraphQLErrors) {
            prepared = try engine.prepare(request, trace: trace)
        } catch {
            return Answer(refusing: error.errors)
        }
        let context = context(for: prepared, caller, within: milliseconds, trace: trace)
        do throws(GraphQLError) {
            try context.beginTransaction(of: prepared, key: Self.key(key), idempotency)
        } catch {
            return Answer(refusing: [error])
        }
        let faults = Record()
        var options = ExecutionOptions()
        options.trace = trace
        options.present = { error in
            if let told = Contract.error(for: error) { return told }
            if !(error is GraphQLError) { faults.add("\(error)") }
            return ExecutionOptions.masked(error)
        }
        options.interruption = { context.access.refusal }
        if prepared.plan.operationType != .mutation { context.beginAdmission() }
        let response = await engine.execute(
            prepared, resolvers: Contract.resolvers(context), options: options)
        do {
            try await context.endAdmission()
        } catch let error as GraphQLError {
            var answer = Answer(refusing: [error], context.database)
            answer.idempotency = context.idempotencyOutcome
            return answer
        }
        return Answer(
            text: String(decoding: response.bytes.array(), as: UTF8.self),
            statements: context.database.statements, roundTrips: context.database.roundTrips,
            faults: faults.steps, cookie: context.access.cookie,
            idempotency: context.idempotencyOutcome)
    }

    /// What answers one operation of somebody.
    func context(
        for prepared: PreparedRequest, _ caller: Caller, within milliseconds: UInt64? = nil,
        trace: ExecutionTrace? = nil
    ) -> RequestContext {
        RequestContext(
            server: Server(version: "1.2.3", startedAt: DateTime(milliseconds: 1_000_500)),
            now: Self.now, pool: pool, accounts: accounts, events: events, caller: caller,
            rules: prepared.plan.accessRules, selected: prepared.plan.selectedFields,
            deadline: milliseconds.map { EventLoop.nowMilliseconds + $0 } ?? .max,
            readsSnapshot: Contract.asksForSnapshot(prepared) ?? false, trace: trace)
    }

    /// What all connections have sent so far.
    var roundTrips: Int { Int(cells.value(of: metrics.roundTrips)) }
    var statements: Int { Int(cells.value(of: metrics.statements)) }

    private static func key(_ text: String?) throws(GraphQLError) -> IdempotencyKey? {
        guard let text else { return nil }
        return try IdempotencyKey(text.utf8)
    }

    /// Changes the database behind the product's back.
    func change(_ script: String) async throws {
        let connection = try await SerialConnection.connect(to: PostgresAddress(url).patient)
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
    await Seats.shared.take()
    let outcome: Result<Void, any Error>
    do {
        let cinema = try await Cinema.open(name, change)
        try await onLoop {
            defer { cinema.pool.close() }
            try await body(cinema)
        }
        outcome = .success(())
    } catch {
        outcome = .failure(error)
    }
    await Seats.shared.giveBack()
    try outcome.get()
}

/// So many tests at once have a cinema of their own: all take connections of the same server.
private actor Seats {
    static let shared = Seats()

    private var free = 16
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiters.append($0) }
    }

    func giveBack() {
        guard !waiters.isEmpty else {
            free += 1
            return
        }
        waiters.removeFirst().resume()
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
    /// What the endpoint answers a request that is not admitted.
    @EventLoop init(refusing errors: [GraphQLError], _ database: PostgresReader? = nil) {
        let response = Response(requestErrors: errors)
        self.init(
            text: String(decoding: response.bytes.array(), as: UTF8.self),
            statements: database?.statements ?? 0, roundTrips: database?.roundTrips ?? 0,
            faults: [])
    }

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
