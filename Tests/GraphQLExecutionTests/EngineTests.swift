import Bytes
import GraphQLExecution
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor
import Telemetry
import TestSupport
import Testing

@Suite struct EngineTests {
    init() { LoopThread.start() }

    private static let schema = """
        directive @cost(weight: String!) on FIELD_DEFINITION
        directive @listSize(
          assumedSize: Int, slicingArguments: [String!], sizedFields: [String!],
          requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
        type Query {
          movies(first: Int): [Movie] @listSize(slicingArguments: ["first"])
          slow: Int @cost(weight: "50")
        }
        type Movie { title: String }
        """

    @EventLoop private func engine(
        maximumCost: Double? = nil, recorder: EngineRecorder? = nil
    ) throws -> Engine {
        var options = EngineOptions()
        options.maximumCost = maximumCost
        options.recorder = recorder
        return Engine(try Schema.checked(Self.schema), options: options)
    }

    @EventLoop private func answer(
        _ engine: Engine, _ document: String, variables: String? = nil, extensions: String? = nil
    ) async throws -> String {
        let request = EngineRequest(
            source: Array(document.utf8), variables: try variables.map { try json($0) },
            extensions: try extensions.map { try json($0) })
        let data = try json(#"{"movies":[{"title":"Heat"}],"slow":1}"#)
        return await engine.answer(
            request, resolvers: JSONResolvers(engine.schema, data: data)
        ).text
    }

    @EventLoop @Test func `a request that asks is told what it costs`() async throws {
        let engine = try engine(maximumCost: 100)
        let text = try await answer(
            engine, "query ($n: Int!) { movies(first: $n) { title } slow }",
            variables: #"{"n":7}"#, extensions: #"{"cost":true}"#)
        #expect(
            text == """
                {"data":{"movies":[{"title":"Heat"}],"slow":1},"extensions":{"cost":\
                {"estimate":57,"maximum":100}}}
                """)
        #expect(try await answer(engine, "{ slow }") == #"{"data":{"slow":1}}"#)
    }

    @EventLoop @Test func `what costs too much is refused, also by its variables`() async throws {
        let engine = try engine(maximumCost: 100)
        let document = "query ($n: Int!) { movies(first: $n) { title } }"
        #expect(
            try await answer(engine, document, variables: #"{"n":101}"#) == """
                {"errors":[{"message":"The operation costs 101, which is more than the limit of \
                100.","locations":[{"line":1,"column":1}],"extensions":{"code":\
                "COST_LIMIT_EXCEEDED"}}]}
                """)
        #expect(
            try await answer(engine, document, variables: #"{"n":100}"#)
                == #"{"data":{"movies":[{"title":"Heat"}]}}"#)
    }

    @EventLoop
    @Test(arguments: [
        ("{ slow", "GRAPHQL_PARSE_FAILED"), ("{ nope }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($n: Int!) { movies(first: $n) { title } }", "BAD_USER_INPUT"),
        (
            "{" + (0..<60).map { "a\($0): slow " }.joined() + "}", "GRAPHQL_VALIDATION_FAILED"
        ),
    ])
    func `every refusal has a code, a message and a place`(
        document: String, code: String
    ) async throws {
        let response = try json(try await answer(try engine(), document))
        let error = try #require(response["errors"]?.elements.first { _ in true })
        #expect(response["data"] == nil)
        #expect(error["message"]?.stringValue?.isEmpty == false)
        #expect(error["locations"]?.elements.first { _ in true }?["line"] != nil)
        #expect(error["extensions"]?["code"]?.stringValue == code)
    }

    @EventLoop @Test func `plans are counted where metrics are kept`() async throws {
        var layout = MetricsLayout()
        let metrics = EngineMetrics(in: &layout)
        let cells = MetricCells(privateFor: layout)
        let engine = try engine(recorder: EngineRecorder(metrics, cells))
        for _ in 0..<3 { _ = try await answer(engine, "{ slow }") }
        _ = try await answer(engine, "{ nope }")
        let text = exposition(layout, cells)
        #expect(text.contains(#"marquee_graphql_plan_lookups_total{result="hit"} 2"#))
        #expect(text.contains(#"marquee_graphql_plan_lookups_total{result="miss"} 2"#))
        #expect(text.contains("marquee_graphql_plans 1"))
        #expect(!text.contains("marquee_graphql_plan_bytes 0"))
        engine.plans.removeAll()
        #expect(exposition(layout, cells).contains("marquee_graphql_plan_bytes 0"))
    }

    private func exposition(_ layout: MetricsLayout, _ cells: MetricCells) -> String {
        var buffer = ByteBuffer()
        Exposition.write(
            layout, slots: [(worker: "0", cells: cells)], isOpenMetrics: false, into: &buffer)
        return String(decoding: buffer.array(), as: UTF8.self)
    }
}
