import GraphQLHTTP
import GraphQLWebSocket
import HTTP
import JSON
import Reactor
import Telemetry
import TestSupport
import Testing

/// Everything over sockets: one test at a time, so that few threads block.
@Suite(.serialized) enum SocketSuite {}

extension SocketSuite {
    /// How connections begin and end.
    @Suite struct ConnectionTests {
        private static let initialise = #"{"type":"connection_init"}"#

        @Test(arguments: [
            initialise, #"{"type":"connection_init","payload":null}"#,
            #"{"payload":{"token":"t"},"type":"connection_init","more":1}"#,
        ])
        func `a connection is acknowledged`(message: String) async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.connect()
                try await client.send(message)
                #expect(try await client.nextText() == #"{"type":"connection_ack"}"#)
            }
        }

        @Test func `an acknowledgement may say more`() async throws {
            var options = Theatre.Options()
            options.acknowledgement = [UInt8](#"{"hello":1}"#.utf8)
            try await Theatre.run(options) { theatre in
                let client = try await theatre.connect()
                try await client.send(Self.initialise)
                #expect(
                    try await client.nextText()
                        == #"{"type":"connection_ack","payload":{"hello":1}}"#)
            }
        }

        @Test func `the payload decides who is let in`() async throws {
            var options = Theatre.Options()
            options.admission = { payload in payload?["token"]?.stringValue == "good" }
            try await Theatre.run(options) { theatre in
                let good = try await theatre.connect()
                try await good.send(#"{"type":"connection_init","payload":{"token":"good"}}"#)
                #expect(try await good.nextText() == #"{"type":"connection_ack"}"#)
                for message in [Self.initialise, #"{"type":"connection_init","payload":{}}"#] {
                    let bad = try await theatre.connect()
                    try await bad.send(message)
                    #expect(try await bad.nextText() == "close 4403 Forbidden")
                    #expect(try await bad.agreeToClose(4403))
                }
            }
        }

        @Test func `a failure of our own to decide ends the connection`() async throws {
            var options = Theatre.Options()
            let log = CapturedLog(level: .error)
            options.logger = log.logger
            options.admission = { _ in throw NeverHappened(what: "a decision") }
            try await Theatre.run(options) { theatre in
                let client = try await theatre.connect()
                try await client.send(Self.initialise)
                #expect(try await client.nextText() == "close 4500 Internal server error")
                #expect(log.lines().first?.contains("a decision") == true)
            }
        }

        @Test func `without initialisation in time the connection ends`() async throws {
            var options = Theatre.Options()
            options.socket.initTimeoutMilliseconds = 1_000
            try await Theatre.run(options) { theatre in
                let client = try await theatre.connect()
                // Pings are no initialisation.
                try await client.send(#"{"type":"ping"}"#)
                #expect(try await client.nextText() == #"{"type":"pong"}"#)
                #expect(
                    try await client.nextText() == "close 4408 Connection initialisation timeout")
                #expect(try await client.agreeToClose(4408))
            }
        }

        @Test func `the time to initialise does not count while it is decided`() async throws {
            var options = Theatre.Options()
            options.socket.initTimeoutMilliseconds = 1_000
            options.admission = { _ in
                try await EventLoop.sleep(milliseconds: 1_100)
                return true
            }
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                #expect(try await client.hasNothing())
            }
        }

        @Test func `who takes too long to decide ends the connection`() async throws {
            let door = Door()
            var options = Theatre.Options()
            options.socket.endpoint.deadlineMilliseconds = 30
            options.admission = { _ in
                await door.pass()
                return true
            }
            try await Theatre.run(options) { theatre in
                let client = try await theatre.connect()
                try await client.send(Self.initialise)
                #expect(try await client.nextText() == "close 1013 Try again later")
                await door.open()
                #expect(try await client.agreeToClose(1013))
            }
        }

        @Test(arguments: [true, false])
        func `initialising twice ends the connection`(waits: Bool) async throws {
            let door = Door()
            var options = Theatre.Options()
            if !waits {
                options.admission = { _ in
                    await door.pass()
                    return true
                }
            }
            try await Theatre.run(options) { theatre in
                let client = waits ? try await theatre.enter() : try await theatre.connect()
                if !waits { try await client.send(Self.initialise) }
                try await client.send(Self.initialise)
                #expect(
                    try await client.nextText() == "close 4429 Too many initialisation requests")
                await door.open()
                #expect(try await client.agreeToClose(4429))
            }
        }

        @Test(arguments: [true, false])
        func `operations before the acknowledgement end the connection`(
            isDeciding: Bool
        ) async throws {
            let door = Door()
            var options = Theatre.Options()
            options.admission = { _ in
                await door.pass()
                return true
            }
            try await Theatre.run(options) { theatre in
                let client = try await theatre.connect()
                if isDeciding { try await client.send(Self.initialise) }
                try await client.subscribe("1", "{ one }")
                #expect(try await client.nextText() == "close 4401 Unauthorized")
                await door.open()
            }
        }

        @Test(arguments: [nil, "graphql-ws"])
        func `without the subprotocol the connection ends`(subprotocol: String?) async throws {
            try await Theatre.run { theatre in
                let connection = try theatre.server.connect()
                try await connection.send(
                    WebSocketClient.handshake("/graphql", subprotocol: subprotocol))
                let response = try await connection.response()
                #expect(response.status == 101)
                #expect(response["sec-websocket-protocol"] == nil)
                let reason = "Subprotocol not acceptable"
                let frame = [0x88, 28, 0x11, 0x36] + [UInt8](reason.utf8)
                #expect(try await connection.bytes(frame.count) == frame)
            }
        }

        @Test(arguments: [
            "", "{", "[]", "1", "null", "{}", #"{"type":1}"#, #"{"type":"start"}"#,
            #"{"type":"connection_ack"}"#, #"{"type":"next","id":"1","payload":{}}"#,
            #"{"type":"error","id":"1","payload":[]}"#, #"{"type":"connection_init","payload":1}"#,
            #"{"type":"ping","payload":[]}"#, #"{"type":"pong","payload":"x"}"#,
            #"{"type":"complete"}"#, #"{"type":"complete","id":""}"#,
            #"{"type":"complete","id":1}"#,
            #"{"type":"subscribe","payload":{"query":"{ one }"}}"#,
            #"{"type":"subscribe","id":"","payload":{"query":"{ one }"}}"#,
            #"{"type":"subscribe","id":7,"payload":{"query":"{ one }"}}"#,
            #"{"type":"subscribe","id":"1"}"#, #"{"type":"subscribe","id":"1","payload":null}"#,
            #"{"type":"subscribe","id":"1","payload":{}}"#,
            #"{"type":"subscribe","id":"1","payload":{"query":7}}"#,
            #"{"type":"subscribe","id":"1","payload":{"query":"{ one }","variables":[]}}"#,
            #"{"type":"subscribe","id":"1","payload":{"query":"{ one }","extensions":1}}"#,
            #"{"type":"subscribe","id":"1","payload":{"query":"{ one }","operationName":1}}"#,
        ])
        func `what is no message ends the connection`(message: String) async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.send(message)
                guard case .close(4400, let reason) = try await client.next() else {
                    throw NeverHappened(what: "a close with 4400")
                }
                #expect(reason.hasPrefix("Invalid message received: "))
                #expect(reason.utf8.count <= 123)
                #expect(try await client.agreeToClose(4400))
            }
        }

        @Test func `a message in bytes ends the connection`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.send(ClientFrame.binary([UInt8](Self.initialise.utf8)))
                #expect(try await client.nextText() == "close 1003 Messages are texts.")
            }
        }

        @Test func `pings are answered with their payload, pongs with nothing`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.send(#"{"type":"pong","payload":{"a":1}}"#)
                try await client.send(#"{"type":"pong"}"#)
                try await client.send(#"{"type":"ping","payload":{"a":[1, "é"]}}"#)
                #expect(
                    try await client.nextText() == #"{"type":"pong","payload":{"a":[1, "é"]}}"#)
                try await client.send(#"{"type":"ping","payload":null}"#)
                #expect(try await client.nextText() == #"{"type":"pong"}"#)
            }
        }

        /// Normal closure, bad response, internal client error, acknowledgement timeout.
        @Test(arguments: [1000, 4004, 4005, 4504] as [UInt16])
        func `clients close with their codes`(code: UInt16) async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.send(ClientFrame.close(code, "bye"))
                #expect(try await client.next() == .close(code: code, reason: ""))
                #expect(try await client.connection.hasEnded())
            }
        }

        @Test func `a session that is over ends the connection`() async throws {
            var options = Theatre.Options()
            let exit = Door()
            options.exit = exit
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { ticks }")
                try await theatre.ticks().send(1)
                #expect(
                    try await client.nextText()
                        == #"{"id":"1","type":"next","payload":{"data":{"ticks":1}}}"#)
                await exit.open()
                #expect(try await client.nextText() == "close 4403 Forbidden")
                let ticks = try await theatre.ticks()
                try await eventually("the end of the subscription") { ticks.isCancelled }
            }
        }

        @Test func `who cannot be found out now is asked to come again`() async throws {
            var options = Theatre.Options()
            options.admission = { _ in throw TryAgainLater() }
            try await Theatre.run(options) { theatre in
                let client = try await theatre.connect()
                try await client.send(Self.initialise)
                #expect(try await client.nextText() == "close 1013 Try again later")
            }
        }

        @Test func `a session ends with what opened it`() async throws {
            var options = Theatre.Options()
            options.lifetimeMilliseconds = 30
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                #expect(try await client.nextText() == "close 4403 Forbidden")
            }
        }

        // MARK: The handshake

        @Test func `a handshake that is refused is answered as GraphQL`() async throws {
            try await Theatre.run { theatre in
                let foreign = try theatre.server.connect()
                try await foreign.send(
                    WebSocketClient.handshake(
                        "/graphql", fields: "Origin: https://evil.example\r\n"))
                let refused = try await foreign.response()
                #expect(refused.status == 403)
                #expect(
                    refused.text
                        == #"{"errors":[{"message":"Pages of this origin may not open a WebSocket "#
                        + #"here.","extensions":{"code":"FORBIDDEN"}}]}"#)
                let old = try theatre.server.connect()
                try await old.send(
                    WebSocketClient.handshake("/graphql").replacing(
                        "Version: 13", with: "Version: 8"))
                let outdated = try await old.response()
                #expect(outdated.status == 426)
                #expect(outdated["sec-websocket-version"] == "13")
            }
        }

        @Test func `who asks for another protocol is answered in HTTP`() async throws {
            try await Theatre.run { theatre in
                let client = try theatre.server.connect()
                try await client.send(
                    "GET /graphql?query=%7Bone%7D HTTP/1.1\r\nHost: a\r\n"
                        + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
                #expect(try await client.response().text == #"{"data":{"one":1}}"#)
            }
        }
    }
}
