import GraphQLExecution
import GraphQLHTTP
import HTTP
import Reactor
import TestSupport
import Testing

/// What the access log says of operations.
@Suite struct ObservationTests {
    init() { LoopThread.start() }

    /// The part of the line behind what HTTP knows.
    @EventLoop private func line(
        _ bodies: [String], endpoint: GraphQLEndpoint
    ) async throws -> Substring? {
        let log = CapturedLog()
        for body in bodies {
            let request = try Request.parsing(
                "POST /graphql HTTP/1.1\nContent-Type: application/json\n"
                    + "Content-Length: \(body.utf8.count)\n\n\(body)")
            let response = try await Cinema.handler(endpoint)(request)
            AccessLog(log.logger).record(
                Completion(request, status: response.status, bodyBytes: 0, durationNanoseconds: 0))
        }
        guard let last = log.lines().last,
            let range = last.firstRange(of: #""version":"1.1","#)
        else { return nil }
        return last[range.upperBound...]
    }

    private static let about = #"{"query":"query Mood { mood }"}"#
    private static let hash = "23d1ddf219de9b808ca75b66b18663822d37d3ee31d293993bf48c1b921f4c4e"

    @EventLoop @Test func `an operation is named with its type and its document`() async throws {
        let endpoint = try Cinema.endpoint()
        #expect(
            try await line([Self.about], endpoint: endpoint)
                == #""operation_type":"query","operation_name":"Mood","document_hash":"#
                + #""\#(Self.hash)","plan_cached":false,"errors":0}"#)
        #expect(
            try await line([Self.about], endpoint: endpoint)?.contains(#""plan_cached":true"#)
                == true)
    }

    @EventLoop @Test func `errors are counted, and values are not told`() async throws {
        let endpoint = try Cinema.endpoint()
        let secret = #"""
            {"query":"query ($id: ID) { film(id: $id) { title } broken }",\#
            "variables":{"id":"s3cret"}}
            """#
        let line = try await line([secret], endpoint: endpoint)
        #expect(line?.contains(#""errors":1"#) == true)
        #expect(line?.contains("operation_name") == false)
        #expect(line?.contains("s3cret") == false)
    }

    @EventLoop @Test func `what is refused has errors, the first one's code, and no operation`()
        async throws
    {
        let endpoint = try Cinema.endpoint()
        let line = try await line([#"{"query":"{ nope }"}"#], endpoint: endpoint)
        #expect(line?.hasPrefix(#""document_hash":""#) == true)
        #expect(line?.hasSuffix(#"","errors":1,"code":"GRAPHQL_VALIDATION_FAILED"}"#) == true)
        #expect(
            try await self.line(["{"], endpoint: endpoint)
                == #""errors":1,"code":"BAD_REQUEST"}"#)
    }
}
