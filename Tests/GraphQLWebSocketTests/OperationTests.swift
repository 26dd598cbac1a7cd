import GraphQLHTTP
import GraphQLTypes
import GraphQLWebSocket
import HTTP
import Reactor
import TestSupport
import Testing
import WebSocket

extension SocketSuite {
    /// How operations run.
    @Suite struct OperationTests {
        private func next(_ id: String, _ payload: String) -> String {
            #"{"id":"\#(id)","type":"next","payload":\#(payload)}"#
        }

        private func complete(_ id: String) -> String { #"{"id":"\#(id)","type":"complete"}"# }

        // MARK: Who may be answered

        /// Finds out that nobody may, once it has been asked.
        @EventLoop private final class Refusing: Admission {
            let record = Record()
            var refusal: GraphQLError? { nil }
            var headers: HeaderBlock { HeaderBlock() }

            nonisolated init() {}

            func enter() async throws(RateRefusal) {}

            func begin() { record.add("begin") }

            func decide() async throws {
                record.add("decide")
                throw GraphQLError("sign in", code: .unauthenticated)
            }
        }

        @Test(arguments: [
            ("{ one }", ["begin", "decide"]), ("mutation { add(number: 1) }", ["decide"]),
            ("subscription { ticks }", ["begin", "decide"]),
            ("subscription { refused }", ["begin", "decide"]),
        ])
        func `an operation that is not admitted is refused as a whole`(
            document: String, steps: [String]
        ) async throws {
            var options = Theatre.Options()
            let refusing = Refusing()
            options.verdict = refusing
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", document)
                #expect(
                    try await client.nextText()
                        == #"{"id":"1","type":"error","payload":[{"message":"sign in","#
                        + #""extensions":{"code":"UNAUTHENTICATED"}}]}"#)
                #expect(try await client.hasNothing())
                #expect(await refusing.record.steps == steps)
            }
        }

        // MARK: Queries and mutations

        @Test(arguments: [
            ("{ one }", "", #"{"data":{"one":1}}"#),
            ("mutation { add(number: 2) }", "", #"{"data":{"add":1}}"#),
            (
                "query A { one } query B { two: one }", #","operationName":"B""#,
                #"{"data":{"two":1}}"#
            ),
            (
                "query ($t: String!) { echo(text: $t) }", #","variables":{"t":"é\n"}"#,
                #"{"data":{"echo":"é\n"}}"#
            ),
            (
                "{ one }", #","extensions":{"cost":true},"operationName":null,"variables":null"#,
                #"{"data":{"one":1},"extensions":{"cost":{"estimate":0}}}"#
            ),
            (
                "{ broken }", "",
                #"{"data":null,"errors":[{"message":"it is broken","locations":[{"line":1,"#
                    + #""column":3}],"path":["broken"]}]}"#
            ),
        ])
        func `an operation has one result and is complete`(
            document: String, rest: String, result: String
        ) async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("é", document, rest)
                #expect(try await client.nextText() == next("é", result))
                #expect(try await client.nextText() == complete("é"))
                #expect(try await client.hasNothing())
            }
        }

        @Test(arguments: [
            ("{", "", "Syntax Error: Expected Name, found <EOF>.", #""GRAPHQL_PARSE_FAILED""#),
            (
                "{ two }", "", #"Cannot query field \"two\" on type \"Query\"."#,
                #""GRAPHQL_VALIDATION_FAILED""#
            ),
            (
                "query ($t: String!) { echo(text: $t) }", "",
                #"Variable \"$t\" of required type \"String!\" was not provided."#,
                #""BAD_USER_INPUT","details":[{"path":["t"],"rule":"REQUIRED"}]"#
            ),
            (
                "query A { one }", #","operationName":"B""#, #"Unknown operation named \"B\"."#,
                #""OPERATION_RESOLUTION_FAILURE""#
            ),
        ])
        func `what cannot be executed is an error, and nothing follows`(
            document: String, rest: String, message: String, extensions: String
        ) async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", document, rest)
                let text = try await client.nextText()
                #expect(text.hasPrefix(#"{"id":"1","type":"error","payload":[{"message":""#))
                #expect(text.contains(message), "\(text)")
                #expect(text.contains(#""extensions":{"code":\#(extensions)}"#))
                #expect(text.hasSuffix("}]}"))
                #expect(try await client.hasNothing())
                // The id is free again.
                try await client.subscribe("1", "{ one }")
                #expect(try await client.nextText() == next("1", #"{"data":{"one":1}}"#))
            }
        }

        @Test func `operations run beside each other`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("slow", "{ wait }")
                for number in 0..<50 { try await client.subscribe("\(number)", "{ one }") }
                for number in 0..<50 {
                    #expect(
                        try await client.nextText() == next("\(number)", #"{"data":{"one":1}}"#))
                    #expect(try await client.nextText() == complete("\(number)"))
                }
            }
        }

        @Test func `an operation ends at its deadline`() async throws {
            var options = Theatre.Options()
            options.socket.endpoint.deadlineMilliseconds = 40
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "{ wait }")
                #expect(try await client.nextText().contains(#""code":"TIMEOUT""#))
                #expect(try await client.nextText() == complete("1"))
                try await client.subscribe("2", "subscription { slow }")
                #expect(try await client.nextText().contains(#""code":"TIMEOUT""#))
                #expect(try await client.nextText() == complete("2"))
            }
        }

        // MARK: Subscriptions

        @Test func `each event has a result`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { t: ticks }")
                let ticks = try await theatre.ticks()
                await ticks.send(1, 13, 2)
                #expect(
                    try await client.texts(3) == [
                        next("1", #"{"data":{"t":1}}"#),
                        next(
                            "1",
                            #"{"data":{"t":null},"errors":[{"message":"bad luck","locations":"#
                                + #"[{"line":1,"column":16}],"path":["t"]}]}"#),
                        next("1", #"{"data":{"t":2}}"#),
                    ])
                await ticks.send(3)
                #expect(try await client.nextText() == next("1", #"{"data":{"t":3}}"#))
                await ticks.finish()
                #expect(try await client.nextText() == complete("1"))
            }
        }

        @Test func `a subscription outlives the deadline of an operation`() async throws {
            var options = Theatre.Options()
            options.socket.endpoint.deadlineMilliseconds = 20
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { ticks }")
                let ticks = try await theatre.ticks()
                try await onLoop { try await EventLoop.sleep(milliseconds: 300) }
                await ticks.send(5)
                #expect(try await client.nextText() == next("1", #"{"data":{"ticks":5}}"#))
            }
        }

        @Test func `a subscription that cannot begin says why in its only result`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { refused }")
                #expect(
                    try await client.nextText()
                        == next(
                            "1",
                            #"{"errors":[{"message":"not today","locations":[{"line":1,"#
                                + #""column":16}],"path":["refused"]}]}"#))
                #expect(try await client.nextText() == complete("1"))
            }
        }

        @Test func `a stream that fails says so in its last result`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { ticks }")
                try await theatre.ticks().finish(.failure(GraphQLError("gone")))
                #expect(
                    try await client.nextText() == next("1", #"{"errors":[{"message":"gone"}]}"#))
                #expect(try await client.nextText() == complete("1"))
            }
        }

        // MARK: Completing

        @Test func `what the client completes says nothing more, and stops`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { ticks }")
                let ticks = try await theatre.ticks()
                try await client.complete("1")
                try await eventually("the end of the stream") { ticks.isCancelled }
                await ticks.send(1)
                try await client.subscribe("2", "{ wait }")
                try await eventually("the wait") { theatre.script.record.steps == ["wait"] }
                try await client.complete("2")
                try await eventually("its end") {
                    theatre.script.record.steps == ["wait", "cancelled"]
                }
                #expect(try await client.hasNothing())
                // Both ids are free again, and unknown ones mean nothing.
                try await client.complete("2")
                try await client.complete("unknown")
                for id in ["1", "2"] {
                    try await client.subscribe(id, "{ one }")
                    #expect(try await client.nextText() == next(id, #"{"data":{"one":1}}"#))
                    #expect(try await client.nextText() == complete(id))
                }
            }
        }

        @Test func `an id is used by one operation at a time`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { ticks }")
                let ticks = try await theatre.ticks()
                try await client.subscribe("1", "{ one }")
                #expect(
                    try await client.nextText() == "close 4409 Subscriber for 1 already exists")
                #expect(await ticks.isCancelled)
            }
        }

        @Test func `a long id does not make the reason too long`() async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                let id = String(repeating: "é", count: 100)
                try await client.subscribe(id, "{ wait }")
                try await client.subscribe(id, "{ wait }")
                guard case .close(4409, let reason) = try await client.next() else {
                    throw NeverHappened(what: "a close with 4409")
                }
                #expect(reason == "Subscriber for " + String(repeating: "é", count: 54))
            }
        }

        @Test(arguments: [true, false])
        func `a client that goes away ends its operations`(saysSo: Bool) async throws {
            try await Theatre.run { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "subscription { ticks }")
                try await client.subscribe("2", "{ wait }")
                let ticks = try await theatre.ticks()
                if saysSo {
                    try await client.send(ClientFrame.close(1000))
                } else {
                    client.connection.reset()
                }
                try await eventually("the end of both") {
                    ticks.isCancelled && theatre.script.record.steps == ["wait", "cancelled"]
                }
            }
        }

        // MARK: Limits

        @Test func `a connection has so many operations and no more`() async throws {
            var options = Theatre.Options()
            options.socket.maximumOperations = 2
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "{ wait }")
                try await client.subscribe("2", "subscription { ticks }")
                try await client.subscribe("3", "{ one }")
                #expect(
                    try await client.nextText()
                        == #"{"id":"3","type":"error","payload":[{"message":"A connection has at "#
                        + #"most 2 operations at once; wait for one to end.","extensions":"#
                        + #"{"code":"TOO_MANY_OPERATIONS"}}]}"#)
                try await client.complete("1")
                try await client.subscribe("3", "{ one }")
                #expect(try await client.nextText() == next("3", #"{"data":{"one":1}}"#))
            }
        }

        @Test func `a message that is too long ends the connection`() async throws {
            var options = Theatre.Options()
            options.webSocket.limits.maximumMessageBytes = 100
            try await Theatre.run(options) { theatre in
                let client = try await theatre.enter()
                try await client.subscribe("1", "{ one }" + String(repeating: " ", count: 100))
                #expect(
                    try await client.nextText() == "close 1009 A message is longer than 100 bytes.")
            }
        }

        @Test func `a client that does not read keeps its subscription waiting`() async throws {
            var options = Theatre.Options()
            options.webSocket.maximumQueuedBytes = 400_000
            try await Theatre.run(options) { theatre in
                let client = try await WebSocketClient.open(
                    try theatre.server.connect(receiveBufferBytes: 4_096), "/graphql",
                    subprotocol: GraphQLSocket.subprotocol)
                try await client.send(#"{"type":"connection_init"}"#)
                #expect(try await client.nextText() == #"{"type":"connection_ack"}"#)
                let alias = String(repeating: "t", count: 10_000)
                try await client.subscribe("1", "subscription { \(alias): ticks }")
                let ticks = try await theatre.ticks()
                for number in 0..<1_000 { await ticks.send(Int32(20 + number)) }
                try await eventually("a full queue") { ticks.waitsToBeRead }
                #expect(await ticks.remaining > 100)
                for number in 0..<1_000 {
                    #expect(
                        try await client.nextText()
                            == next("1", #"{"data":{"\#(alias)":\#(20 + number)}}"#))
                }
            }
        }
    }
}
