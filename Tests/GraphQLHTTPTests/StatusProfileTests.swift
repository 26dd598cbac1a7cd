import GraphQLHTTP
import HTTP
import Reactor
import TestSupport
import Testing

/// The status codes of the draft of August 2026.
@Suite struct StatusProfileTests {
    init() { LoopThread.start() }

    private static let settings: GraphQLEndpointSettings = {
        var settings = GraphQLEndpointSettings()
        settings.statusProfile = .draft
        return settings
    }()

    @EventLoop
    @Test(arguments: [
        ("{", 400), (#"{"qeury":"{ mood }"}"#, 422), (#"{"query":7}"#, 422), ("[]", 422),
        (#"{"query":"{"}"#, 400), (#"{"query":"{ nope }"}"#, 422),
        (#"{"query":"query ($n: Int!) { film(year: $n) { title } }"}"#, 422),
        (#"{"query":"query A { mood }","operationName":"B"}"#, 422),
        (#"{"query":"subscription { rated { title } }"}"#, 422),
    ])
    func `failures have the same status whatever is accepted, and the GraphQL type`(
        body: String, status: Int
    ) async throws {
        for accept in [Answer.json, Answer.graphQL, "*/*"] {
            let answer = try await Cinema.post(body, accept: accept, Self.settings)
            #expect(answer.status == status)
            #expect(answer.mediaType == Answer.graphQL)
        }
    }

    @EventLoop @Test func `data with errors are a partial success`() async throws {
        for accept in [Answer.json, Answer.graphQL] {
            let answer = try await Cinema.post(
                #"{"query":"{ broken }"}"#, accept: accept, Self.settings)
            #expect(answer.status == 294)
            #expect(answer.response.status.reason.description == "Partial Success")
            #expect(answer.mediaType == accept)
        }
    }

    @EventLoop @Test func `data alone are a success`() async throws {
        for accept in [Answer.json, Answer.graphQL] {
            let answer = try await Cinema.post(
                #"{"query":"{ mood }"}"#, accept: accept, Self.settings)
            #expect(answer.status == 200)
            #expect(answer.mediaType == accept)
        }
    }
}
