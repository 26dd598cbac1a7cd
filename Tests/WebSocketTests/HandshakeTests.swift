import HTTP
import TestSupport
import Testing

@testable import WebSocket

@Suite struct HandshakeTests {
    private static let usual = [
        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]

    /// The lines of the answer, or why there is none.
    private func answer(
        _ fields: [String] = [], without name: String? = nil, method: String = "GET",
        subprotocols: [String] = [], origins: AllowedOrigins = .listed(["https://a.example"]),
        letsInOwnPages: Bool = false, of host: String = "films.example"
    ) async throws -> [String] {
        let lines = Self.usual.filter { line in name.map { !line.hasPrefix($0 + ":") } ?? true }
        let text =
            (["\(method) http://\(host)/ HTTP/1.1"] + lines + fields).joined(separator: "\n")
            + "\n\n"
        return try await onLoop {
            let request = try Request.parsing(text)
            do throws(HandshakeFault) {
                return try HTTP.Response(
                    headers: Handshake(
                        request, subprotocols: subprotocols, origins: origins,
                        letsInOwnPages: letsInOwnPages
                    ).headers
                ).lines
            } catch {
                return ["\(error.fault.status.rawValue) \(error.fault.code)"]
                    + HTTP.Response(headers: error.headers).lines
            }
        }
    }

    private static let accepted = [
        "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    ]

    @Test func `the answer proves that the key was read`() async throws {
        #expect(try await answer() == Self.accepted)
    }

    @Test func `names and words of the fields may be in any case`() async throws {
        let fields = ["connection: keep-alive, UPGRADE", "upgrade: h2c, WebSocket"]
        let text = "GET / HTTP/1.1\n" + fields.joined(separator: "\n") + "\n\n"
        let isWanted = try await onLoop { Handshake.isWanted(by: try .parsing(text)) }
        #expect(isWanted)
    }

    @Test(arguments: [
        "Connection: Upgrade\nUpgrade: h2c", "Upgrade: websocket",
        "Connection: Upgrade", "Connection: close\nUpgrade: websocket",
    ])
    func `other requests want no WebSocket`(fields: String) async throws {
        let isWanted = try await onLoop {
            Handshake.isWanted(by: try .parsing("GET / HTTP/1.1\n\(fields)\n\n"))
        }
        #expect(!isWanted)
    }

    @Test(arguments: ["12", "8", "14", "13, 8", "013", ""])
    func `other versions are told which would do`(version: String) async throws {
        #expect(
            try await answer(
                ["Sec-WebSocket-Version: \(version)"], without: "Sec-WebSocket-Version") == [
                    "426 UPGRADE_REQUIRED", "Sec-WebSocket-Version: 13", "Upgrade: websocket",
                    "Connection: Upgrade",
                ])
    }

    @Test func `a request without a version is told so too`() async throws {
        #expect(
            try await answer(without: "Sec-WebSocket-Version").first == "426 UPGRADE_REQUIRED")
    }

    @Test(arguments: [
        nil, "", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQo=", "AAAA",
        "dGhlIHNhbXBsZSBub25j!Q==", "dGhlIHNhbXBsZSBub25jZR==",
    ])
    func `a key is sixteen bytes in base64`(key: String?) async throws {
        let fields = key.map { ["Sec-WebSocket-Key: \($0)"] } ?? []
        #expect(try await answer(fields, without: "Sec-WebSocket-Key") == ["400 BAD_REQUEST"])
    }

    @Test func `two keys are one too many`() async throws {
        #expect(
            try await answer(["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="])
                == ["400 BAD_REQUEST"])
    }

    @Test(arguments: ["POST", "PUT", "HEAD"])
    func `only GET opens a WebSocket`(method: String) async throws {
        #expect(try await answer(method: method) == ["400 BAD_REQUEST"])
    }

    @Test func `the first subprotocol that both speak is chosen`() async throws {
        let fields = ["Sec-WebSocket-Protocol: c, b", "Sec-WebSocket-Protocol: a"]
        #expect(
            try await answer(fields, subprotocols: ["a", "b"])
                == Self.accepted + ["Sec-WebSocket-Protocol: a"])
        #expect(try await answer(fields, subprotocols: ["d"]) == Self.accepted)
        #expect(try await answer(subprotocols: ["a"]) == Self.accepted)
        #expect(
            try await answer(["Sec-WebSocket-Protocol: A"], subprotocols: ["a"]) == Self.accepted)
    }

    @Test(arguments: ["a,,b", "a, a", "a b", ""])
    func `subprotocols are names between commas`(value: String) async throws {
        #expect(
            try await answer(["Sec-WebSocket-Protocol: \(value)"], subprotocols: ["a"])
                == ["400 BAD_REQUEST"])
    }

    @Test func `only listed pages may open a WebSocket`() async throws {
        #expect(try await answer(["Origin: https://a.example"]) == Self.accepted)
        for origin in [
            "https://b.example", "http://a.example", "null", "https://films.example.evil",
            "https://films.example:444", "", "http://films.example", "https://films.example",
        ] {
            #expect(try await answer(["Origin: \(origin)"]) == ["403 FORBIDDEN"])
            #expect(try await answer(["Origin: \(origin)"], origins: .any) == Self.accepted)
        }
    }

    @Test(arguments: [
        "localhost:4000", "127.0.0.1:4000", "[::1]:4000", "marquee", "films.localhost", "a.b.test",
    ])
    func `pages of the server itself may where they are let in`(host: String) async throws {
        for origin in ["http://\(host)", "https://\(host.uppercased())"] {
            let page = ["Origin: \(origin)"]
            #expect(try await answer(page, letsInOwnPages: true, of: host) == Self.accepted)
            #expect(try await answer(page, of: host) == ["403 FORBIDDEN"])
        }
        #expect(
            try await answer(["Origin: http://localhost:1"], letsInOwnPages: true, of: host)
                == ["403 FORBIDDEN"])
    }

    @Test(arguments: ["films.example", "evil.localhost.example", "1.2.3.4.example:80", "a.b"])
    func `a page under a name that somebody owns passes for nobody's`(host: String) async throws {
        #expect(
            try await answer(["Origin: http://\(host)"], letsInOwnPages: true, of: host)
                == ["403 FORBIDDEN"])
    }

    @Test func `two origins are refused, whoever may`() async throws {
        let fields = ["Origin: https://a.example", "Origin: https://a.example"]
        #expect(try await answer(fields) == ["400 BAD_REQUEST"])
        #expect(
            try await answer(fields, origins: .any, letsInOwnPages: true) == ["400 BAD_REQUEST"])
    }
}
