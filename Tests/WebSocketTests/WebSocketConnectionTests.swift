import Bytes
import HTTP
import Reactor
import Telemetry
import TestSupport
import Testing

@testable import WebSocket

/// A handler that does what a test says, and remembers what happened.
@EventLoop final class ScriptedHandler: WebSocketHandler {
    let connection: WebSocketConnection
    private let record: Record
    private let act: @EventLoop (WebSocketConnection, Message) -> Void

    init(
        _ connection: WebSocketConnection, _ record: Record,
        _ act: @escaping @EventLoop (WebSocketConnection, Message) -> Void
    ) {
        (self.connection, self.record, self.act) = (connection, record, act)
    }

    func receive(_ message: Message) { act(connection, message) }
    func drain() { connection.close(.goingAway, "bye") }
    func hasClosed() { record.add("closed \(connection.closing?.code?.rawValue ?? 0)") }
}

/// Sends back what comes.
@EventLoop func echo(_ connection: WebSocketConnection, _ message: Message) {
    switch message {
    case .text(let text):
        var buffer = ByteBuffer()
        buffer.append(text)
        connection.send(text: buffer)
    case .binary(let bytes): connection.send(binary: bytes)
    }
}

@Suite(.serialized) struct WebSocketConnectionTests {
    private func run(
        _ settings: WebSocketSettings = WebSocketSettings(),
        http: ServerSettings = ServerSettings(),
        record: Record = Record(), recorder: WebSocketRecorder? = nil,
        act: @escaping @Sendable @EventLoop (WebSocketConnection, Message) -> Void = echo,
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let server = try await onLoop { WebSocketServer(settings, recorder: recorder) }
        try await TestServer.run(
            http,
            handler: { request in
                try server.respond(to: request, subprotocols: ["echo"]) {
                    ScriptedHandler($0, record, act)
                }
            }, body)
    }

    private func open(_ server: TestServer) async throws -> WebSocketClient {
        try await WebSocketClient.open(try server.connect())
    }

    @Test(arguments: [0, 1, 125, 126, 65_535, 65_536, 1_000_000])
    func `messages come back`(length: Int) async throws {
        try await run { server in
            let client = try await open(server)
            let text = String(repeating: "é", count: length / 2)
            try await client.send(text)
            #expect(try await client.next() == .text(text))
            let bytes = [UInt8](repeating: 0xFF, count: length)
            try await client.send(ClientFrame.binary(bytes))
            #expect(try await client.next() == .binary(bytes))
        }
    }

    @Test func `many messages in one piece come back in order`() async throws {
        try await run { server in
            let client = try await open(server)
            try await client.send((0..<1_000).flatMap { ClientFrame.text(String($0)) })
            for number in 0..<1_000 { #expect(try await client.nextText() == String(number)) }
        }
    }

    @Test func `messages may come byte by byte, and with the handshake`() async throws {
        try await run { server in
            let connection = try server.connect()
            let frames =
                ClientFrame.text("a", final: false) + ClientFrame.ping("p") + ClientFrame.more("b")
            try await connection.send(
                [UInt8](WebSocketClient.handshake().utf8) + frames, pieceBytes: 1)
            #expect(try await connection.response().status == 101)
            let expected: [UInt8] = [0x8A, 1, 112, 0x81, 2, 97, 98]
            #expect(try await connection.bytes(expected.count) == expected)
        }
    }

    @Test func `a ping is answered, a pong is not`() async throws {
        try await run { server in
            let client = try await open(server)
            try await client.send(
                ClientFrame.pong("x"), ClientFrame.ping("a"), ClientFrame.ping(""))
            #expect(try await client.nextText() == "pong a")
            #expect(try await client.nextText() == "pong ")
        }
    }

    // MARK: Closing

    @Test(arguments: [nil, 1000, 3000, 4999] as [UInt16?])
    func `a peer that closes gets its own code back`(code: UInt16?) async throws {
        let record = Record()
        try await run(record: record) { server in
            let client = try await open(server)
            try await client.send(ClientFrame.close(code, code == nil ? "" : "bye"))
            #expect(try await client.next() == .close(code: code, reason: ""))
            #expect(try await client.connection.hasEnded())
            #expect(await record.steps == ["closed \(code ?? 0)"])
        }
    }

    @Test(
        arguments: [
            (ClientFrame.make(0x1, [], isMasked: false), 1002, "A frame is not masked."),
            (ClientFrame.make(0x1, [0xFF]), 1007, "A text is not UTF-8."),
            (ClientFrame.close(1005), 1002, "A Close frame cannot have the code 1005."),
        ] as [([UInt8], UInt16, String)])
    func `what breaks the protocol ends the connection`(
        frame: [UInt8], code: UInt16, reason: String
    ) async throws {
        try await run { server in
            let client = try await open(server)
            try await client.send(ClientFrame.text("a"), frame, ClientFrame.text("b"))
            #expect(try await client.nextText() == "a")
            #expect(try await client.next() == .close(code: code, reason: reason))
            #expect(try await client.connection.hasEnded())
        }
    }

    @Test func `what is longer than allowed ends the connection`() async throws {
        var settings = WebSocketSettings()
        settings.limits.maximumMessageBytes = 4
        try await run(settings) { server in
            let client = try await open(server)
            try await client.send("1234")
            #expect(try await client.nextText() == "1234")
            try await client.send("12345")
            #expect(try await client.nextText() == "close 1009 A message is longer than 4 bytes.")
            #expect(try await client.connection.hasEnded())
        }
    }

    @Test func `the server may close, and waits for the peer to agree`() async throws {
        let record = Record()
        try await run(
            record: record,
            act: { connection, _ in
                connection.close(CloseCode(rawValue: 4444), "enough")
                connection.close(.normal)
            }
        ) { server in
            let client = try await open(server)
            try await client.send(ClientFrame.text("a"), ClientFrame.text("b"))
            #expect(try await client.nextText() == "close 4444 enough")
            #expect(await record.steps == ["closed 4444"])
            #expect(try await client.agreeToClose(4444))
        }
    }

    @Test func `a peer that does not agree is cut`() async throws {
        var settings = WebSocketSettings()
        settings.closeTimeoutMilliseconds = 50
        try await run(settings, act: { connection, _ in connection.close(.normal) }) { server in
            let client = try await open(server)
            try await client.send("a")
            #expect(try await client.nextText() == "close 1000 ")
            #expect(try await client.connection.hasEnded())
        }
    }

    @Test func `a peer that vanishes is noticed`() async throws {
        let record = Record()
        try await run(record: record) { server in
            let client = try await open(server)
            client.connection.reset()
            try await eventually("the end") { record.steps == ["closed 0"] }
        }
    }

    // MARK: Keeping alive

    @Test func `a silent peer is pinged, and stays if it answers`() async throws {
        var settings = WebSocketSettings()
        (settings.pingIntervalMilliseconds, settings.pongTimeoutMilliseconds) = (10, 60_000)
        try await run(settings) { server in
            let client = try await open(server)
            for _ in 0..<3 {
                #expect(try await client.nextText() == "ping ")
                try await client.send(ClientFrame.pong())
            }
        }
    }

    @Test func `a silent peer that does not answer is cut`() async throws {
        var settings = WebSocketSettings()
        (settings.pingIntervalMilliseconds, settings.pongTimeoutMilliseconds) = (10, 10)
        let record = Record()
        try await run(settings, record: record) { server in
            let client = try await open(server)
            #expect(try await client.nextText() == "ping ")
            #expect(try await client.connection.hasEnded())
            #expect(await record.steps == ["closed 0"])
        }
    }

    @Test func `a message that does not end in time ends the connection`() async throws {
        var settings = WebSocketSettings()
        settings.messageTimeoutMilliseconds = 50
        try await run(settings) { server in
            let client = try await open(server)
            try await client.send(ClientFrame.text("a", final: false), ClientFrame.more("b"))
            #expect(try await client.nextText() == "ab")
            try await client.send(ClientFrame.text("a", final: false))
            #expect(
                try await client.nextText() == "close 1008 A message took too long to come.")
        }
    }

    // MARK: Slow peers

    @Test func `a peer that leaves too much unread is let go`() async throws {
        var settings = WebSocketSettings()
        settings.maximumQueuedBytes = 100_000
        settings.closeTimeoutMilliseconds = 60_000
        let record = Record()
        try await run(
            settings, record: record,
            act: { connection, _ in
                while connection.isOpen {
                    connection.send(binary: [UInt8](repeating: 1, count: 50_000))
                }
            }
        ) { server in
            let client = try await WebSocketClient.open(
                try server.connect(receiveBufferBytes: 4_096))
            try await client.send("go")
            try await eventually("the end") { record.steps == ["closed 1013"] }
            var count = 0
            while try await client.next() == .binary([UInt8](repeating: 1, count: 50_000)) {
                count += 1
            }
            // Messages go while less than the limit waits.
            #expect(count >= 2)
        }
    }

    @Test func `a peer that reads nothing is not read from`() async throws {
        var http = ServerSettings()
        http.outputHighWaterBytes = 1_000
        var settings = WebSocketSettings()
        settings.pingIntervalMilliseconds = 600_000
        try await run(settings, http: http) { server in
            let client = try await WebSocketClient.open(
                try server.connect(receiveBufferBytes: 4_096))
            let frame = ClientFrame.binary([UInt8](repeating: 7, count: 60_000))
            let flood = Array(repeatElement(frame, count: 400).joined())
            let sent = try await client.connection.sendUntilBlocked(flood)
            #expect(sent < flood.count)
            // Once it reads again, nothing was lost.
            for _ in 0..<(sent / frame.count) {
                #expect(try await client.next() == .binary([UInt8](repeating: 7, count: 60_000)))
            }
        }
    }

    // MARK: The server

    @Test func `a server that drains says goodbye`() async throws {
        try await run { server in
            let client = try await open(server)
            try await client.send("a")
            #expect(try await client.nextText() == "a")
            try await onLoop { server.http.beginDraining() }
            #expect(try await client.nextText() == "close 1001 bye")
            #expect(try await client.agreeToClose(1001))
            try await eventually("the end") { server.http.openConnections == 0 }
        }
    }

    @Test func `connections and messages are counted`() async throws {
        var layout = MetricsLayout()
        let metrics = WebSocketMetrics(in: &layout)
        let cells = MetricCells(privateFor: layout)
        let samples = { [layout] in
            var text = ByteBuffer()
            Exposition.write(layout, slots: [("0", cells)], isOpenMetrics: false, into: &text)
            return String(decoding: text.array(), as: UTF8.self)
        }
        try await run(recorder: WebSocketRecorder(metrics, cells)) { server in
            let client = try await open(server)
            try await client.send("a")
            #expect(try await client.nextText() == "a")
            let prefix = "marquee_websocket_"
            #expect(samples().contains("\(prefix)connections 1\n"))
            #expect(samples().contains("\(prefix)accepted_connections_total 1\n"))
            #expect(samples().contains("\(prefix)received_messages_total 1\n"))
            #expect(samples().contains("\(prefix)sent_messages_total 1\n"))
            try await client.send(ClientFrame.close(1000))
            #expect(try await client.nextText() == "close 1000 ")
            try await eventually("the end") { server.http.openConnections == 0 }
            #expect(samples().contains("\(prefix)connections 0\n"))
            #expect(
                samples().contains(#"\#(prefix)closed_connections_total{code="1000"} 1"#))
        }
    }
}
