import GraphQLExecution
import GraphQLHTTP
import GraphQLValidation
import HTTP
import Reactor
import TestSupport
import Testing

/// What is refused, with status, code and message.
@Suite struct RefusalTests {
    init() { LoopThread.start() }

    @EventLoop
    @Test(arguments: [
        ("", "The body is empty; send a JSON object with a \"query\"."),
        (
            "{",
            #"""
            The body is no JSON: Expected a key in double quotes, or "}", found the end of the \#
            text (byte 1).
            """#
        ),
        ("[]", "Several requests in one body are not taken; send each on its own."),
        (
            #"[{"query":"{ mood }"},{"query":"{ mood }"}]"#,
            "Several requests in one body are not taken; send each on its own."
        ),
        ("7", "The body must be a JSON object, but is a number."),
        ("null", "The body must be a JSON object, but is null."),
        (#""{ mood }""#, "The body must be a JSON object, but is a string."),
        ("{}", "There is no \"query\"; send the document under that name."),
        (#"{"query":null}"#, "There is no \"query\"; send the document under that name."),
        (#"{"query":["{ mood }"]}"#, "\"query\" must be a string, but is an array."),
        (
            #"{"query":"{ mood }","operationName":{}}"#,
            "\"operationName\" must be a string, but is an object."
        ),
        (
            #"{"query":"{ mood }","variables":"{}"}"#,
            "\"variables\" must be an object, but is a string."
        ),
        (
            #"{"query":"{ mood }","extensions":true}"#,
            "\"extensions\" must be an object, but is a boolean."
        ),
    ])
    func `a body that is no request`(body: String, message: String) async throws {
        for accept in [Answer.json, Answer.graphQL] {
            let answer = try await Cinema.post(body, accept: accept)
            #expect(answer.refusal == "400 BAD_REQUEST: \(message)")
            #expect(answer.mediaType == accept)
            #expect(answer.data == nil)
        }
    }

    @EventLoop
    @Test(arguments: [
        ("", "There is no \"query\"; send the document under that name."),
        ("Query=%7Bmood%7D", "There is no \"query\"; send the document under that name."),
        ("query=%C3%28", "The parameters are not UTF-8; encode them so."),
        (
            "query=%7Bmood%7D&variables=%7B",
            #"""
            "variables" is no JSON: Expected a key in double quotes, or "}", found the end of the \#
            text (byte 1).
            """#
        ),
        (
            "query=%7Bmood%7D&variables=%5B%5D",
            "\"variables\" must be a JSON object, but is an array."
        ),
        (
            "query=%7Bmood%7D&extensions=7",
            "\"extensions\" must be a JSON object, but is a number."
        ),
    ])
    func `a form that is no request`(form: String, message: String) async throws {
        #expect(try await Cinema.get(form).refusal == "400 BAD_REQUEST: \(message)")
    }

    @EventLoop
    @Test(arguments: [
        (nil, "The body has no type; send Content-Type: application/json."),
        ("text/plain", "Bodies are application/json only; say so in Content-Type."),
        (
            "application/x-www-form-urlencoded",
            "Bodies are application/json only; say so in Content-Type."
        ),
        (
            "multipart/form-data; boundary=x",
            "Bodies are application/json only; say so in Content-Type."
        ),
        (
            "application/graphql-response+json",
            "Bodies are application/json only; say so in Content-Type."
        ),
        (
            "application/json, text/plain",
            "Bodies are application/json only; say so in Content-Type."
        ),
        ("application/json; charset", "Bodies are application/json only; say so in Content-Type."),
        ("", "Bodies are application/json only; say so in Content-Type."),
        (
            "application/json; charset=utf-16",
            "Bodies are in UTF-8 only; say so in the charset, or leave it out."
        ),
        (
            "application/json; charset=iso-8859-1",
            "Bodies are in UTF-8 only; say so in the charset, or leave it out."
        ),
    ])
    func `another content type`(type: String?, message: String) async throws {
        let answer = try await Cinema.post(
            #"{"query":"{ mood }"}"#, accept: Answer.graphQL, type: type)
        #expect(answer.refusal == "415 UNSUPPORTED_MEDIA_TYPE: \(message)")
        #expect(answer.mediaType == Answer.graphQL)
        #expect(answer.response.field("accept-post") == "application/json; charset=utf-8")
    }

    @EventLoop @Test func `a body that is encoded`() async throws {
        let answer = try await Cinema.answer(
            """
            POST /graphql HTTP/1.1
            Content-Type: application/json
            Content-Encoding: gzip
            Content-Length: 3

            abc
            """)
        #expect(
            answer.refusal == """
                415 UNSUPPORTED_MEDIA_TYPE: Bodies are taken as they are only; send none with \
                Content-Encoding.
                """)
    }

    @EventLoop @Test(arguments: ["PUT", "DELETE", "PATCH"])
    func `another method`(method: String) async throws {
        let answer = try await Cinema.answer(
            "\(method) /graphql HTTP/1.1\nAccept: \(Answer.graphQL)\n\n")
        #expect(
            answer.refusal == """
                405 METHOD_NOT_ALLOWED: This path does not take that method; the Allow header \
                lists those it takes.
                """)
        #expect(answer.response.field("allow") == "GET, HEAD, POST, OPTIONS")
        #expect(answer.mediaType == Answer.graphQL)
    }

    @EventLoop @Test func `a body that is too large, announced`() async throws {
        let body = #"{"query":"{ mood }"}"#
        let text =
            "POST /graphql HTTP/1.1\nContent-Type: application/json\n"
            + "Content-Length: \(body.utf8.count)\n\n\(body)"
        let refused = try await Cinema.answer(text, maximumBodyBytes: 19)
        #expect(
            refused.refusal == "413 BODY_TOO_LARGE: The body is larger than 19 bytes; send less.")
        #expect(try await Cinema.answer(text, maximumBodyBytes: 20).status == 200)
    }

    @EventLoop @Test func `a body that is too large, in chunks`() async throws {
        let body = #"{"query":"{ mood }"}"#
        let answer = try await Cinema.answer(
            "POST /graphql HTTP/1.1\nContent-Type: application/json\n"
                + "Transfer-Encoding: chunked\n\n14\r\n\(body)\r\n0\r\n\r\n",
            maximumBodyBytes: 19)
        #expect(
            answer.refusal == "413 BODY_TOO_LARGE: The body is larger than 19 bytes; send less.")
    }

    @EventLoop
    @Test(arguments: [
        (
            "{ mood", "GRAPHQL_PARSE_FAILED: Syntax Error: Expected Name, found <EOF>."
        ),
        ("", "GRAPHQL_PARSE_FAILED: Syntax Error: Unexpected <EOF>."),
        (
            "{ moood }",
            #"GRAPHQL_VALIDATION_FAILED: Cannot query field "moood" on type "Query"."#
                + #" Did you mean "mood"?"#
        ),
        (
            "query ($n: Int!) { film(year: $n) { title } }",
            #"BAD_USER_INPUT: Variable "$n" of required type "Int!" was not provided."#
        ),
        (
            "query A { mood } query B { mood }",
            "OPERATION_RESOLUTION_FAILURE: Must provide operation name if query contains multiple"
                + " operations."
        ),
        (
            "subscription { rated { title } }",
            "BAD_REQUEST: One request has one answer here, so that subscriptions cannot be"
                + " answered."
        ),
    ])
    func `a document that cannot be run`(document: String, refusal: String) async throws {
        let answer = try await Cinema.post(
            "{\"query\":\"\(document)\"}", accept: Answer.graphQL)
        #expect(answer.refusal == "400 \(refusal)")
    }

    @EventLoop @Test func `an operation that the document does not have`() async throws {
        let answer = try await Cinema.get("query=%7Bmood%7D&operationName=null")
        #expect(
            answer.refusal
                == "200 OPERATION_RESOLUTION_FAILURE: Unknown operation named \"null\".")
    }

    @EventLoop @Test func `names are suggested only where that is allowed`() async throws {
        var options = EngineOptions()
        options.planning.validation.suggestsNames = false
        let field = try await Cinema.post(#"{"query":"{ moood }"}"#, options: options)
        #expect(field.text.contains("Did you mean") == false)
        let value = try await Cinema.post(
            #"""
            {"query":"query ($s: Scale) { film { rating(scale: $s) } }","variables":{"s":"FIV"}}
            """#, options: options)
        #expect(value.errors.count == 1)
        #expect(value.text.contains("Did you mean") == false)
    }
}
