import Bytes
import Features
import GraphQLExecution
import GraphQLTypes
import GraphQLValidation
import Postgres
import Reactor
import TestSupport
import Testing

@Suite struct ServerTests {
    @EventLoop private func answer(_ document: String, extensions: String = "") async throws
        -> String
    {
        LoopThread.start()
        var options = EngineOptions()
        options.planning.roads = Contract.roads
        let engine = Engine(try Contract.schema(), options: options)
        // It is not opened, so that it connects to nothing.
        let pool = PostgresPool(.init(PostgresAddress("")))
        defer { pool.close() }
        let context = RequestContext(
            server: Server(version: "1.2.3", startedAt: DateTime(milliseconds: 1_000_500)),
            now: 1_010_700, pool: pool)
        let response = await engine.answer(
            EngineRequest(source: Array(document.utf8)),
            resolvers: Contract.resolvers(context))
        return String(decoding: response.bytes.array(), as: UTF8.self)
    }

    @Test func `the server tells its release and how long it has been running`() async throws {
        LoopThread.start()
        let text = try await answer("{ server { version startedAt uptimeSeconds } }")
        #expect(
            text == """
                {"data":{"server":{"version":"1.2.3","startedAt":"1970-01-01T00:16:40.500Z",\
                "uptimeSeconds":10}}}
                """)
    }
}
