import Reactor
import TestSupport
import Testing

@testable import HTTP

extension ServerSuite {
    /// Each with settings so small that it takes but a moment, and with no bound from above.
    @Suite struct TimeoutTests {
        private let echo: Handler = { .json(try await $0.body.collect()) }

        @Test func `a head that does not end is refused`() async throws {
            var settings = ServerSettings()
            settings.headerTimeoutMilliseconds = 50
            try await TestServer.run(settings, handler: echo) { server in
                let first = try await server.exchange("GET / HTTP/1.1\r\nHost")
                #expect(first.map(\.refusal) == ["408 HEADER_TIMEOUT"])
                let second = try await server.exchange(
                    "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHo")
                #expect(second.map(\.status) == [200, 408])
            }
        }

        @Test func `a connection without a request is closed without a word`() async throws {
            var settings = ServerSettings()
            (settings.headerTimeoutMilliseconds, settings.idleTimeoutMilliseconds) = (50, 50)
            try await TestServer.run(settings, handler: echo) { server in
                #expect(try await server.exchange("").isEmpty)
                let used = try await server.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(used.map(\.status) == [200])
            }
        }

        @Test func `a body that does not come is refused`() async throws {
            var settings = ServerSettings()
            settings.bodyTimeoutMilliseconds = 50
            try await TestServer.run(settings, handler: echo) { server in
                for text in ["", "a"] {
                    let got = try await server.exchange(
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n" + text)
                    #expect(got.map(\.refusal) == ["408 BODY_TIMEOUT"])
                    #expect(got.first?["connection"] == "close")
                }
            }
        }

        @Test func `a body below the lowest rate is refused while it drips`() async throws {
            var settings = ServerSettings()
            settings.bodyTimeoutMilliseconds = 50
            settings.minimumBytesPerSecond = 1_000_000
            try await TestServer.run(settings, handler: echo) { server in
                let client = try server.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n")
                async let responses = client.responsesToEnd()
                var dripped = 0
                while await server.http.requestsRunning == 1, dripped < 9_000 {
                    dripped += try await client.send([0x61])
                    try await onLoop { try await EventLoop.sleep(milliseconds: 5) }
                }
                #expect(try await responses.map(\.refusal) == ["408 BODY_TIMEOUT"])
            }
        }

        @Test func `time that the handler lets a body wait is not the peer's`() async throws {
            var settings = ServerSettings()
            settings.bodyTimeoutMilliseconds = 1_000
            settings.minimumBytesPerSecond = 1_000_000
            let handler: Handler = { request in
                // Twice what the wheel needs to see a deadline that has passed.
                try await EventLoop.sleep(milliseconds: 2_500)
                return .text("\(try await request.body.collect().count)")
            }
            try await TestServer.run(settings, handler: handler) { server in
                let client = try server.connect()
                let size = 1_000_000
                try await client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n")
                try await client.send([UInt8](repeating: 1, count: size))
                #expect(try await client.response().text == "\(size)")
            }
        }

        @Test func `time that the peer lets a handler wait is not the handler's`() async throws {
            var settings = ServerSettings()
            settings.requestTimeoutMilliseconds = 100
            let handler: Handler = { request in
                let body = try await request.body.collect()
                try Task.checkCancellation()
                return .json(body)
            }
            try await TestServer.run(settings, handler: handler) { server in
                let client = try server.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n")
                for _ in 0..<6 {
                    try await onLoop { try await EventLoop.sleep(milliseconds: 80) }
                    try await client.send("a")
                }
                #expect(try await client.response().text == "aaaaaa")
            }
        }

        @Test func `a peer that takes nothing of its answer is cut`() async throws {
            var settings = ServerSettings()
            settings.sendTimeoutMilliseconds = 50
            let handler: Handler = { _ in
                .json([UInt8](repeating: 0x61, count: 33_554_432))
            }
            try await TestServer.run(settings, handler: handler) { server in
                let client = try server.connect(receiveBufferBytes: 4_096)
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                try await eventually("an open connection") { server.http.openConnections == 1 }
                try await eventually("the cut") { server.http.openConnections == 0 }
            }
        }

        @Test func `a peer that takes its answer drop by drop is cut`() async throws {
            var settings = ServerSettings()
            settings.sendTimeoutMilliseconds = 50
            settings.minimumBytesPerSecond = 1_000_000_000
            let handler: Handler = { _ in
                .json([UInt8](repeating: 0x61, count: 33_554_432))
            }
            try await TestServer.run(settings, handler: handler) { server in
                let client = try server.connect(receiveBufferBytes: 4_096)
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                try await eventually("an open connection") { server.http.openConnections == 1 }
                // It never stops taking, only too slowly: far longer than it may.
                for _ in 0..<200 where await server.http.openConnections == 1 {
                    _ = try await client.bytes(20_000)
                    try await onLoop { try await EventLoop.sleep(milliseconds: 10) }
                }
                try await eventually("the cut") { server.http.openConnections == 0 }
            }
        }

        @Test func `a slow but steady reader outlives the idle time`() async throws {
            var settings = ServerSettings()
            settings.idleTimeoutMilliseconds = 50
            let (size, step) = (8_388_608, 1_048_576)
            let handler: Handler = { _ in .json([UInt8](repeating: 0x61, count: size)) }
            try await TestServer.run(settings, handler: handler) { server in
                let client = try server.connect(receiveBufferBytes: 4_096)
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                var taken = 0
                for _ in 0..<7 {
                    taken += try await client.bytes(step).count
                    try await onLoop { try await EventLoop.sleep(milliseconds: 60) }
                }
                #expect(try await client.bytes(size - taken).count == size - taken)
            }
        }

        @Test func `a request that takes too long is cancelled and answered`() async throws {
            var settings = ServerSettings()
            settings.requestTimeoutMilliseconds = 50
            let record = Record()
            let handler: Handler = { _ in
                do { try await EventLoop.sleep(milliseconds: 60_000) } catch {
                    record.add("\(error)")
                    throw error
                }
                return .text("")
            }
            try await TestServer.run(settings, handler: handler) { server in
                let client = try server.connect()
                for _ in 0..<2 {
                    try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    #expect(try await client.response().refusal == "503 TIMEOUT")
                }
                await #expect(record.steps == ["CancellationError()", "CancellationError()"])
            }
        }
    }
}
