import HTTP
import Reactor
import TestSupport
import Testing

private struct DatabaseGone: Error, CustomStringConvertible {
    var description: String { "the database has gone" }
}

/// Status and body of what becomes of an error, and what the log says, with the identifier as ID.
@EventLoop private func presented(
    _ error: any Error
) async throws -> (answer: String, log: [String]) {
    let log = CapturedLog()
    let request = try Request.parsing("GET / HTTP/1.1\n\n")
    let response = try await presentingErrors(log.logger)({ _ in throw error })(request)
    let identifier = request.identifier.description
    let body = try await response.text().replacing(identifier, with: "ID")
    return (
        "\(response.status.rawValue) \(body)",
        log.lines().map { $0.replacing(identifier, with: "ID") }
    )
}

@Suite struct PresentingErrorsTests {
    init() { LoopThread.start() }

    @Test func `a refusal says what it is`() async throws {
        let (answer, log) = try await presented(RequestFault.notFound)
        let message = "There is nothing at this path."
        #expect(answer == #"404 {"error":{"code":"NOT_FOUND","message":"\#(message)"}}"#)
        #expect(log == [])
    }

    @Test func `our mistakes go to the log and their reference to the client`() async throws {
        let (answer, log) = try await presented(DatabaseGone())
        let message = "Something went wrong on our side; the log has the details."
        #expect(
            answer == #"500 {"error":{"code":"INTERNAL","message":"\#(message)","ref":"ID"}}"#)
        let line =
            #"{"level":"error","message":"request failed","ref":"ID","#
            + #""error":"the database has gone"}"#
        #expect(log == [line])
    }

    @Test func `what took too long or was too much is temporary`() async throws {
        let (late, lateLog) = try await presented(CancellationError())
        #expect(late.hasPrefix(#"503 {"error":{"code":"TIMEOUT""#))
        let (full, fullLog) = try await presented(BlockingPoolFull(limit: 1))
        #expect(full.hasPrefix(#"503 {"error":{"code":"OVERLOADED""#))
        #expect(lateLog + fullLog == [])
    }

    @Test func `nobody is left to be answered`() async throws {
        let (answer, log) = try await presented(ConnectionLost())
        #expect(answer == "499 ")
        #expect(log == [])
    }

    @Test func `a body that breaks off is logged`() async throws {
        let log = CapturedLog()
        let (identifier, response) = try await Task { @EventLoop in
            let request = try Request.parsing("GET / HTTP/1.1\n\n")
            let handler = presentingErrors(log.logger)({ _ in
                Response(body: .stream(length: nil) { _ in throw DatabaseGone() })
            })
            return (request.identifier.description, try await handler(request))
        }.value
        #expect(log.lines() == [])
        await #expect(throws: DatabaseGone.self) { try await response.pieces() }
        #expect(log.lines().count == 1)
        #expect(identifier.utf8.count == 32)
    }
}

@Suite struct StandardStackTests {
    init() { LoopThread.start() }

    @Test func `an error has everything an answer has`() async throws {
        let response = try await Task { @EventLoop in
            var settings = StackSettings()
            settings.allowedOrigins = .any
            settings.minimumCompressedBytes = 10
            let fault = RequestFault(
                status: .notFound, code: "NOT_FOUND", message: String(repeating: "no ", count: 90))
            let handler = standardStack(
                settings, logger: CapturedLog().logger, handler: { _ in throw fault })
            let request = "GET /x HTTP/1.1\nAccept-Encoding: gzip\nOrigin: null\n\n"
            return try await handler(Request.parsing(request))
        }.value
        #expect(response.status == .notFound)
        let names = response.lines.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "Content-Type", "Vary", "Content-Encoding", "Access-Control-Allow-Origin",
                "Access-Control-Expose-Headers", "X-Content-Type-Options", "X-Frame-Options",
                "Referrer-Policy", "Cross-Origin-Opener-Policy", "Content-Security-Policy",
                "X-Request-ID",
            ])
        let body = inflated(try await response.pieces().flatMap { $0 })
        #expect(body.text.hasPrefix(#"{"error":{"code":"NOT_FOUND""#))
    }
}
