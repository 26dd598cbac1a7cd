import Reactor
import TestSupport
import Testing

@testable import HTTP

extension ServerSuite {
    /// Peers that go away, and servers that do.
    @Suite struct DepartureTests {
        private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

        private func sleeper(_ record: Record) -> Handler {
            { _ in
                record.add("began")
                do { try await EventLoop.sleep(milliseconds: 60_000) } catch {
                    record.add("\(error)")
                    throw error
                }
                return .text("")
            }
        }

        @Test func `a peer that vanishes cancels its request`() async throws {
            let record = Record()
            try await TestServer.run(handler: sleeper(record)) { server in
                let client = try server.connect()
                try await client.send(get)
                try await eventually("the request") { record.steps == ["began"] }
                client.reset()
                try await eventually("its end") { server.http.requestsRunning == 0 }
                await #expect(record.steps == ["began", "CancellationError()"])
                await #expect(server.http.openConnections == 0)
            }
        }

        @Test func `a peer that has closed its side gets a quick answer`() async throws {
            let door = Door()
            let handler: Handler = { _ in
                await door.pass()
                return .text("quick")
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await client.send(get)
                client.finishSending()
                try await eventually("the request") { door.waiting == 1 }
                await door.open()
                #expect(try await client.responsesToEnd().map(\.text) == ["quick"])
            }
        }

        @Test func `a peer that has closed its side is not waited with for long`() async throws {
            var settings = ServerSettings()
            settings.halfClosedMilliseconds = 50
            let record = Record()
            try await TestServer.run(settings, handler: sleeper(record)) { server in
                let client = try server.connect()
                try await client.send(get)
                client.finishSending()
                let responses = try await client.responsesToEnd()
                #expect(responses.map(\.refusal) == ["503 TIMEOUT"])
                await #expect(record.steps == ["began", "CancellationError()"])
            }
        }

        @Test func `a body that its sender cuts short is refused`() async throws {
            let echo: Handler = { .json(try await $0.body.collect()) }
            try await TestServer.run(handler: echo) { server in
                let client = try server.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
                client.finishSending()
                let responses = try await client.responsesToEnd()
                #expect(responses.map(\.refusal) == ["400 BODY_CUT_SHORT"])
            }
        }

        @Test func `an unread body that its sender cuts short ends the connection`() async throws {
            try await TestServer.run(handler: { _ in .text("no") }) { server in
                let client = try server.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na")
                #expect(try await client.response().text == "no")
                client.finishSending()
                #expect(try await client.hasEnded())
            }
        }

        @Test func `a producer whose peer has gone is told`() async throws {
            let record = Record()
            let handler: Handler = { _ in
                Response(
                    body: .stream(length: nil) { writer in
                        do {
                            while true {
                                try await writer.write([UInt8](repeating: 1, count: 9_999))
                            }
                        } catch {
                            record.add("\(error)")
                            throw error
                        }
                    })
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await client.send(get)
                _ = try await client.bytes(100)
                client.reset()
                try await eventually("the news") { record.steps == ["ConnectionLost()"] }
                try await eventually("the end") { server.http.requestsRunning == 0 }
            }
        }

        @Test func `draining lets requests finish and idle connections go`() async throws {
            var settings = ServerSettings()
            settings.drainIdleMilliseconds = 50
            let door = Door()
            let handler: Handler = { request in
                if request.head.path.count > 1 { await door.pass() }
                return .text("done")
            }
            try await TestServer.run(settings, handler: handler) { server in
                let (busy, idle, fresh) = try (server.connect(), server.connect(), server.connect())
                try await busy.send("GET /busy HTTP/1.1\r\nHost: a\r\n\r\n")
                try await idle.send(get)
                _ = try await idle.response()
                try await eventually("three connections and one request") {
                    server.http.openConnections == 3 && door.waiting == 1
                }
                async let cut = onLoop {
                    await server.http.finishDraining(withinMilliseconds: 60_000)
                }
                #expect(try await idle.hasEnded())
                #expect(try await fresh.hasEnded())
                await #expect(server.http.openConnections == 1)
                await door.open()
                let last = try await busy.responsesToEnd()
                #expect(last.map(\.text) == ["done"])
                #expect(last.first?["connection"] == "close")
                #expect(try await cut == 0)
            }
        }

        @Test func `a request on an idle connection is still taken while draining`() async throws {
            try await TestServer.run(handler: { _ in .text("late") }) { server in
                let client = try server.connect()
                try await client.send(get)
                _ = try await client.response()
                await server.http.beginDraining()
                try await client.send(get)
                let last = try await client.responsesToEnd()
                #expect(last.map { $0["connection"] } == ["close"])
            }
        }

        @Test func `an unread body does not keep a draining server`() async throws {
            var settings = ServerSettings()
            settings.drainIdleMilliseconds = 50
            try await TestServer.run(settings, handler: { _ in .text("no") }) { server in
                let client = try server.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n")
                _ = try await client.response()
                async let cut = onLoop {
                    await server.http.finishDraining(withinMilliseconds: 60_000)
                }
                try await eventually("the drain") { server.http.isDraining }
                try await client.send("abc")
                #expect(try await client.hasEnded())
                #expect(try await cut == 0)
            }
        }

        @Test func `what does not end in time is cut and counted`() async throws {
            let record = Record()
            try await TestServer.run(handler: sleeper(record)) { server in
                let clients = try (0..<3).map { _ in try server.connect() }
                for client in clients.dropFirst() { try await client.send(get) }
                try await eventually("the requests") {
                    record.steps == ["began", "began"] && server.http.openConnections == 3
                }
                #expect(
                    try await onLoop { await server.http.finishDraining(withinMilliseconds: 50) }
                        == 2)
                await #expect(server.http.openConnections == 0)
                for client in clients { #expect(try await client.hasEnded()) }
                try await eventually("both requests' ends") { record.steps.count == 4 }
            }
        }

        @Test func `connections that come and go leave nothing behind`() async throws {
            let seen = Seen()
            let handler: Handler = { request in
                seen.add(request)
                return .json(try await request.body.collect())
            }
            try await TestServer.run(handler: handler) { server in
                for round in 0..<60 {
                    let client = try server.connect()
                    try await client.send(
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
                    if round % 3 == 0 { client.reset() }
                    if round % 3 == 1 {
                        try await client.send("c")
                        _ = try await client.response()
                    }
                }
                try await eventually("no connection") { server.http.openConnections == 0 }
                try await eventually("no request") { seen.living == 0 }
                await #expect(server.http.requestsRunning == 0)
                await #expect(server.http.wheel.count == 0)
            }
        }

        @EventLoop private final class Seen {
            private struct Weak {
                weak var request: Request?
                weak var body: ByteStream?
            }

            private var seen: [Weak] = []
            nonisolated init() {}

            func add(_ request: Request) { seen.append(Weak(request: request, body: request.body)) }
            var living: Int { seen.count { $0.request != nil || $0.body != nil } }
        }
    }
}
