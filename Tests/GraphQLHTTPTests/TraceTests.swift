import GraphQLHTTP
import HTTP
import JSON
import Reactor
import TestSupport
import Testing

/// Who is told how a request was answered.
@Suite struct TraceTests {
    init() { LoopThread.start() }

    private static let asking = #"{"query":"{ mood }","extensions":{"trace":true}}"#
    private static let plain = #"{"data":{"mood":"CHEERFUL"}}"#

    private static let open: GraphQLEndpointSettings = {
        var settings = GraphQLEndpointSettings()
        settings.allowsTrace = { _ in true }
        return settings
    }()

    @EventLoop @Test func `who asks and may is told, by POST and by GET`() async throws {
        for answer in [
            try await Cinema.post(Self.asking, Self.open),
            try await Cinema.get(
                "query=%7Bmood%7D&extensions=%7B%22trace%22%3Atrue%7D", Self.open),
        ] {
            #expect(answer.status == 200)
            let trace = try #require(answer.body?["extensions"]?["trace"])
            #expect(trace["plan"]?["cached"]?.booleanValue == false)
            #expect(trace["levels"]?.elements.isEmpty == true)
            #expect(answer.text.hasPrefix(#"{"data":{"mood":"CHEERFUL"},"extensions":{"trace":{"#))
        }
    }

    @EventLoop
    @Test(arguments: ["false", "null", "1", "\"true\"", "{}", "[true]", "{\"trace\":true}"])
    func `whatever is not true asks for nothing`(value: String) async throws {
        let body = #"{"query":"{ mood }","extensions":{"trace":\#(value)}}"#
        #expect(try await Cinema.post(body, Self.open).text == Self.plain)
    }

    @EventLoop @Test func `who may not is answered as if not asked`() async throws {
        #expect(try await Cinema.post(Self.asking).text == Self.plain)
        #expect(try await Cinema.post(#"{"query":"{ mood }"}"#, Self.open).text == Self.plain)
    }

    @EventLoop @Test func `the request decides who may`() async throws {
        var settings = GraphQLEndpointSettings()
        settings.allowsTrace = { $0.head.fields.string(of: "accept") == Answer.graphQL }
        let first = try await Cinema.post(Self.asking, accept: Answer.graphQL, settings)
        #expect(first.body?["extensions"]?["trace"] != nil)
        let second = try await Cinema.post(Self.asking, accept: Answer.json, settings)
        #expect(second.text == Self.plain)
    }

    @EventLoop @Test func `costs and traces are told together`() async throws {
        let body = #"{"query":"{ mood }","extensions":{"trace":true,"cost":true}}"#
        let extensions = try await Cinema.post(body, Self.open).body?["extensions"]
        #expect(extensions?["cost"] != nil && extensions?["trace"] != nil)
    }

    @EventLoop @Test func `errors come with their trace, refusals without`() async throws {
        let body = #"{"query":"{ broken }","extensions":{"trace":true}}"#
        let failed = try await Cinema.post(body, Self.open)
        #expect(failed.errors.count == 1)
        #expect(failed.body?["extensions"]?["trace"] != nil)
        let refused = try await Cinema.post(
            body.replacing("broken", with: "nope"), Self.open)
        #expect(refused.errors.count == 1)
        #expect(refused.body?["extensions"] == nil)
    }
}
