import Reactor
import TestSupport
import Testing

@testable import HTTP

extension ServerSuite {
    @Suite struct UpgradeTests {
        private let handshake =
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n"

        /// Sends back what comes, and `bye` at its end.
        private func echo(after door: Door? = nil) -> Handler {
            { _ in
                await door?.pass()
                return Response(
                    status: .switchingProtocols,
                    headers: HeaderBlock(["Connection": "upgrade", "Upgrade": "echo"]),
                    body: .upgrade { stream in
                        do {
                            while let bytes = try await stream.read() {
                                try await stream.write(bytes)
                            }
                            try await stream.write([UInt8]("bye".utf8))
                        } catch {
                            stream.cut()
                        }
                    })
            }
        }

        private func expectHandshake(_ client: TestClient) async throws {
            let response = try await client.response()
            #expect(response.status == 101)
            #expect(response["connection"] == "upgrade")
            #expect(response["content-length"] == nil)
            #expect(response["transfer-encoding"] == nil)
        }

        @Test func `bytes go both ways after the handshake`() async throws {
            try await TestServer.run(handler: echo()) { server in
                let client = try server.connect()
                try await client.send(handshake)
                try await expectHandshake(client)
                for size in [1, 100, 1_000_000] {
                    let bytes = [UInt8](repeating: 7, count: size)
                    async let sent = client.send(bytes)
                    #expect(try await client.bytes(size) == bytes)
                    #expect(try await sent == size)
                }
                client.finishSending()
                #expect(try await client.bytes(3) == [UInt8]("bye".utf8))
                #expect(try await client.hasEnded())
            }
        }

        @Test(arguments: [false, true])
        func `bytes that come with the handshake are not lost`(waits: Bool) async throws {
            let door = Door()
            try await TestServer.run(handler: echo(after: waits ? door : nil)) { server in
                let client = try server.connect()
                try await client.send(handshake + "early")
                if waits { try await eventually("the request") { door.waiting == 1 } }
                await door.open()
                try await expectHandshake(client)
                #expect(try await client.bytes(5) == [UInt8]("early".utf8))
            }
        }

        @Test(arguments: ["", "early"])
        func `an end that comes before the upgrade is not lost`(early: String) async throws {
            let door = Door()
            try await TestServer.run(handler: echo(after: door)) { server in
                let client = try server.connect()
                try await client.send(handshake + early)
                client.finishSending()
                try await eventually("the request") { door.waiting == 1 }
                // The end is seen in a turn of the loop in which the handler still waits.
                try await onLoop { try await EventLoop.sleep(milliseconds: 20) }
                await door.open()
                try await expectHandshake(client)
                let rest = [UInt8]((early + "bye").utf8)
                #expect(try await client.bytes(rest.count) == rest)
                #expect(try await client.hasEnded())
            }
        }

        @Test func `a request with a body cannot change the protocol`() async throws {
            try await TestServer.run(handler: echo()) { server in
                let client = try server.connect()
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
                #expect(try await client.response().refusal == "400 BAD_REQUEST")
            }
        }

        @Test func `a peer that vanishes ends the protocol`() async throws {
            try await TestServer.run(handler: echo()) { server in
                let client = try server.connect()
                try await client.send(handshake)
                try await expectHandshake(client)
                client.reset()
                try await eventually("the end") {
                    server.http.openConnections == 0 && server.http.requestsRunning == 0
                }
            }
        }
    }
}
