import Glibc
import Reactor
import TestSupport
import Testing

/// The product's endpoint over WebSockets in the real binary.
@Suite(.serialized) struct WebSocketTests {
    private func enter(
        _ marquee: RunningMarquee, initialisation: String = #"{"type":"connection_init"}"#
    ) async throws -> WebSocketClient {
        let client = try await WebSocketClient.open(
            try await marquee.client(), "/graphql", subprotocol: "graphql-transport-ws")
        try await client.send(initialisation)
        guard try await client.nextText() == #"{"type":"connection_ack"}"# else {
            throw NeverHappened(what: "an acknowledgement")
        }
        return client
    }

    private func subscribe(
        _ id: String, _ document: String, over client: WebSocketClient
    ) async throws {
        try await client.send(
            #"{"id":"\#(id)","type":"subscribe","payload":{"query":"\#(document)"}}"#)
    }

    private static let about = "query About { server { version } }"
    private static let version =
        #"{"id":"1","type":"next","payload":{"data":{"server":{"version":"0.1.0"}}}}"#

    @Test func `a query is answered, and the log and metrics tell of it`() async throws {
        let marquee = try await RunningMarquee.serving(
            workers: 1, environment: ["MARQUEE_ACCESS_LOG": "on"])
        let client = try await enter(marquee)
        try await subscribe("1", Self.about, over: client)
        #expect(try await client.nextText() == Self.version)
        #expect(try await client.nextText() == #"{"id":"1","type":"complete"}"#)
        try await marquee.waitForLine(containing: #""status":101"#)
        try await marquee.waitForLine(containing: #""operation_name":"About""#)
        let prefix = "marquee_websocket_"
        #expect(try await marquee.metric(prefix + "connections") == 1)
        #expect(try await marquee.metric(prefix + "received_messages_total") == 2)
        #expect(try await marquee.metric(prefix + "sent_messages_total") == 3)
        #expect(try await marquee.metric(prefix + "operations") == 0)
        let operations = "marquee_graphql_operations_total"
        #expect(try await marquee.metric(#"\#(operations){type="query",outcome="complete"}"#) == 1)
        try await client.send(ClientFrame.close(1000))
        #expect(try await client.nextText() == "close 1000 ")
        try await marquee.stop()
    }

    @Test(arguments: [("on", true), ("permitted", false), ("off", false)])
    func `whether operations are traced is configured`(
        setting: String, isTold: Bool
    ) async throws {
        let marquee = try await RunningMarquee.serving(
            workers: 1, environment: ["MARQUEE_TRACE": setting])
        let client = try await enter(marquee)
        try await client.send(
            #"{"id":"1","type":"subscribe","payload":{"query":"\#(Self.about)","#
                + #""extensions":{"trace":true}}}"#)
        #expect(try await client.nextText().contains(#""trace":{"#) == isTold)
        try await marquee.stop()
    }

    @Test func `what needs the database fails while it is away`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        let client = try await enter(marquee)
        try await subscribe("1", "{ movies { totalCount } }", over: client)
        let text = try await client.nextText()
        #expect(text.contains(#""code":"SERVICE_UNAVAILABLE""#), "\(text)")
        #expect(try await client.nextText() == #"{"id":"1","type":"complete"}"#)
        try await subscribe("1", "subscription { nothing }", over: client)
        #expect(
            try await client.nextText()
                .hasPrefix(#"{"id":"1","type":"error","payload":[{"message":"#))
        try await marquee.stop()
    }

    @Test func `limits are those of the configuration`() async throws {
        let marquee = try await RunningMarquee.serving(
            workers: 1,
            environment: [
                "MARQUEE_WEBSOCKET_INIT_TIMEOUT": "1500ms",
                "MARQUEE_WEBSOCKET_MESSAGE_BYTES": "1KiB",
                "MARQUEE_WEBSOCKET_PING_INTERVAL": "1s",
            ])
        let late = try await WebSocketClient.open(
            try await marquee.client(), "/graphql", subprotocol: "graphql-transport-ws")
        #expect(try await late.nextText() == "ping ")
        #expect(try await late.nextText() == "close 4408 Connection initialisation timeout")
        let long = try await enter(marquee)
        try await long.send(String(repeating: " ", count: 1_025))
        #expect(try await long.nextText() == "close 1009 A frame is longer than 1024 bytes.")
        try await marquee.stop()
    }

    private func status(
        of fields: String, host: String = "localhost", at marquee: RunningMarquee
    ) async throws -> Int {
        let client = try await marquee.client()
        try await client.send(
            WebSocketClient.handshake(
                "/graphql", subprotocol: "graphql-transport-ws", host: host, fields: fields))
        return try await client.response().status
    }

    @Test func `production lets in listed pages only, whatever the server is called`()
        async throws
    {
        let marquee = try await RunningMarquee.serving(
            workers: 1,
            environment: [
                "MARQUEE_ENV": "production", "MARQUEE_CORS_ORIGINS": "https://a.example",
                "MARQUEE_SIGNING_KEYS":
                    "a:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            ])
        for (origin, host, expected) in [
            ("https://a.example", "films.example", 101), ("https://b.example", "a.example", 403),
            ("null", "a.example", 403), ("http://films.example", "films.example", 403),
            ("http://localhost", "localhost", 403),
        ] {
            let field = "Origin: \(origin)\r\n"
            #expect(try await status(of: field, host: host, at: marquee) == expected, "\(origin)")
        }
        let twice = String(repeating: "Origin: https://a.example\r\n", count: 2)
        #expect(try await status(of: twice, at: marquee) == 400)
        try await marquee.stop()
    }

    @Test func `development lets in listed pages, and its own by names that are nobody's`()
        async throws
    {
        let marquee = try await RunningMarquee.serving(
            workers: 1, environment: ["MARQUEE_CORS_ORIGINS": "https://a.example"])
        for (origin, host, expected) in [
            ("https://a.example", "localhost", 101), ("http://localhost", "localhost", 101),
            ("http://127.0.0.1:4000", "127.0.0.1:4000", 101),
            ("http://evil.example", "localhost", 403),
            ("http://evil.example", "evil.example", 403),
        ] {
            let field = "Origin: \(origin)\r\n"
            #expect(try await status(of: field, host: host, at: marquee) == expected, "\(origin)")
        }
        try await marquee.stop()
    }

    @Test func `a server that stops says goodbye and ends`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        let client = try await enter(marquee)
        try await marquee.signal(SIGTERM)
        #expect(try await client.nextText() == "close 1001 The server stops; connect again.")
        #expect(try await client.agreeToClose(1001))
        #expect(try await marquee.end() == .exited(0))
    }

    @Test func `a server that is upgraded sends its clients to the new one`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        let client = try await enter(marquee)
        try await marquee.signal(SIGHUP)
        #expect(try await client.nextText() == "close 1001 The server stops; connect again.")
        let other = try await enter(marquee)
        try await subscribe("1", Self.about, over: other)
        #expect(try await other.nextText() == Self.version)
        try await marquee.stop()
    }
}
