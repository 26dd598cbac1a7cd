import HTTP
import Reactor
import TestSupport
import Testing

extension ServerSuite {
    @Suite struct PipeliningTests {
        private func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n" }

        @Test func `answers come in the order of the requests, one at a time`() async throws {
            let (record, door) = (Record(), Door())
            let handler: Handler = { request in
                let path = String(decoding: request.head.path, as: UTF8.self)
                record.add("begin \(path)")
                if path == "/1" { await door.pass() }
                record.add("end \(path)")
                return .text(path)
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await client.send(get("/1") + get("/2") + get("/3"))
                try await eventually("the first request") { door.waiting == 1 }
                await #expect(record.steps == ["begin /1"])
                await door.open()
                for path in ["/1", "/2", "/3"] {
                    #expect(try await client.response().text == path)
                }
                await #expect(
                    record.steps.suffix(4) == ["begin /2", "end /2", "begin /3", "end /3"])
            }
        }

        @Test func `thousands of requests in one go are all answered`() async throws {
            let handler: Handler = { request in
                let path = String(decoding: request.head.path, as: UTF8.self)
                if path.hasSuffix("7") { await Task.yield() }
                return .text(path)
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                let paths = (1...5_000).map { "/\($0)" }
                async let sent = client.send([UInt8](paths.map(get).joined().utf8))
                for path in paths { #expect(try await client.response().text == path) }
                #expect(try await sent == paths.map(get).joined().utf8.count)
            }
        }

        @Test func `behind a request that runs only so much more is read`() async throws {
            let door = Door()
            let handler: Handler = { _ in
                await door.pass()
                return .text("done")
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                // The first piece is small, so that reading goes on behind it.
                try await client.send(get("/1") + get("/2"))
                try await eventually("the first request") { door.waiting == 1 }
                let flood = [UInt8](repeating: 0x61, count: 67_108_864)
                let taken = try await client.sendUntilBlocked(flood)
                // What the system's buffers hold, and little more.
                #expect(taken < flood.count / 2)
                await door.open()
            }
        }

        @Test func `a peer that takes its answers late gets them all`() async throws {
            let large = [UInt8](repeating: 0x61, count: 100_000)
            try await TestServer.run(handler: { _ in .json(large) }) { server in
                let client = try server.connect(receiveBufferBytes: 65_536)
                let count = 200
                try await client.send((0..<count).map { get("/\($0)") }.joined())
                for _ in 0..<count { #expect(try await client.response().body.count == 100_000) }
                try await client.send(get("/"))
                #expect(try await client.response().body.count == 100_000)
            }
        }

        @Test func `requests behind the end of the input are still answered`() async throws {
            let door = Door()
            let handler: Handler = { request in
                if request.head.path == [0x2F, 0x31] { await door.pass() }
                if request.head.path == [0x2F, 0x32] { await Task.yield() }
                return .text(String(decoding: request.head.path, as: UTF8.self))
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await client.send(get("/1") + get("/2") + get("/3") + "GET /4 HT")
                client.finishSending()
                try await eventually("the first request") { door.waiting == 1 }
                await door.open()
                let responses = try await client.responsesToEnd()
                #expect(responses.map(\.text) == ["/1", "/2", "/3"])
            }
        }

        @Test func `a continue line does not cut into the answer before it`() async throws {
            let large = [UInt8](repeating: 0x61, count: 200_000)
            let handler: Handler = { request in
                request.method == .get ? .json(large) : .json(try await request.body.collect())
            }
            try await TestServer.run(handler: handler) { server in
                // Small enough for the large answers to wait in the server.
                let client = try server.connect(receiveBufferBytes: 4_096)
                let count = 40
                for _ in 0..<count {
                    try await client.send(
                        get("/") + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                            + "Expect: 100-continue\r\n\r\n")
                    #expect(try await client.response().body == large)
                    #expect(try await client.response().status == 100)
                    try await client.send("x")
                    #expect(try await client.response().text == "x")
                }
            }
        }
    }
}
