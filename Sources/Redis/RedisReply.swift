import CHiredis

/// What a Redis answers (RESP2).
package enum RedisReply: Equatable, Sendable {
    case integer(Int)
    /// A simple or a bulk string.
    case text([UInt8])
    case error(String)
    case null
    case array([RedisReply])

    /// The numbers of an array of nothing else.
    package var integers: [Int]? {
        guard case .array(let items) = self else { return nil }
        var numbers: [Int] = []
        numbers.reserveCapacity(items.count)
        for item in items {
            guard case .integer(let number) = item else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}

extension RedisReply {
    /// Copies what hiredis has read. It limits how deep arrays nest.
    init(_ reply: UnsafeMutablePointer<redisReply>) {
        let fields = reply.pointee
        switch fields.type {
        case REDIS_REPLY_INTEGER: self = .integer(Int(fields.integer))
        case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: self = .text(Self.bytes(fields))
        case REDIS_REPLY_ERROR:
            self = .error(String(decoding: Self.bytes(fields), as: UTF8.self))
        case REDIS_REPLY_ARRAY:
            let items = UnsafeBufferPointer(start: fields.element, count: Int(fields.elements))
            self = .array(items.compactMap { $0.map { RedisReply($0) } })
        default: self = .null
        }
    }

    private static func bytes(_ fields: redisReply) -> [UInt8] {
        guard let text = fields.str else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: text, count: Int(fields.len)))
    }
}

/// Cuts what a Redis sends into replies, whatever the pieces it comes in.
struct RedisReader: ~Copyable {
    private let reader: UnsafeMutablePointer<redisReader>

    init() {
        guard let reader = redisReaderCreate() else { preconditionFailure("out of memory") }
        self.reader = reader
    }

    deinit { redisReaderFree(reader) }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        // What fails is told by the next reply.
        _ = redisReaderFeed(reader, bytes.baseAddress, bytes.count)
    }

    /// The next reply; nothing while it is not whole. Throws where what came is none.
    mutating func next() throws(RedisError) -> RedisReply? {
        var reply: UnsafeMutableRawPointer?
        guard redisReaderGetReply(reader, &reply) == REDIS_OK else {
            throw .unreachable("what it sends is not Redis")
        }
        guard let reply else { return nil }
        defer { freeReplyObject(reply) }
        return RedisReply(reply.assumingMemoryBound(to: redisReply.self))
    }
}
