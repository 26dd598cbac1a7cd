import Bytes

/// Reads requests from a stream of bytes, in pieces of any size, and does nothing else.
///
/// Call `next` until it says `.needsMore`, then call it again with the bytes that follow. A
/// message gives `.head`, any number of `.body`, then `.end`. How the bytes are cut into pieces
/// changes nothing but the cuts between `.body` events. Beyond the limits nothing is kept: at most
/// a head and its trailers.
package struct RequestParser {
    package enum Event: Equatable {
        /// All input was taken.
        case needsMore
        /// `head` is read. `.body`, `.end` or `.fault` may follow.
        case head
        /// These positions of the input are body. `.body`, `.end` or `.fault` may follow.
        case body(Range<Int>)
        /// The message is over and `trailers` is read. `.head` or `.fault` may follow.
        case end
        /// Nothing follows but the same fault.
        case fault(RequestFault)
    }

    /// The last head read; meaningful from `.head` until the next message starts.
    package internal(set) var head = RequestHead()
    /// The trailers of the last chunked body; meaningful from `.end` until the next message.
    package internal(set) var trailers = HeaderFields()

    let limits: RequestLimits
    var state = State.between(emptyLines: 0)
    var chunk = ChunkLine()
    var framing = Framing()
    /// The head or the trailers being read, and how far its lines have been parsed.
    var section = HeaderFields()
    var lineStart = 0
    var searched = 0

    enum State {
        /// Then `emptyLine` or `head`.
        case between(emptyLines: Int)
        /// The CR of an empty line is taken. Then `between`.
        case emptyLine(before: Int)
        /// Then `content`, `chunkLine` or `ended`.
        case head
        /// So many bytes are to come, at least one. Then `ended`.
        case content(UInt64)
        /// Then `chunkData` or `trailers`.
        case chunkLine
        /// So many bytes are to come, at least one. Then `chunkEnd`.
        case chunkData(UInt64)
        /// Then `chunkEnd` with the CR taken, then `chunkLine`.
        case chunkEnd(hasCR: Bool)
        /// Then `ended`.
        case trailers
        /// All is read, `.end` is to be said. Then `between`.
        case ended
        /// For good.
        case failed(RequestFault)
    }

    package init(limits: RequestLimits = RequestLimits()) { self.limits = limits }

    /// Whether nothing of a next message has come, empty lines aside.
    package var isBetweenMessages: Bool {
        switch state {
        case .between, .emptyLine: true
        default: false
        }
    }

    /// Whether a message has come whole and only its `.end` is still to be said, for which no
    /// input is needed.
    package var owesEnd: Bool {
        if case .ended = state { true } else { false }
    }

    /// The memory set aside for heads and trailers, in bytes; at most a small multiple of the
    /// limits.
    package var reservedBytes: Int {
        head.fields.bytes.capacity + trailers.bytes.capacity + section.bytes.capacity
    }

    /// Moves the head out, so that it can outlive the message; the next one takes new memory.
    package mutating func takeHead() -> RequestHead {
        let taken = head
        head = RequestHead()
        return taken
    }

    /// Moves the head out and takes the memory of another for the next message.
    mutating func exchangeHead(with other: inout RequestHead) {
        swap(&head, &other)
        // So that two pieces of memory take turns, not three.
        swap(&head.fields, &section)
    }

    /// Takes bytes of `input` from `position` on, moves `position` behind them and says what they
    /// brought. O(bytes taken).
    package mutating func next(
        _ input: UnsafeRawBufferPointer, at position: inout Int
    ) -> Event {
        do throws(RequestFault) {
            while true {
                if let event = try step(input, &position) { return event }
            }
        } catch {
            state = .failed(error)
            return .fault(error)
        }
    }
}

extension RequestParser {
    /// Runs the present state to its end or to the end of `input`; nil when another state follows.
    private mutating func step(
        _ input: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(RequestFault) -> Event? {
        switch state {
        case .ended:
            state = .between(emptyLines: 0)
            return .end
        case .failed(let fault): throw fault
        case _ where position == input.count: return .needsMore
        case .between(let emptyLines): try begin(input[position], emptyLines, &position)
        case .emptyLine(let before): try endEmptyLine(input[position], before, &position)
        case .head:
            guard try collect(input, &position, isTrailers: false) else { return .needsMore }
            try finishHead()
            return .head
        case .content(let rest):
            let range = take(rest, input, &position)
            state = rest > range.count ? .content(rest - UInt64(range.count)) : .ended
            return .body(range)
        case .chunkLine: try stepChunkLine(input, &position)
        case .chunkData(let rest):
            let range = take(rest, input, &position)
            let isLast = rest == range.count
            state = isLast ? .chunkEnd(hasCR: false) : .chunkData(rest - UInt64(range.count))
            return .body(range)
        case .chunkEnd(let hasCR): try stepChunkEnd(input[position], hasCR, &position)
        case .trailers:
            guard try collect(input, &position, isTrailers: true) else { return .needsMore }
            swap(&trailers, &section)
            state = .ended
        }
        return nil
    }

    /// The positions of at most `rest` bytes from `position` on.
    private func take(
        _ rest: UInt64, _ input: UnsafeRawBufferPointer, _ position: inout Int
    ) -> Range<Int> {
        let start = position
        position += Int(min(rest, UInt64(input.count - start)))
        return start..<position
    }

    /// RFC 9112 section 2.2: empty lines before a request line are passed over, within a limit.
    private mutating func begin(
        _ byte: UInt8, _ emptyLines: Int, _ position: inout Int
    ) throws(RequestFault) {
        if byte == 0x0D {
            guard emptyLines < limits.maximumEmptyLines else {
                throw .badRequest("Too many empty lines come before a request; send none.")
            }
            position += 1
            state = .emptyLine(before: emptyLines)
            return
        }
        guard byte.isToken else { throw RequestLine.badMethod }
        if !trailers.isEmpty { trailers.removeAll() }
        framing = Framing()
        chunk = ChunkLine()
        beginSection()
        state = .head
    }

    private mutating func endEmptyLine(
        _ byte: UInt8, _ before: Int, _ position: inout Int
    ) throws(RequestFault) {
        guard byte == 0x0A else { throw Self.bareCR }
        position += 1
        state = .between(emptyLines: before + 1)
    }

    private mutating func finishHead() throws(RequestFault) {
        swap(&head.fields, &section)
        try framing.finish(&head)
        if head.isChunked {
            state = .chunkLine
        } else if let length = head.contentLength, length > 0 {
            state = .content(length)
        } else {
            state = .ended
        }
    }

    static let bareCR = RequestFault.badRequest(
        "A carriage return stands without a line feed; end lines with CRLF.")
    static let bareLF = RequestFault.badRequest(
        "A line feed stands without a carriage return; end lines with CRLF.")
}
