import Bytes
import HTTP
import Reactor
import Telemetry
import TestSupport
import Testing

/// The line for a request, with its identifier as ID.
@EventLoop private func line(
    _ text: String, status: Status = .ok, bytes: UInt64 = 0, nanoseconds: UInt64 = 0,
    outcome: Completion.Outcome = .answered
) throws -> String? {
    let log = CapturedLog()
    let request = try Request.parsing(text)
    let completion = Completion(
        request, status: status, bodyBytes: bytes, durationNanoseconds: nanoseconds,
        outcome: outcome)
    AccessLog(log.logger).record(completion)
    return log.lines().first?.replacing(request.identifier.description, with: "ID")
}

@EventLoop private func path(_ target: String) throws -> Substring? {
    let line = try line("GET \(target) HTTP/1.1\n\n")
    return line?.firstRange(of: #""path":""#).flatMap { start in
        line?[start.upperBound...].prefix { $0 != "\"" }
    }
}

@Suite struct AccessLogTests {
    init() { LoopThread.start() }

    @Test func `a request leaves one line`() async throws {
        let request =
            "POST /graphql HTTP/1.1\nUser-Agent: curl/8 \"x\"\nAuthorization: Bearer s\n\n"
        #expect(
            try await line(request, status: .created, bytes: 5120, nanoseconds: 1_234_567)
                == #"{"level":"info","message":"request","method":"POST","path":"/graphql","#
                + #""status":201,"bytes":5120,"duration_ms":1.235,"client":"203.0.113.9","#
                + #""id":"ID","user_agent":"curl/8 \"x\"","version":"1.1"}"#)
    }

    @Test func `what a handler knows stands at the end`() async throws {
        final class Rating: RequestFacts {
            func add(to line: inout LogLine) { line.field("stars", 5) }
        }
        let last = try await Task { @EventLoop in
            let log = CapturedLog()
            let request = try Request.parsing("GET / HTTP/1.1\n\n")
            request.facts = Rating()
            AccessLog(log.logger).record(
                Completion(request, status: .ok, bodyBytes: 0, durationNanoseconds: 0))
            return log.lines().last
        }.value
        #expect(last?.hasSuffix(#","version":"1.1","stars":5}"#) == true)
    }

    @Test func `a cut answer is marked`() async throws {
        #expect(
            try await line("GET / HTTP/1.0\n\n", outcome: .cut)
                == #"{"level":"info","message":"request","method":"GET","path":"/","#
                + #""status":200,"bytes":0,"duration_ms":0.000,"client":"203.0.113.9","#
                + #""id":"ID","version":"1.0","cut":true}"#)
    }

    @Test func `what was no request leaves a line as well`() async throws {
        #expect(
            try await line(
                "GET /a HTTP/1.1\n\n", status: .badRequest, bytes: 80, outcome: .malformed)
                == #"{"level":"info","message":"request","status":400,"bytes":80,"#
                + #""duration_ms":0.000,"client":"203.0.113.9","id":"ID","malformed":true}"#)
    }

    @Test func `nothing is written below the level`() async throws {
        let lines = try await Task { @EventLoop in
            let log = CapturedLog(level: .warning)
            let request = try Request.parsing("GET / HTTP/1.1\n\n")
            AccessLog(log.logger).record(
                Completion(request, status: .ok, bodyBytes: 0, durationNanoseconds: 0))
            return log.lines()
        }.value
        #expect(lines == [])
    }

    @Test(arguments: [
        ("/a", "/a"), ("/a?", "/a"), ("/a?b=c", "/a?b=c"), ("/a?token=x", "/a?token=[redacted]"),
        ("/a?b=1&Access_Token=x&c=2", "/a?b=1&Access_Token=[redacted]&c=2"),
        ("/a?sig=x=y&", "/a?sig=[redacted]&"), ("/a?token", "/a?token"), ("/a?=x", "/a?=x"),
        ("/a?t%6Fken=x", "/a?t%6Fken=[redacted]"), ("/a?tokens=x", "/a?tokens=x"),
        ("/a?b?token=x", "/a?b?token=x"),
        ("/a?&&key=&secret=s", "/a?&&key=[redacted]&secret=[redacted]"),
        ("/a?code=1&code=2", "/a?code=[redacted]&code=[redacted]"),
        ("/a?signature=x", "/a?signature=[redacted]"), ("/a?password=x", "/a?password=[redacted]"),
        (
            "/graphql?query=%7Bme%7D&variables=%7B%7D",
            "/graphql?query=[redacted]&variables=[redacted]"
        ),
        ("http://films.example/a?key=x", "/a?key=[redacted]"),
    ])
    func `secrets of the query are left out`(target: String, expected: String) async throws {
        #expect(try await path(target).map(String.init) == expected)
    }
}
