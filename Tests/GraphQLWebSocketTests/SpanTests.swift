import GraphQLHTTP
import GraphQLWebSocket
import HTTP
import JSON
import Reactor
import TestSupport
import Testing
import Tracing

extension SocketSuite {
    /// The spans of operations over WebSockets, as a collector is sent them.
    @Suite struct SpanTests {
        private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

        private func perform(
            ratio: Double = 1,
            _ body: (Theatre, WebSocketClient, TestCollector) async throws -> Void
        ) async throws {
            try await TestCollector.run { collector in
                let tracer = try await onLoop { collector.tracer(ratio: ratio) }
                var options = Theatre.Options()
                options.socket.endpoint.tracer = tracer
                try await Theatre.run(options) { theatre in
                    try await body(theatre, try await theatre.enter(), collector)
                }
            }
        }

        @Test func `each operation is a trace of its own, with a link to its connection`()
            async throws
        {
            try await perform { _, client, collector in
                try await client.subscribe("1", "query One { one }")
                _ = try await client.texts(2)
                try await client.subscribe("2", "{ nope }")
                _ = try await client.texts(1)
                let spans = try await collector.spans(10)
                let own = spans.filter { $0.parent == "-" && $0.json["links"] != nil }
                #expect(own.map(\.name) == ["query", "GraphQL Operation"])
                #expect(Set(own.map(\.trace)).count == 2)
                let upgrade = try #require(spans.first { $0["http.response.status_code"] == "101" })
                let link = try #require(own[0].json["links"].flatMap { Array($0.elements).first })
                let linked: String? = link["spanId"]?.stringValue
                #expect(linked == upgrade.identifier)
                #expect(own[0].kind == "2")
                #expect(own[0]["graphql.operation.name"] == "One")
                #expect(own[0]["network.protocol.name"] == "websocket")
                #expect(own[0]["marquee.responses"] == "1")
                #expect(own[0]["marquee.errors"] == "0")
                #expect(own[1]["marquee.refused"] == #"{"boolValue":true}"#)
                let parts = spans.filter { $0.parent == own[0].identifier }.map(\.name)
                #expect(parts == ["plan", "level"])
            }
        }

        @Test func `a parent in the extensions is followed`() async throws {
            try await perform(ratio: 0) { _, client, collector in
                try await client.subscribe("0", "{ one }")
                _ = try await client.texts(2)
                let parent = "00-\(Self.trace)-00f067aa0ba902b7-01"
                try await client.subscribe(
                    "1", "{ one }",
                    #","extensions":{"traceparent":"\#(parent)","tracestate":"a=1"}"#)
                _ = try await client.texts(2)
                let span = try await collector.spans(2)[0]
                #expect(span.trace == Self.trace)
                #expect(span.parent == "00f067aa0ba902b7")
                #expect(span.text("traceState") == "a=1")
                #expect(span.json["links"] == nil)
            }
        }

        @Test func `a subscription is one span, however many events it has`() async throws {
            try await perform { theatre, client, collector in
                try await client.subscribe("1", "subscription { ticks }")
                let ticks = try await theatre.ticks()
                await ticks.send(1, 2, 3)
                _ = try await client.texts(3)
                try await client.complete("1")
                let span = try #require(
                    try await collector.spans(6).first { $0.name == "subscription" })
                #expect(span["marquee.responses"] == "3")
                let children = try await onLoop { collector.spans.map(\.name) }
                #expect(!children.contains("level"))
            }
        }
    }
}
