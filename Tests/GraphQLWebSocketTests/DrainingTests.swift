import GraphQLWebSocket
import HTTP
import Reactor
import TestSupport
import Testing

extension SocketSuite {
    /// What becomes of connections when the server stops.
    @Suite struct DrainingTests {
        private static let goodbye = "close 1001 The server stops; connect again."

        private func drain(_ theatre: Theatre) async throws {
            try await onLoop { theatre.server.http.beginDraining() }
        }

        @Test(arguments: [true, false])
        func `a connection without operations is closed at once`(hasEntered: Bool) async throws {
            try await Theatre.run { theatre in
                let client =
                    hasEntered ? try await theatre.enter() : try await theatre.connect()
                try await drain(theatre)
                #expect(try await client.nextText() == Self.goodbye)
                #expect(try await client.agreeToClose(1001))
            }
        }

        @Test func `subscriptions end at once, queries are answered`() async throws {
            try await Theatre.run { theatre in
                await theatre.script.set(waitMilliseconds: 100)
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { ticks }")
                try await client.subscribe("2", "{ wait }")
                let ticks = try await theatre.ticks()
                try await eventually("the wait") { theatre.script.record.steps == ["wait"] }
                try await drain(theatre)
                #expect(await ticks.isCancelled)
                // What comes now is for the next server.
                try await client.subscribe("3", "mutation { add(number: 1) }")
                #expect(
                    try await client.texts(3) == [
                        #"{"id":"2","type":"next","payload":{"data":{"wait":1}}}"#,
                        #"{"id":"2","type":"complete"}"#, Self.goodbye,
                    ])
                #expect(try await client.agreeToClose(1001))
            }
        }

        @Test func `a connection that opens while the server drains is closed`() async throws {
            try await Theatre.run { theatre in
                let connection = try theatre.server.connect()
                try await eventually("the connection") { theatre.server.http.openConnections == 1 }
                try await drain(theatre)
                let client = try await WebSocketClient.open(
                    connection, "/graphql", subprotocol: GraphQLSocket.subprotocol)
                #expect(try await client.nextText() == Self.goodbye)
            }
        }
    }
}
