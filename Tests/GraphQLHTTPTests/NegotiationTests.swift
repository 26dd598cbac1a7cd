import GraphQLHTTP
import HTTP
import Reactor
import TestSupport
import Testing

@Suite struct NegotiationTests {
    init() { LoopThread.start() }

    @EventLoop
    @Test(arguments: [
        ("application/graphql-response+json, application/json", Answer.graphQL),
        ("application/json, application/graphql-response+json", Answer.graphQL),
        ("application/graphql-response+json, application/json;q=0.9", Answer.graphQL),
        ("application/graphql-response+json;q=0.8, application/json;q=0.9", Answer.json),
        ("application/json;q=0.1, application/graphql-response+json;q=0.2", Answer.graphQL),
        ("application/graphql-response+json;q=0, application/json", Answer.json),
        ("application/json;q=0, */*", Answer.graphQL),
        ("application/graphql-response+json;q=0.5, */*", Answer.json),
        ("application/*", Answer.json), ("application/*;q=0.2, text/html", Answer.json),
        ("application/*, application/json;q=0.1", Answer.graphQL),
        ("text/html, */*;q=0.1", Answer.json), ("", Answer.json), (",", Answer.json),
        ("APPLICATION/GraphQL-Response+JSON", Answer.graphQL),
        ("application/json; charset=UTF-8", Answer.json),
        ("application/json; charset=utf-16, application/graphql-response+json", Answer.graphQL),
    ])
    func `the type that is liked best is sent`(accept: String, type: String) async throws {
        let answer = try await Cinema.post(#"{"query":"{ mood }"}"#, accept: accept)
        #expect(answer.status == 200)
        #expect(answer.mediaType == type)
        #expect(answer.response.field("vary") == "Accept")
    }

    @EventLoop
    @Test(arguments: [
        "text/html", "image/*", "application/xml, text/*", "*/*;q=0", "application/json;q=0",
        "application/json; charset=utf-16",
    ])
    func `who takes neither type is told which there are`(accept: String) async throws {
        let answer = try await Cinema.post(#"{"query":"{ mood }"}"#, accept: accept)
        #expect(
            answer.refusal == """
                406 NOT_ACCEPTABLE: Answers are application/graphql-response+json or \
                application/json; accept one of them.
                """)
        #expect(answer.mediaType == Answer.json)
    }

    @EventLoop @Test func `several Accept fields are one list`() async throws {
        let answer = try await Cinema.answer(
            """
            GET /graphql?query=%7Bmood%7D HTTP/1.1
            Accept: application/json;q=0.5
            Accept: application/graphql-response+json


            """)
        #expect(answer.mediaType == Answer.graphQL)
    }

    @EventLoop @Test func `answers are stored by nobody`() async throws {
        let good = try await Cinema.post(#"{"query":"{ mood }"}"#)
        let bad = try await Cinema.post(#"{"query":"{"}"#)
        for answer in [good, bad] {
            #expect(answer.response.field("cache-control") == "no-store")
        }
    }
}
