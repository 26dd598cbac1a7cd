import HTTP
import Reactor
import TestSupport
import Testing

@EventLoop private func lines(
    _ settings: SecurityHeaders = SecurityHeaders(), on response: Response = Response()
) async throws -> [String] {
    let handler = addingSecurityHeaders(settings)({ _ in response })
    return try await handler(Request.parsing("GET / HTTP/1.1\n\n")).lines
}

private let always = [
    "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: no-referrer",
    "Cross-Origin-Opener-Policy: same-origin",
]

private let policy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"

@Suite struct SecurityHeadersTests {
    init() { LoopThread.start() }

    @Test func `every answer has the security headers`() async throws {
        #expect(try await lines() == always + [policy])
    }

    @Test func `a policy of the answer itself stays`() async throws {
        let own = Response(headers: HeaderBlock(["Content-Security-Policy": "default-src 'self'"]))
        let expected = ["Content-Security-Policy: default-src 'self'"] + always
        #expect(try await lines(on: own) == expected)
    }

    @Test func `TLS is demanded only where it is told to be`() async throws {
        var settings = SecurityHeaders()
        settings.strictTransportSeconds = 31_536_000
        let line = "Strict-Transport-Security: max-age=31536000; includeSubDomains"
        #expect(try await lines(settings) == always + [line, policy])
    }

    @Test func `an upgrade is left alone`() async throws {
        let upgrade = Response(status: .switchingProtocols)
        #expect(try await lines(on: upgrade) == [])
    }
}
