import Bytes
import GraphQLHTTP
import GraphQLWebSocket
import Reactor
import Telemetry
import TestSupport
import Testing

extension SocketSuite {
    /// What the log and the metrics say of operations.
    @Suite struct ObservationTests {
        @Test func `each operation leaves a line`() async throws {
            let log = CapturedLog()
            var options = Theatre.Options()
            options.logger = log.logger
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                try await client.subscribe(
                    "1", "query Say($t: String!) { echo(text: $t) }",
                    #","variables":{"t":"s3cret"}"#)
                _ = try await client.texts(2)
                try await client.subscribe("2", "{ nope }")
                _ = try await client.texts(1)
                try await client.subscribe("3", "subscription S { ticks }")
                let ticks = try await theatre.ticks()
                await ticks.send(1, 13)
                _ = try await client.texts(2)
                try await client.complete("3")
                #expect(try await client.hasNothing())
                let lines = log.lines().map { line in
                    // What differs from run to run.
                    line.replacing(/"duration_ms":[0-9.]+/, with: #""duration_ms":0"#)
                        .replacing(/"id":"[^"]+"/, with: #""id":"x""#)
                        .replacing(/[0-9a-f]{64}/, with: "hash")
                }
                let start = #"{"level":"info","message":"operation","transport":"websocket","#
                let who = #""duration_ms":0,"client":"127.0.0.1","id":"x","#
                #expect(
                    lines == [
                        start + #""responses":1,"bytes":26,"# + who
                            + #""operation_type":"query","operation_name":"Say","#
                            + #""document_hash":"hash","plan_cached":false,"errors":0}"#,
                        start + #""responses":0,"bytes":0,"# + who + #""errors":1}"#,
                        start + #""responses":2,"bytes":131,"# + who
                            + #""operation_type":"subscription","operation_name":"S","#
                            + #""document_hash":"hash","plan_cached":false,"errors":1}"#,
                    ])
            }
        }

        @Test func `operations may leave no lines`() async throws {
            let log = CapturedLog()
            var options = Theatre.Options()
            options.logger = log.logger
            options.socket.recordsOperations = false
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "{ one }")
                _ = try await client.texts(2)
                #expect(log.lines() == [])
            }
        }

        @Test func `operations are counted by type and outcome`() async throws {
            var layout = MetricsLayout()
            let metrics = GraphQLMetrics(in: &layout)
            let socketMetrics = GraphQLSocketMetrics(in: &layout)
            let cells = MetricCells(privateFor: layout)
            let samples = { [layout] in
                var text = ByteBuffer()
                Exposition.write(layout, slots: [("0", cells)], isOpenMetrics: false, into: &text)
                return String(decoding: text.array(), as: UTF8.self).split(separator: "\n")
                    .filter { !$0.hasPrefix("#") && !$0.hasSuffix(" 0") }.map(String.init)
            }
            var options = Theatre.Options()
            options.socket.endpoint.recorder = GraphQLRecorder(metrics, cells)
            options.socket.recorder = GraphQLSocketRecorder(socketMetrics, cells)
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                for (id, document) in ["{ one }", "mutation { add(number: 1) }", "{ broken }"]
                    .enumerated()
                {
                    try await client.subscribe("\(id)", document)
                    _ = try await client.texts(2)
                }
                try await client.subscribe("3", "{ nope }")
                _ = try await client.texts(1)
                try await client.subscribe("4", "subscription { ticks }")
                _ = try await theatre.ticks()
                let total = "marquee_graphql_operations_total"
                let ended = [
                    #"\#(total){type="query",outcome="complete"} 1"#,
                    #"\#(total){type="query",outcome="partial"} 1"#,
                    #"\#(total){type="mutation",outcome="complete"} 1"#,
                ]
                let refused = #"\#(total){type="unknown",outcome="refused"} 1"#
                #expect(samples() == ended + [refused, "marquee_websocket_operations 1"])
                try await client.complete("4")
                #expect(try await client.hasNothing())
                let subscribed = #"\#(total){type="subscription",outcome="complete"} 1"#
                #expect(samples() == ended + [subscribed, refused])
            }
        }
    }
}
