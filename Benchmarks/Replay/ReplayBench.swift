import Bytes
import Events
import Features
import Glibc
import GraphQLExecution
import GraphQLTypes
import JSON
import Postgres
import Reactor
import Secrets
import Telemetry

/// Answers a request once from PostgreSQL, and then again and again from what PostgreSQL said that
/// time: what remains is what the server does with the answers, without any network.
///
/// Reads the request, as HTTP carries it, from standard input. Writes the response on one line, and
/// on the next how many nanoseconds of CPU time it took in each round.
@EventLoop struct ReplayBench {
    private let engine: Engine
    private let prepared: PreparedRequest
    private let pool: PostgresPool
    private let events: EventFeed
    private let recording = PostgresRecording()
    private let accounts = AccountService(SigningKeys([.fresh(id: "replay")]))
    private let server = Server(version: "0", startedAt: DateTime(milliseconds: 0))

    nonisolated static func run(_ words: [String]) -> Int32 {
        guard words.count == 3, let milliseconds = Int(words[1]), let rounds = Int(words[2]) else {
            return fail("usage: bench-replay DATABASE-URL MILLISECONDS ROUNDS <REQUEST")
        }
        return EventLoop.run {
            do {
                let pool = PostgresPool(.init(PostgresAddress(words[0])))
                try await pool.open()
                let bench = try ReplayBench(try EngineRequest(reading: readLine() ?? ""), pool)
                let answer = await bench.answer(replayed: false)
                send(String(decoding: answer.bytes.array(), as: UTF8.self))
                var figures: [String] = []
                for _ in 0..<rounds { figures.append(String(await bench.time(milliseconds))) }
                send(figures.joined(separator: " "))
                pool.close()
                return 0
            } catch {
                return fail("\(error)")
            }
        }
    }

    private init(_ request: EngineRequest, _ pool: PostgresPool) throws {
        var options = EngineOptions()
        options.planning.roads = Contract.roads
        engine = Engine(try Contract.schema(), options: options)
        prepared = try engine.prepare(request)
        self.pool = pool
        events = EventFeed(pool, logger: Logger(LogSettings(level: .error)))
    }

    private func answer(replayed: Bool) async -> Response {
        let context = RequestContext(
            server: server, now: 0, pool: pool, accounts: accounts, events: events,
            selected: prepared.plan.selectedFields, recording: recording)
        let response = await engine.execute(prepared, resolvers: Contract.resolvers(context))
        precondition(!replayed || context.database.roundTrips == 0, "all is known by now")
        return response
    }

    /// Nanoseconds for each answer, over a round that lasts as long as it is told.
    private func time(_ milliseconds: Int) async -> Int {
        let began = nanoseconds()
        var (count, passed) = (0, 0)
        repeat {
            for _ in 0..<100 { _ = await answer(replayed: true) }
            count += 100
            passed = nanoseconds() - began
        } while passed < milliseconds * 1_000_000
        return passed / count
    }

    /// CPU time of this process.
    private func nanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private nonisolated static func fail(_ reason: String) -> Int32 {
        send("bench-replay: \(reason)", to: STDERR_FILENO)
        return 1
    }

    private nonisolated static func send(_ line: String, to descriptor: Int32 = STDOUT_FILENO) {
        var bytes = Array("\(line)\n".utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if sent < 0 { return }
            bytes.removeFirst(sent)
        }
    }
}

extension EngineRequest {
    /// The body of a request, which has to have its variables in one object.
    fileprivate init(reading body: String) throws {
        let request = try JSONDocument.parse(Array(body.utf8)).root
        let source = request["query"]?.stringValue ?? ""
        self.init(source: Array(source.utf8), variables: request["variables"])
    }
}
