import HTTP

/// What a parser said about a stream, without the cuts between pieces: two transcripts of one
/// stream are equal, however it was cut. Shared by the tests and the fuzzer.
struct Transcript: Equatable {
    enum Step: Equatable {
        case head(Head)
        case body([UInt8])
        case end(trailers: [String])
        case fault(RequestFault)
    }

    struct Head: Equatable {
        var method: Method
        var version: HTTPVersion
        var target: String
        var path: String
        var query: String
        var host: String
        var fields: [String]
        var contentLength: UInt64?
        /// Chunked, keeps alive, expects continue, wants upgrade.
        var flags: [Bool]
        var bytes: [UInt8]
    }

    private(set) var steps: [Step] = []
    /// Whether the stream ended between two messages.
    private(set) var isBetweenMessages = true

    /// Feeds `pieces` to a new parser, each in memory of its own, up to the end or a fault.
    init(of pieces: some Sequence<ArraySlice<UInt8>>, limits: RequestLimits) {
        var parser = RequestParser(limits: limits)
        for piece in pieces {
            let isOver = [UInt8](piece).withUnsafeBytes { take($0, &parser, limits) }
            if isOver { break }
        }
        isBetweenMessages = parser.isBetweenMessages
    }

    /// Adds the events of one piece; true after a fault.
    private mutating func take(
        _ input: UnsafeRawBufferPointer, _ parser: inout RequestParser, _ limits: RequestLimits
    ) -> Bool {
        var position = 0
        while true {
            let start = position
            let event = parser.next(input, at: &position)
            // Three sections, each of them with the room that an array grows ahead.
            let limit = max(limits.maximumHeadBytes, limits.maximumTrailerBytes)
            precondition(parser.reservedBytes <= 3 * (2 * limit + 64), "too much memory")
            precondition(parser.trailers.bytes.count <= limits.maximumTrailerBytes)
            precondition(start <= position && position <= input.count, "position out of bounds")
            switch event {
            case .needsMore:
                precondition(position == input.count, "input was left behind")
                return false
            case .head: steps.append(.head(Head(parser.head, limits)))
            case .body(let range):
                precondition(start <= range.lowerBound && !range.isEmpty, "body out of bounds")
                precondition(range.upperBound == position, "body out of bounds")
                append(body: input[range])
            case .end: steps.append(.end(trailers: Self.lines(of: parser.trailers)))
            case .fault(let fault):
                precondition(parser.next(input, at: &position) == event, "a fault must repeat")
                steps.append(.fault(fault))
                return true
            }
        }
    }

    private mutating func append(body: Slice<UnsafeRawBufferPointer>) {
        if case .body(let bytes) = steps.last {
            steps[steps.count - 1] = .body(bytes + body)
        } else {
            steps.append(.body([UInt8](body)))
        }
    }

    static func lines(of fields: HeaderFields) -> [String] {
        (0..<fields.count).map { index in
            let name = String(decoding: fields.name(at: index), as: UTF8.self)
            return name + ": " + String(decoding: fields.value(at: index), as: UTF8.self)
        }
    }
}

extension Transcript.Head {
    init(_ head: RequestHead, _ limits: RequestLimits) {
        precondition(head.bytes.count <= limits.maximumHeadBytes, "a head passes its limit")
        precondition(head.fields.count <= limits.maximumFields, "too many fields")
        method = head.method
        version = head.version
        target = String(decoding: head.target, as: UTF8.self)
        path = String(decoding: head.path, as: UTF8.self)
        query = String(decoding: head.query, as: UTF8.self)
        host = String(decoding: head.host, as: UTF8.self)
        fields = Transcript.lines(of: head.fields)
        contentLength = head.contentLength
        flags = [head.isChunked, head.keepsAlive, head.expectsContinue, head.wantsUpgrade]
        bytes = head.bytes
    }
}

extension Transcript {
    /// The transcripts of one stream: whole, byte by byte, and cut in places that `seed` chooses.
    static func all(
        of stream: [UInt8], limits: RequestLimits, seed: UInt64
    ) -> (whole: Transcript, bytewise: Transcript, cut: Transcript) {
        let bytes = stream.indices.map { stream[$0...$0] }
        return (
            Transcript(of: [stream[...]], limits: limits),
            Transcript(of: bytes, limits: limits),
            Transcript(of: pieces(of: stream, seed: seed), limits: limits)
        )
    }

    /// Short and long pieces, some of them empty.
    private static func pieces(of stream: [UInt8], seed: UInt64) -> [ArraySlice<UInt8>] {
        var random = SeededGenerator(seed: seed)
        var pieces: [ArraySlice<UInt8>] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let longest = Bool.random(using: &random) ? 4 : max(4, stream.count / 2)
            let piece = rest.prefix(Int.random(in: 0...longest, using: &random))
            pieces.append(piece)
            rest = rest[piece.endIndex...]
        }
        return pieces
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
