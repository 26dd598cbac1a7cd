import Bytes
import Glibc
import JSON
import Reactor

/// Requests in, a line of JSON each, and answers out, a line each and in the same order. How the
/// bytes are cut changes nothing. Blank lines are passed over.
@EventLoop struct Conversation: ~Copyable {
    /// What is to be sent.
    var answers = ByteBuffer()
    let limits: ConversationLimits
    private let shelf = SchemaShelf()
    /// The beginning of a line whose end is not there yet.
    private var beginning: [UInt8] = []
    private var lineNumber = 1
    /// Whether the line being read has already been answered, since it is too long.
    private var isPassingOver = false

    nonisolated init(limits: ConversationLimits = ConversationLimits()) { self.limits = limits }

    /// Takes `bytes` and answers the lines that end in them, until the answers are many.
    mutating func answerLines(of bytes: inout ArraySlice<UInt8>) {
        let count = bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !hasManyAnswers, answerLine(of: &rest) {}
            return bytes.count - rest.count
        }
        bytes = bytes.dropFirst(count)
    }

    /// Whether the answers are to be sent before more lines are taken.
    var hasManyAnswers: Bool { answers.count >= limits.flushBytes }

    mutating func takeAnswers() -> [UInt8] {
        defer { answers.removeAll() }
        return answers.array()
    }

    /// Takes one line from the front of `bytes` and answers it. If no line ends in them, keeps all
    /// of them for later and returns false.
    private mutating func answerLine(of bytes: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        let end = bytes.lineEnd
        keep(bytes[..<(end ?? bytes.endIndex)])
        bytes = bytes[(end.map { $0 + 1 } ?? bytes.endIndex)...]
        if end != nil { endLine() }
        return end != nil
    }

    /// Answers what stands behind the last line feed.
    mutating func finish() { endLine() }

    private mutating func keep(_ bytes: Slice<UnsafeRawBufferPointer>) {
        guard !isPassingOver else { return }
        if beginning.count + bytes.count <= limits.maximumLineBytes {
            beginning.append(contentsOf: bytes)
        } else {
            let limit = limits.maximumLineBytes
            appendFailure("A request must not be longer than \(limit) bytes")
            beginning = []
            isPassingOver = true
        }
    }

    private mutating func endLine() {
        var line: [UInt8] = []
        swap(&line, &beginning)
        if !line.allSatisfy(\.isBlank) { answer(line) }
        isPassingOver = false
        lineNumber += 1
    }

    private mutating func answer(_ line: [UInt8]) {
        let start = answers.count
        var limits = JSONLimits()
        limits.maximumBytes = self.limits.maximumLineBytes
        limits.maximumDepth = self.limits.maximumDepth
        do {
            let request = try JSONDocument.parse(line, limits: limits).root
            try ToolOperation.requested(by: request).answer(request, shelf, &answers)
            answers.append("\n")
        } catch let error as RequestFault {
            answers.truncate(to: start)
            appendFailure(error.message)
        } catch {
            appendFailure("\(error)")
        }
    }

    private mutating func appendFailure(_ message: String) {
        answers.appendFailure("Line \(lineNumber): \(message).")
        answers.append("\n")
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// The index of the first line feed.
    fileprivate var lineEnd: Int? {
        let bytes = UnsafeRawBufferPointer(rebasing: self)
        guard let start = bytes.baseAddress,
            let found = memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
        else { return nil }
        return startIndex + (UnsafeRawPointer(found) - start)
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\r")
    }
}
