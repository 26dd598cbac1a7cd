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

        @Test func `what is appended leaves when it is flushed`() async throws {
            let handler: Handler = { _ in
                Response(
                    status: .switchingProtocols,
                    body: .upgrade { stream in
                        let before = stream.unsentBytes
                        for piece in ["a", "b", "c"] {
                            Array(piece.utf8).withUnsafeBytes { stream.append($0) }
                        }
                        #expect(stream.unsentBytes == before + 3)
                        #expect(!stream.isBackedUp)
                        stream.flush()
                        #expect(stream.unsentBytes == 0)
                        _ = try? await stream.read()
                    })
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await client.send(handshake)
                #expect(try await client.response().status == 101)
                #expect(try await client.bytes(3) == [UInt8]("abc".utf8))
            }
        }

        @Test(arguments: [true, false])
        func `the protocol hears that the server drains`(isDraining: Bool) async throws {
            let record = Record()
            let handler: Handler = { _ in
                Response(
                    status: .switchingProtocols,
                    body: .upgrade { stream in
                        stream.onDrain { record.add("drain") }
                        record.add("upgraded")
                        _ = try? await stream.read()
                    })
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await eventually("the connection") { server.http.openConnections == 1 }
                if isDraining { try await onLoop { server.http.beginDraining() } }
                try await client.send(handshake)
                #expect(try await client.response().status == 101)
                if !isDraining { try await onLoop { server.http.beginDraining() } }
                let expected = isDraining ? ["drain", "upgraded"] : ["upgraded", "drain"]
                #expect(await record.steps == expected)
            }
        }

        @Test func `for HTTP the request ends with the handshake`() async throws {
            let record = Record()
            try await TestServer.run(
                onCompletion: { record.add("\($0.status.rawValue) \($0.outcome)") },
                handler: echo()
            ) { server in
                let client = try server.connect()
                try await client.send(handshake)
                try await expectHandshake(client)
                #expect(await record.steps == ["101 answered"])
                client.finishSending()
                #expect(try await client.bytes(3) == [UInt8]("bye".utf8))
                #expect(await record.steps == ["101 answered"])
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
