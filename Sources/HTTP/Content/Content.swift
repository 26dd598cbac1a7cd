import Bytes
import Glibc
import Reactor

/// A representation that is served whole or in parts, and not at all to those who have it: the
/// conditions and ranges of RFC 9110 sections 13 and 14.
package struct Content: Sendable {
    package enum Source: Sendable {
        case bytes([UInt8])
        case file(OpenFile)
    }

    package var source: Source
    /// The media type.
    package var type: String
    /// Must be strong for ranges to be resumed.
    package var entityTag: EntityTag
    package var lastModified: HTTPDate?
    package var cacheControl: String?
    /// Goes with every answer but refusals.
    package var headers = HeaderBlock()

    /// Without a tag, makes one from all bytes: do it once for what is served often.
    package init(
        _ bytes: [UInt8], type: String, entityTag: EntityTag? = nil,
        lastModified: HTTPDate? = nil, cacheControl: String? = nil
    ) {
        source = .bytes(bytes)
        self.type = type
        self.entityTag = entityTag ?? EntityTag(of: bytes)
        self.lastModified = lastModified
        self.cacheControl = cacheControl
    }

    /// Without a tag, takes the file's: of its number, its size and when it was changed.
    package init(
        _ file: OpenFile, type: String, entityTag: EntityTag? = nil, cacheControl: String? = nil
    ) {
        source = .file(file)
        self.type = type
        self.entityTag = entityTag ?? file.entityTag
        lastModified = file.lastModified
        self.cacheControl = cacheControl
    }

    package var length: Int {
        switch source {
        case .bytes(let bytes): bytes.count
        case .file(let file): file.length
        }
    }

    /// Answers a GET or a HEAD: 200, 206, 304, or throws 412. A range beyond the end is 416.
    @EventLoop package func respond(to request: Request) throws(RequestFault) -> Response {
        let conditions = Preconditions(entityTag: entityTag, lastModified: lastModified)
        let now = HTTPDate(secondsSinceEpoch: Int64(time(nil)))
        switch conditions.judge(request.head, now: now) {
        case .preconditionFailed: throw .preconditionFailed
        case .notModified: return Response(status: .notModified, headers: validators)
        case .proceed(let appliesRange):
            guard appliesRange, let range = onlyRange(request.head) else { return whole }
            switch RangeRequest(range, length: length) {
            case .ignored: return whole
            case .unsatisfiable: return unsatisfiable
            case .satisfiable(let ranges):
                return ranges.count == 1 ? part(ranges[0]) : Multipart(self, ranges).response
            }
        }
    }

    /// The Range field's value when there is just one such field.
    private func onlyRange(_ head: RequestHead) -> ArraySlice<UInt8>? {
        var values = head.values(of: "range")
        guard let value = values.next(), values.next() == nil else { return nil }
        return value
    }
}

extension Content {
    /// What 304 must say, and the others do too.
    var validators: HeaderBlock {
        var block = headers
        block.add("ETag", entityTag.text)
        if let lastModified { block.add("Last-Modified", lastModified.text) }
        if let cacheControl { block.add("Cache-Control", cacheControl) }
        return block
    }

    private var whole: Response {
        var headers = validators
        headers.add("Content-Type", type)
        headers.add("Accept-Ranges", "bytes" as StaticString)
        return Response(headers: headers, body: body(of: 0..<length))
    }

    private func part(_ range: Range<Int>) -> Response {
        var headers = validators
        headers.add("Content-Type", type)
        headers.add("Accept-Ranges", "bytes" as StaticString)
        headers.add("Content-Range", Self.text(range, of: length))
        return Response(status: .partialContent, headers: headers, body: body(of: range))
    }

    private var unsatisfiable: Response {
        var response = Response.fault(.rangeNotSatisfiable(length))
        response.headers.add("Content-Range", "bytes */\(length)")
        return response
    }

    static func text(_ range: Range<Int>, of length: Int) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
    }

    private func body(of range: Range<Int>) -> Response.Body {
        switch source {
        case .bytes(let bytes):
            return .bytes(range == bytes.indices ? bytes : [UInt8](bytes[range]))
        case .file(let file):
            return .stream(length: UInt64(range.count)) { writer in
                try await file.write(range, to: writer)
            }
        }
    }
}
