import Bytes
import Testing

@testable import Redis

@Suite struct RedisReaderTests {
    private static let stream =
        "+OK\r\n:-7\r\n$3\r\na\r\n\r\n*3\r\n:1\r\n:2\r\n$-1\r\n-NOSCRIPT no\r\n"
    private static let replies: [RedisReply] = [
        .text(Array("OK".utf8)), .integer(-7), .text(Array("a\r\n".utf8)),
        .array([.integer(1), .integer(2), .null]), .error("NOSCRIPT no"),
    ]

    private func read(_ pieces: [[UInt8]]) throws -> [RedisReply] {
        var reader = RedisReader()
        var replies: [RedisReply] = []
        for piece in pieces {
            piece.withUnsafeBytes { reader.append($0) }
            while let reply = try reader.next() { replies.append(reply) }
        }
        return replies
    }

    @Test func `replies are read however they are cut`() throws {
        let bytes = Array(Self.stream.utf8)
        #expect(try read([bytes]) == Self.replies)
        #expect(try read(bytes.map { [$0] }) == Self.replies)
    }

    @Test func `what is no reply is a fault`() {
        #expect(throws: RedisError.unreachable("what it sends is not Redis")) {
            try read([Array("HTTP/1.1 400 Bad Request\r\n".utf8)])
        }
    }

    @Test func `only arrays of numbers are numbers`() {
        #expect(RedisReply.array([.integer(1), .integer(2)]).integers == [1, 2])
        #expect(RedisReply.array([.integer(1), .null]).integers == nil)
        #expect(RedisReply.integer(1).integers == nil)
    }

    @Test func `a call is sent by its digest, and again by its source`() {
        let call = ScriptCall(keys: ["k"], arguments: [12])
        var output = ByteBuffer()
        call.write(digest: Array("abc".utf8), to: &output)
        let rest = "$1\r\n1\r\n$1\r\nk\r\n$2\r\n12\r\n"
        #expect(
            String(decoding: output.array(), as: UTF8.self)
                == "*5\r\n$7\r\nEVALSHA\r\n$3\r\nabc\r\n\(rest)")
        output.removeAll()
        call.write(RedisScript("return 1", tryingKeys: [], arguments: []), to: &output)
        #expect(
            String(decoding: output.array(), as: UTF8.self)
                == "*5\r\n$4\r\nEVAL\r\n$8\r\nreturn 1\r\n\(rest)")
    }
}
