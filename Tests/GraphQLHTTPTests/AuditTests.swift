import GraphQLExecution
import HTTP
import JSON
import Reactor
import TestSupport
import Testing

/// The audits of graphql-http, by their names there; each number of the list is one of ours.
@Suite struct AuditTests {
    init() { LoopThread.start() }

    private static let typename = #"{"query":"{ __typename }"}"#
    private static let answered = #"{"data":{"__typename":"Query"}}"#

    // MARK: Media types

    @EventLoop
    @Test func `22EB accepts and answers in application graphql-response+json`() async throws {
        let answer = try await Cinema.post(Self.typename, accept: Answer.graphQL)
        #expect(answer.status == 200)
        #expect(answer.type == "application/graphql-response+json; charset=utf-8")
        #expect(answer.text == Self.answered)
    }

    @EventLoop @Test func `4655 accepts and answers in application json`() async throws {
        let answer = try await Cinema.post(Self.typename, accept: Answer.json)
        #expect(answer.status == 200)
        #expect(answer.type == "application/json; charset=utf-8")
        #expect(answer.text == Self.answered)
    }

    @EventLoop @Test func `47DE takes any type for application json`() async throws {
        let answer = try await Cinema.post(Self.typename, accept: "*/*")
        #expect(answer.status == 200)
        #expect(answer.mediaType == Answer.json)
    }

    @EventLoop @Test func `80D8 assumes application json where nothing is accepted`() async throws {
        let answer = try await Cinema.post(Self.typename)
        #expect(answer.status == 200)
        #expect(answer.mediaType == Answer.json)
    }

    @EventLoop @Test func `82A3 encodes answers in UTF-8`() async throws {
        let body = #"{"query":"{ \"é\" }"}"#
        let answer = try await Cinema.post(body)
        #expect(answer.type?.hasSuffix("; charset=utf-8") == true)
        #expect(answer.text.contains("é"))
    }

    @EventLoop @Test func `BF61 takes bodies with a charset, and all of Unicode`() async throws {
        let body =
            #"{"query":"query ($id: ID) { film(id: $id) { title } }","variables":{"id":"🎬"}}"#
        for charset in ["utf-8", "UTF-8", "\"utf-8\""] {
            let answer = try await Cinema.post(body, type: "application/json; charset=\(charset)")
            #expect(answer.text == #"{"data":{"film":{"title":"Heat"}}}"#)
        }
    }

    @EventLoop @Test func `78D5 assumes UTF-8 where no charset is named`() async throws {
        let body =
            #"{"query":"query ($id: ID) { film(id: $id) { title } }","variables":{"id":"🎬"}}"#
        #expect(try await Cinema.post(body).status == 200)
    }

    // MARK: Methods

    @EventLoop @Test func `2C94 takes POST`() async throws {
        #expect(try await Cinema.post(Self.typename).text == Self.answered)
    }

    @EventLoop @Test func `5A70 takes GET with a form in the query string`() async throws {
        let answer = try await Cinema.get("query=%7B+__typename+%7D")
        #expect(answer.status == 200)
        #expect(answer.text == Self.answered)
    }

    @EventLoop @Test(arguments: [Answer.json, Answer.graphQL])
    func `9C48 refuses a mutation by GET`(accept: String) async throws {
        let answer = try await Cinema.get(
            "query=mutation%7Brate(stars%3A5)%7Btitle%7D%7D", accept: accept)
        #expect(
            answer.refusal
                == "405 METHOD_NOT_ALLOWED: GET only reads; send mutations by POST.")
        #expect(answer.response.field("allow") == "POST")
        #expect(answer.mediaType == accept)
        #expect(answer.data == nil)
    }

    @EventLoop @Test(arguments: [nil, "text/plain;charset=UTF-8"])
    func `9ABE refuses a POST without a JSON content type`(type: String?) async throws {
        #expect(try await Cinema.post(Self.typename, type: type).status == 415)
    }

    @EventLoop @Test func `03D4 takes application json by POST`() async throws {
        #expect(try await Cinema.post(Self.typename, type: "Application/JSON").status == 200)
    }

    @EventLoop @Test func `A5BF refuses an empty body with 400`() async throws {
        #expect(try await Cinema.post("").status == 400)
    }

    // MARK: Parameters

    @EventLoop @Test func `423L refuses a missing query with 400`() async throws {
        let answer = try await Cinema.post(
            #"{"notquery":"{ __typename }"}"#, accept: Answer.graphQL)
        #expect(answer.status == 400)
        #expect(answer.mediaType == Answer.graphQL)
    }

    @EventLoop
    @Test(arguments: [("0", #"{"obj":"ect"}"#), ("1", "0"), ("2", "false"), ("3", #"["array"]"#)])
    func `LKJ refuses a query that is no string with 400`(_: String, query: String) async throws {
        #expect(try await Cinema.post("{\"query\":\(query)}").status == 400)
    }

    @EventLoop @Test func `34A2 and 13EE take a query that is a string`() async throws {
        for accept in [Answer.graphQL, Answer.json] {
            #expect(try await Cinema.post(Self.typename, accept: accept).status == 200)
        }
    }

    @EventLoop
    @Test(arguments: [("0", #"{"obj":"ect"}"#), ("1", "0"), ("2", "false"), ("3", #"["array"]"#)])
    func `6C00 refuses an operation name that is no string with 400`(
        _: String, name: String
    ) async throws {
        let body = "{\"query\":\"{ __typename }\",\"operationName\":\(name)}"
        #expect(try await Cinema.post(body).status == 400)
    }

    @EventLoop @Test func `8161 and B8B3 take an operation name that is a string`() async throws {
        let body = #"{"operationName":"Query","query":"query Query { __typename }"}"#
        for accept in [Answer.graphQL, Answer.json] {
            #expect(try await Cinema.post(body, accept: accept).text == Self.answered)
        }
    }

    @EventLoop @Test(arguments: ["variables", "operationName", "extensions"])
    func `94B0 to 0222 take null for what may be left out`(name: String) async throws {
        let body = "{\"query\":\"{ __typename }\",\"\(name)\":null}"
        for accept in [Answer.graphQL, Answer.json] {
            #expect(try await Cinema.post(body, accept: accept).text == Self.answered)
        }
    }

    @EventLoop
    @Test(arguments: [("0", #""string""#), ("1", "0"), ("2", "false"), ("3", #"["array"]"#)])
    func `4760 refuses variables that are no map with 400`(
        _: String, variables: String
    ) async throws {
        let body = "{\"query\":\"{ __typename }\",\"variables\":\(variables)}"
        #expect(try await Cinema.post(body).status == 400)
    }

    private static let withVariables =
        #"{"query":"query ($year: Int) { film(year: $year) { title } }","variables":{"year":7}}"#

    @EventLoop @Test func `2EA1 and 28B9 take variables that are a map`() async throws {
        for accept in [Answer.graphQL, Answer.json] {
            let answer = try await Cinema.post(Self.withVariables, accept: accept)
            #expect(answer.text == #"{"data":{"film":{"title":"Heat"}}}"#)
        }
    }

    @EventLoop @Test func `D6D5 and 6A70 take variables by GET as JSON`() async throws {
        let form =
            "query=query(%24year%3AInt)%7Bfilm(year%3A%24year)%7Btitle%7D%7D"
            + "&variables=%7B%22year%22%3A7%7D"
        for accept in [Answer.graphQL, Answer.json] {
            let answer = try await Cinema.get(form, accept: accept)
            #expect(answer.text == #"{"data":{"film":{"title":"Heat"}}}"#)
        }
    }

    @EventLoop
    @Test(arguments: [("0", #""string""#), ("1", "0"), ("2", "false"), ("3", #"["array"]"#)])
    func `58B0 refuses extensions that are no map with 400`(
        _: String, extensions: String
    ) async throws {
        let body = "{\"query\":\"{ __typename }\",\"extensions\":\(extensions)}"
        #expect(try await Cinema.post(body).status == 400)
    }

    @EventLoop @Test func `428F and 1B7A take extensions that are a map`() async throws {
        let body = #"{"query":"{ __typename }","extensions":{"some":"value"}}"#
        for accept in [Answer.graphQL, Answer.json] {
            #expect(try await Cinema.post(body, accept: accept).text == Self.answered)
        }
    }
}

/// The audits on what is answered to requests that fail.
@Suite struct FailureAuditTests {
    init() { LoopThread.start() }

    @EventLoop
    @Test(arguments: [("B6DC", Answer.json), ("BCF8", Answer.json), ("B7N8", Answer.graphQL)])
    func `B6DC, BCF8 and B7N8 answer a body that is no JSON with 400`(
        _: String, accept: String
    ) async throws {
        #expect(try await Cinema.post(#"{ "not a JSON"#, accept: accept).status == 400)
    }

    @EventLoop @Test(arguments: [Answer.json, Answer.graphQL])
    func `8764 and 3E3A answer a misspelt parameter with 400`(accept: String) async throws {
        let answer = try await Cinema.post(#"{"qeury":"{ __typename }"}"#, accept: accept)
        #expect(answer.status == 400)
    }

    private static let failing = [
        ("document that does not parse", #"{"query":"{"}"#),
        ("document that is not valid", #"{"query":"{ 8f31403dfe404bccbb0e835f2629c6a7 }"}"#),
        ("document with an unknown field", #"{"query":"{ nope }"}"#),
        (
            "variable that does not fit",
            #"{"query":"query Q($id: ID!) { film(id: $id) { title } }","variables":{"id":null}}"#
        ),
        (
            "operation that cannot be told",
            #"{"query":"query A { mood } query B { mood }"}"#
        ),
    ]

    @EventLoop @Test(arguments: failing)
    func `572B, FDE2 and 7B9B answer failures in application json with 200`(
        _: String, body: String
    ) async throws {
        let answer = try await Cinema.post(body, accept: Answer.json)
        #expect(answer.status == 200)
        #expect(answer.mediaType == Answer.json)
        #expect(answer.errors.count == 1)
        #expect(answer.data == nil)
    }

    @EventLoop @Test(arguments: failing)
    func `865D, 556A, 51FE, 74FF, 86EE, D586 and 5E5B answer others with 400 and no data`(
        _: String, body: String
    ) async throws {
        let answer = try await Cinema.post(body, accept: Answer.graphQL)
        #expect(answer.status == 400)
        #expect(answer.mediaType == Answer.graphQL)
        #expect(answer.errors.count == 1)
        #expect(answer.data == nil)
    }

    @EventLoop @Test(arguments: [Answer.json, Answer.graphQL])
    func `errors beside data, or beside data that is null, are 200`(accept: String) async throws {
        let answer = try await Cinema.post(#"{"query":"{ broken }"}"#, accept: accept)
        #expect(answer.status == 200)
        #expect(answer.mediaType == accept)
        #expect(answer.data?.isNull == true)
        #expect(answer.errors.count == 1)
    }
}
