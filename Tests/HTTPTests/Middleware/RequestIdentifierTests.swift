import Bytes
import HTTP
import Reactor
import TestSupport
import Testing

@EventLoop private func identifier(
    _ given: String?, from peer: String = "10.0.0.1"
) async throws -> String? {
    let trusted = [AddressBlock("10.0.0.0/8".utf8)].compactMap { $0 }
    let handler = assigningRequestIdentifiers(trusted: trusted)({ _ in Response() })
    let line = given.map { "X-Request-ID: \($0)\n" } ?? ""
    let request = try Request.parsing("GET / HTTP/1.1\n\(line)\n", from: peer)
    let named = try await handler(request).field("x-request-id")
    #expect(named == request.identifier.description)
    return named
}

private func isOurs(_ text: String) -> Bool {
    text.utf8.count == 32 && text.utf8.allSatisfy { $0.hexadecimalValue != nil }
}

@Suite struct RequestIdentifierTests {
    init() { LoopThread.start() }

    @Test func `each request gets another name`() async throws {
        let one = try #require(try await identifier(nil))
        let other = try #require(try await identifier(nil))
        #expect(isOurs(one) && isOurs(other))
        #expect(one != other)
    }

    @Test func `a trusted proxy may choose the name`() async throws {
        #expect(try await identifier("abc-123") == "abc-123")
        let longest = String(repeating: "x", count: 64)
        #expect(try await identifier(longest) == longest)
    }

    @Test(arguments: ["", "a b", "a\"b", "é", String(repeating: "x", count: 65)])
    func `what is no valid name is replaced`(given: String) async throws {
        #expect(isOurs(try await identifier(given) ?? ""))
    }

    @Test func `strangers choose no name`() async throws {
        #expect(isOurs(try await identifier("abc-123", from: "203.0.113.9") ?? ""))
    }
}

@Suite struct ResolvingClientsTests {
    init() { LoopThread.start() }

    @Test(arguments: [
        ("10.0.0.1", "X-Forwarded-For: 1.2.3.4\n", "1.2.3.4"),
        ("10.0.0.1", "X-Forwarded-For: 6.6.6.6\nX-Forwarded-For: 1.2.3.4, 10.0.0.2\n", "1.2.3.4"),
        ("9.9.9.9", "X-Forwarded-For: 1.2.3.4\n", "9.9.9.9"), ("10.0.0.1", "", "10.0.0.1"),
    ])
    func `the client is who trusted proxies say`(
        peer: String, lines: String, expected: String
    ) async throws {
        let client = try await Task { @EventLoop in
            let trusted = [AddressBlock("10.0.0.0/8".utf8)].compactMap { $0 }
            let handler = resolvingClients(trusted: trusted)({ .text("\($0.client)") })
            let request = try Request.parsing("GET / HTTP/1.1\n\(lines)\n", from: peer)
            return try await handler(request).text()
        }.value
        #expect(client == expected)
    }
}
