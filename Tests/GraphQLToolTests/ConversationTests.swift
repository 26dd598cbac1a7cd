import Glibc
import TestSupport
import Testing

@testable import GraphQLTool

@Suite struct ConversationTests {
    private static let ok = #"{"ok":true}"#
    private static let request = #"{"op":"parse","source":"{a}"}"#

    @Test func `requests are answered in order, and bad ones do not end the conversation`()
        async throws
    {
        let requests = [
            Self.request, "oops", #"{"op":"print","source":"{a}"}"#, "", " \t\r", "\u{0}",
            Self.request,
        ]
        #expect(
            await answers(to: requests.joined(separator: "\n")) == [
                Self.ok,
                #"{"error":{"message":"Line 2: Expected a value, found \"o\" (byte 0)."}}"#,
                #"{"printed":"{\n  a\n}"}"#,
                #"{"error":{"message":"Line 6: Expected a value, found U+0000 (byte 0)."}}"#,
                Self.ok,
            ])
    }

    @Test func `lines may end as they do on Windows, and the last one need not end`() async throws {
        #expect(await answers(to: Self.request + "\r\n" + Self.request) == [Self.ok, Self.ok])
        #expect(await answers(to: Self.request + "\n") == [Self.ok])
        #expect(await answers(to: "") == [])
        #expect(await answers(to: "\n\n") == [])
    }

    @Test func `how the bytes are cut changes nothing`() async throws {
        let requests = Array(
            """
            {"op":"print","source":"{ größe(a: \\"😀\\") }"}

            {"op":"parse","source":"{"}
            nonsense
            {"op":"parse","source":"{a}"}
            """.utf8)
        let whole = await answers(to: requests)
        #expect(whole.count == 4)
        for pieceBytes in 1...requests.count {
            #expect(await answers(to: requests, pieceBytes: pieceBytes) == whole)
        }
    }

    @Test func `a line that is too long is answered once and passed over`() async throws {
        var limits = ConversationLimits()
        limits.maximumLineBytes = Self.request.utf8.count
        let requests = Array("\(Self.request)\n\(Self.request) \n\(Self.request)\n".utf8)
        let expected = [
            Self.ok,
            #"{"error":{"message":"Line 2: A request must not be longer than 29 bytes."}}"#,
            Self.ok,
        ]
        for pieceBytes in [1, 2, 7, 29, 30, 31, .max] {
            #expect(await answers(to: requests, pieceBytes: pieceBytes, limits: limits) == expected)
        }
        let endless = [UInt8](repeating: 0x20, count: 1000)
        #expect(await answers(to: endless, pieceBytes: 10, limits: limits).count == 1)
    }

    @Test func `random bytes are answered line by line`() async throws {
        var random = SystemRandomNumberGenerator()
        let request = Array(Self.request.utf8)
        for _ in 0..<300 {
            var bytes: [UInt8] = []
            for _ in 0..<10 {
                var line = request
                let place = Int.random(in: 0..<line.count, using: &random)
                repeat {
                    line[place] = .random(in: 0...255, using: &random)
                } while line[place] == 10
                bytes += line + [10]
            }
            let lines = await answers(to: bytes)
            #expect(lines.count == 10)
            #expect(lines.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        }
    }

    @Test func `answers come while the input pauses`() async throws {
        LoopThread.start()
        let requests = Pipe()
        let replies = Pipe()
        try await onThread {
            let conversation = Self.conversation(requests, replies)
            requests.send(Self.request + "\n" + Self.request.prefix(10))
            #expect(replies.receive() == Self.ok + "\n")
            requests.send(Self.request.dropFirst(10) + "\n" + Self.request)
            #expect(replies.receive() == Self.ok + "\n")
            close(requests.writer)
            #expect(replies.receive() == Self.ok + "\n")
            #expect(replies.receive() == "")
            conversation.join()
        }
    }

    @Test func `many answers are sent while requests are still waiting`() async throws {
        LoopThread.start()
        let requests = Pipe()
        let replies = Pipe()
        let count = 20_000
        let received = try await onThread {
            let conversation = Self.conversation(requests, replies)
            let asking = Thread {
                for _ in 0..<count { requests.send(Self.request + "\n") }
                close(requests.writer)
            }
            var received = 0
            while case let text = replies.receive(), !text.isEmpty {
                received += text.utf8.count
            }
            asking.join()
            conversation.join()
            return received
        }
        #expect(received == count * (Self.ok.utf8.count + 1))
    }

    @Test func `a stream that cannot be used is named with the reason`() async throws {
        LoopThread.start()
        try await onThread {
            let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
            defer { close(null) }
            let pipe = Pipe()
            pipe.send(Self.request)
            close(pipe.writer)
            #expect(
                throws: StreamFault(reason: "Answers cannot be written: Bad file descriptor")
            ) { try converse(from: pipe.reader, to: null) }
            #expect(
                throws: StreamFault(reason: "Requests cannot be read: Bad file descriptor")
            ) { try converse(from: -1, to: null) }
        }
    }

    /// A conversation over pipes that ends with the requests.
    private static func conversation(_ requests: Pipe, _ replies: Pipe) -> Thread {
        Thread {
            defer { close(replies.writer) }
            do {
                try converse(from: requests.reader, to: replies.writer)
            } catch {
                Issue.record(error)
            }
        }
    }
}
