import TestSupport
import Testing

/// Whom development takes somebody for who only says so, with the real binary and a real database.
@Suite(.serialized) struct ClaimTests {
    private static let database = Task {
        try await RunningPostgres.shared.newDatabase("claims")
    }

    private func serve() async throws -> RunningMarquee {
        try await .showingDemo(on: Self.database.value)
    }

    private static let page = "Origin: http://evil.example"

    private struct Visit: Sendable {
        let host: String
        let fields: [String]
        let isBelieved: Bool

        init(_ host: String, _ fields: [String] = [], isBelieved: Bool) {
            (self.host, self.fields, self.isBelieved) = (host, fields, isBelieved)
        }
    }

    private static let visits = [
        Visit("localhost", isBelieved: true), Visit("127.0.0.1:4000", isBelieved: true),
        Visit("localhost:4000", ["Origin: http://localhost:4000"], isBelieved: true),
        Visit("[::1]:4000", ["Origin: http://[::1]:4000"], isBelieved: true),
        Visit("localhost", [page], isBelieved: false),
        Visit("localhost:4000", ["Origin: http://localhost:3000"], isBelieved: false),
        Visit("localhost", ["Origin: null"], isBelieved: false),
        Visit("localhost", ["Origin: http://localhost", page], isBelieved: false),
        // Whoever owns a name may have it lead to this machine.
        Visit("evil.example", [page], isBelieved: false),
        Visit("evil.example", isBelieved: false),
    ]

    @Test func `a claim over HTTP is believed of no foreign page`() async throws {
        let marquee = try await serve()
        let body = RunningMarquee.body("{ viewer { id } }")
        for visit in Self.visits {
            let fields = ["Marquee-Viewer: 1", "Connection: close"] + visit.fields
            let client = try await marquee.client()
            try await client.send(
                RunningMarquee.request(body, fields)
                    .replacing("Host: localhost", with: "Host: \(visit.host)"))
            let answer = try await client.response().text
            #expect(answer.contains(#""viewer":{"id":"#) == visit.isBelieved, "\(visit) \(answer)")
        }
        try await marquee.stop()
    }

    @Test(arguments: ["field", "payload"])
    func `a claim over a WebSocket is believed of no foreign page`(place: String) async throws {
        let marquee = try await serve()
        let claim = place == "field" ? ["Marquee-Viewer: 1"] : []
        let payload = place == "field" ? "{}" : #"{"marquee-viewer":1}"#
        for visit in Self.visits where visit.fields.count < 2 {
            let client = try await WebSocketClient.open(
                try await marquee.client(), "/graphql", subprotocol: "graphql-transport-ws",
                host: visit.host, fields: (visit.fields + claim).map { "\($0)\r\n" }.joined())
            try await client.send(#"{"type":"connection_init","payload":\#(payload)}"#)
            #expect(try await client.nextText() == #"{"type":"connection_ack"}"#)
            try await client.send(
                #"{"id":"1","type":"subscribe","payload":{"query":"{ viewer { id } }"}}"#)
            let answer = try await client.nextText()
            #expect(answer.contains(#""viewer":{"id":"#) == visit.isBelieved, "\(visit) \(answer)")
        }
        try await marquee.stop()
    }
}
