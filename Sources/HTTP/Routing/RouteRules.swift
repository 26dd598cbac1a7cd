import Bytes
import Reactor

/// What a route asks of a request before its handler sees it.
package struct RouteRules: Sendable {
    /// The most a body may hold; nil leaves the server's limit.
    package var maximumBodyBytes: UInt64?
    /// Refuses a request that has neither Content-Length nor chunks.
    package var requiresBody: Bool
    /// What a body may be, such as `application/json`, in lower case; with none, anything.
    package var mediaTypes: [String]

    package init(
        maximumBodyBytes: UInt64? = nil, requiresBody: Bool = false, mediaTypes: [String] = []
    ) {
        self.maximumBodyBytes = maximumBodyBytes
        self.requiresBody = requiresBody
        self.mediaTypes = mediaTypes
    }

    /// Refuses with 411, 413 or 415, and sets the body's limit.
    @EventLoop func check(_ request: Request) throws(RequestFault) {
        if let maximumBodyBytes { request.body.maximumBytes = maximumBodyBytes }
        let (length, limit) = (request.head.contentLength, request.body.maximumBytes)
        if let length, length > limit { throw .bodyTooLarge(limit) }
        if requiresBody, length == nil, !request.head.isChunked { throw .lengthRequired }
        if !mediaTypes.isEmpty, request.head.hasBody, !accepts(request.head) {
            throw .unsupportedMediaType(mediaTypes.joined(separator: " or "))
        }
    }

    /// Whether the media type, parameters aside, is one of ours.
    private func accepts(_ head: RequestHead) -> Bool {
        guard let type = head.value(of: "content-type") else { return false }
        let name = type.prefix { $0 != UInt8(ascii: ";") }.trimmingSpaces
        return mediaTypes.contains { name.equalsIgnoringCase($0.utf8) }
    }
}
