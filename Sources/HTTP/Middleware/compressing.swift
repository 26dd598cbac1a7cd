import Bytes
import Reactor

/// Compresses bodies for clients that like gzip best: whole ones from `minimumBytes` on that get
/// smaller by it, and streams, each write of which arrives at once. Left alone are parts of a
/// representation, what is encoded already, event streams, and types that do not gain from it.
///
/// The compressed form has an entity tag of its own, which `Preconditions` also knows.
package func compressing(minimumBytes: Int) -> Middleware {
    { handler in
        { request in
            var response = try await handler(request)
            if response.status == .notModified {
                nameEncodedTag(&response, request.head)
            } else if isCompressible(response, minimumBytes: minimumBytes) {
                response.headers.add("Vary", "Accept-Encoding" as StaticString)
                if ContentCoding(acceptedBy: request.head) == .gzip {
                    try await compress(&response)
                }
            }
            return response
        }
    }
}

/// Larger bodies are compressed off the loop, which they would hold up for a millisecond or more.
private let maximumBytesOnLoop = 65_536

@EventLoop private func compress(_ response: inout Response) async throws {
    switch response.body {
    case .empty, .upgrade: return
    case .bytes(let bytes):
        guard let encoded = try await encode(bytes) else { return }
        response.body = .bytes(encoded)
    case .stream(let length, let produce):
        response.body = .stream(length: nil) { try await encode(length, produce, for: $0) }
    }
    response.headers.add("Content-Encoding", "gzip" as StaticString)
    // A range is one of the bytes that are not encoded.
    response.headers.remove("accept-ranges")
    guard let tag = response.headers.value(of: "etag").flatMap({ EntityTag(field: $0) }) else {
        return
    }
    response.headers.remove("etag")
    response.headers.add("ETag", tag.encoded.text)
}

@EventLoop private func encode(_ bytes: [UInt8]) async throws -> [UInt8]? {
    if bytes.count <= maximumBytesOnLoop {
        let encoder = GzipPool.take()
        defer { GzipPool.giveBack(encoder) }
        return encoder.encode(whole: bytes)
    }
    do {
        return try await BlockingPool.run { GzipEncoder().encode(whole: bytes) }
    } catch is BlockingPoolFull {
        return nil
    }
}

@EventLoop private func encode(
    _ length: UInt64?, _ produce: @EventLoop @Sendable (BodyWriter) async throws -> Void,
    for writer: BodyWriter
) async throws {
    let encoder = GzipPool.take()
    defer { GzipPool.giveBack(encoder) }
    let encoding = BodyWriter(length: length) { bytes in
        try await writer.write(encoder.encode(piece: bytes))
    }
    try await produce(encoding)
    try encoding.finish()
    try await writer.write(encoder.finish())
}

private func isCompressible(_ response: Response, minimumBytes: Int) -> Bool {
    switch response.body {
    case .empty, .upgrade: return false
    case .bytes(let bytes): if bytes.count < minimumBytes { return false }
    case .stream(let length, _): if let length, length < minimumBytes { return false }
    }
    guard !response.status.forbidsBody, response.status != .partialContent,
        !response.headers.contains("content-encoding"),
        !response.headers.contains("content-range"),
        let type = response.headers.value(of: "content-type"), isCompressible(type)
    else { return false }
    guard let control = response.headers.value(of: "cache-control") else { return true }
    return !control.split(separator: UInt8(ascii: ",")).contains {
        $0.trimmingSpaces.equalsIgnoringCase("no-transform")
    }
}

/// Whether the media type is one of text.
private func isCompressible(_ field: ArraySlice<UInt8>) -> Bool {
    let type = field.prefix { $0 != UInt8(ascii: ";") }.trimmingSpaces
    if type.prefix(5).equalsIgnoringCase("text/") {
        return !type.equalsIgnoringCase("text/event-stream")
    }
    if type.suffix(5).equalsIgnoringCase("+json") || type.suffix(4).equalsIgnoringCase("+xml") {
        return true
    }
    return textTypes.contains { type.equalsIgnoringCase($0.utf8) }
}

private let textTypes = [
    "application/json", "application/javascript", "application/xml", "application/wasm",
    "application/vnd.apple.mpegurl", "application/x-mpegurl",
    "application/openmetrics-text", "application/graphql",
]

/// A client that asked about the compressed form is told that this one has not changed.
private func nameEncodedTag(_ response: inout Response, _ head: RequestHead) {
    guard !response.headers.contains("content-encoding"),
        let tag = response.headers.value(of: "etag").flatMap({ EntityTag(field: $0) }),
        ContentCoding(acceptedBy: head) == .gzip,
        head.values(of: "if-none-match").contains(where: { value in
            EntityTag.list(value).contains { $0.matchesWeakly(tag.encoded) }
        })
    else { return }
    response.headers.remove("etag")
    response.headers.add("ETag", tag.encoded.text)
    response.headers.add("Vary", "Accept-Encoding" as StaticString)
}
