import GraphQLExecution
import GraphQLHTTP
import GraphQLValidation
import HTTP
import Reactor
import TestSupport
import Testing

/// What is answered, by every method.
@Suite struct EndpointTests {
    init() { LoopThread.start() }

    @EventLoop @Test func `unknown parameters mean nothing`() async throws {
        let answer = try await Cinema.post(#"{"query":"{ mood }","id":7,"extra":[{}]}"#)
        #expect(answer.text == #"{"data":{"mood":"CHEERFUL"}}"#)
        #expect(try await Cinema.get("query=%7Bmood%7D&extra=%5B").status == 200)
    }

    @EventLoop @Test func `a mutation runs by POST`() async throws {
        let answer = try await Cinema.post(#"{"query":"mutation { rate(stars: 4) { rating } }"}"#)
        #expect(answer.text == #"{"data":{"rate":{"rating":4}}}"#)
    }

    @EventLoop @Test func `the operation that is named runs, also beside a mutation`() async throws
    {
        let form =
            "query=query+A%7Bmood%7Dmutation+B%7Brate(stars%3A1)%7Btitle%7D%7D&operationName="
        #expect(try await Cinema.get(form + "A").text == #"{"data":{"mood":"CHEERFUL"}}"#)
        #expect(try await Cinema.get(form + "B").status == 405)
    }

    @EventLoop @Test func `what is empty in a form is absent`() async throws {
        let answer = try await Cinema.get(
            "query=%7Bmood%7D&operationName=&variables=&extensions=")
        #expect(answer.text == #"{"data":{"mood":"CHEERFUL"}}"#)
    }

    @EventLoop @Test func `null in a form is null as JSON, and a name as a name`() async throws {
        let answer = try await Cinema.get(
            "query=query+null%7Bmood%7D&operationName=null&variables=null&extensions=null")
        #expect(answer.text == #"{"data":{"mood":"CHEERFUL"}}"#)
    }

    @EventLoop @Test func `escapes in the document are undone`() async throws {
        let answer = try await Cinema.post("{\"query\":\"{\\n\\u006dood\\t}\"}")
        #expect(answer.text == #"{"data":{"mood":"CHEERFUL"}}"#)
    }

    @EventLoop @Test func `OPTIONS lists the methods`() async throws {
        let answer = try await Cinema.answer("OPTIONS /graphql HTTP/1.1\n\n")
        #expect(answer.status == 204)
        #expect(answer.response.field("allow") == "GET, HEAD, POST, OPTIONS")
    }

    @EventLoop @Test func `HEAD has the fields of GET`() async throws {
        let get = try await Cinema.answer("GET /graphql?query=%7Bmood%7D HTTP/1.1\n\n")
        let head = try await Cinema.answer("HEAD /graphql?query=%7Bmood%7D HTTP/1.1\n\n")
        #expect(head.status == 200)
        let fields = { (answer: Answer) in
            answer.response.lines.filter { !$0.hasPrefix("X-Request-ID") }
        }
        #expect(fields(head) == fields(get))
    }

    @EventLoop @Test func `HEAD runs no mutation either`() async throws {
        let answer = try await Cinema.answer(
            "HEAD /graphql?query=mutation%7Brate(stars%3A1)%7Btitle%7D%7D HTTP/1.1\n\n")
        #expect(answer.status == 405)
    }

    @EventLoop @Test func `who asks is told what the operation costs`() async throws {
        let answer = try await Cinema.post(
            #"{"query":"{ film { title } }","extensions":{"cost":true}}"#)
        #expect(
            answer.text
                == #"{"data":{"film":{"title":"Heat"}},"extensions":{"cost":{"estimate":1}}}"#)
    }

    @EventLoop @Test func `limits of the engine are refusals`() async throws {
        var options = EngineOptions()
        options.planning.validation.limits?.maximumDepth = 2
        options.maximumCost = 1
        let deep = try await Cinema.post(
            #"{"query":"{ film { next { title } } }"}"#, accept: Answer.graphQL, options: options)
        #expect(
            deep.refusal == """
                400 GRAPHQL_VALIDATION_FAILED: The document has 3 levels of fields, which is more \
                than the limit of 2.
                """)
        options.planning.validation.limits?.maximumDepth = 3
        let costly = try await Cinema.post(
            #"{"query":"{ film { next { title } } }"}"#, accept: Answer.graphQL, options: options)
        #expect(
            costly.refusal == """
                400 COST_LIMIT_EXCEEDED: The operation costs 2, which is more than the limit of 1.
                """)
    }
}
