import Bytes

/// What a collector answers, as far as it matters here: the status, and when to try again.
package struct CollectorAnswer: Hashable, Sendable {
    package var status: Int
    /// Of `Retry-After`; dates are taken for nothing said.
    package var retryAfterSeconds: Int?

    package init(status: Int, retryAfterSeconds: Int? = nil) {
        (self.status, self.retryAfterSeconds) = (status, retryAfterSeconds)
    }
}

/// Reads the head of an HTTP/1.1 response, piece by piece. Heads of interim answers are passed
/// over, and bodies are not read.
///
/// ```text
/// status-line = "HTTP/1." DIGIT SP 3DIGIT [ SP reason-phrase ] CRLF
/// ```
package struct CollectorAnswerReader: Sendable {
    /// The longest head.
    package static let limit = 16_384
    private static let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]

    private var bytes: [UInt8] = []

    package init() {}

    /// What came is no answer.
    package struct Malformed: Error, Hashable {}

    /// Takes what has come; nil while there is more to come.
    package mutating func take(
        _ piece: UnsafeRawBufferPointer
    ) throws(Malformed) -> CollectorAnswer? {
        bytes += piece
        while let end = bytes.firstRange(of: Self.end) {
            let answer = try Self.answer(in: bytes[..<end.lowerBound])
            guard answer.status < 200 else { return answer }
            bytes.removeSubrange(..<end.upperBound)
        }
        guard bytes.count <= Self.limit else { throw Malformed() }
        return nil
    }

    private static func answer(in head: ArraySlice<UInt8>) throws(Malformed) -> CollectorAnswer {
        let lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
        var answer = CollectorAnswer(status: try status(in: lines[0]))
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
                throw Malformed()
            }
            guard line[..<colon].equalsIgnoringCase("retry-after") else { continue }
            let value = line[(colon + 1)...].trimmingSpaces
            answer.retryAfterSeconds = UInt64(decimal: value).map { Int(clamping: $0) }
        }
        return answer
    }

    private static func status(in line: ArraySlice<UInt8>) throws(Malformed) -> Int {
        let line = Array(line)
        guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line[7].isDigit,
            line[8] == 0x20, line.count == 12 || line[12] == 0x20,
            let status = UInt64(decimal: line[9..<12]), (100...599).contains(status)
        else { throw Malformed() }
        return Int(status)
    }
}
