import Bytes
import Reactor

/// Several ranges of one content as `multipart/byteranges` (RFC 9110 section 14.6).
struct Multipart {
    private let content: Content
    private let ranges: [Range<Int>]
    private let boundary: String

    init(_ content: Content, _ ranges: [Range<Int>]) {
        (self.content, self.ranges) = (content, ranges)
        // Nobody can have chosen the content so that it holds a number not yet drawn.
        var random = SystemRandomNumberGenerator()
        boundary = "part-" + String(random.next() as UInt64, radix: 16)
    }

    var response: Response {
        var headers = content.validators
        headers.add("Content-Type", "multipart/byteranges; boundary=\(boundary)")
        headers.add("Accept-Ranges", "bytes" as StaticString)
        return Response(status: .partialContent, headers: headers, body: body)
    }

    private var body: Response.Body {
        let parts = ranges.map { (head: head(of: $0), range: $0) }
        let end = [UInt8]("\r\n--\(boundary)--\r\n".utf8)
        switch content.source {
        case .bytes(let bytes):
            return .bytes(parts.flatMap { $0.head + bytes[$0.range] } + end)
        case .file(let file):
            let length = parts.reduce(end.count) { $0 + $1.head.count + $1.range.count }
            return .stream(length: UInt64(length)) { writer in
                for part in parts {
                    try await writer.write(part.head)
                    try await file.write(part.range, to: writer)
                }
                try await writer.write(end)
            }
        }
    }

    private func head(of range: Range<Int>) -> [UInt8] {
        let lines = [
            "", "--\(boundary)", "Content-Type: \(content.type)",
            "Content-Range: \(Content.text(range, of: content.length))", "", "",
        ]
        // The first line end stands before the first boundary too, where it is a preamble.
        return [UInt8](lines.joined(separator: "\r\n").utf8)
    }
}
