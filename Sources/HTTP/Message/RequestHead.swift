/// The request line and the fields of one request, with what they say about its framing.
///
/// One copy of the received bytes and the places of things in it; what a lookup returns is a
/// slice of that copy.
package struct RequestHead: Sendable {
    package internal(set) var method = Method.get
    package internal(set) var version = HTTPVersion.http11
    package internal(set) var fields = HeaderFields()

    /// The length of the body as Content-Length gives it; nil without that field.
    package internal(set) var contentLength: UInt64?
    package internal(set) var isChunked = false
    /// Whether the client will take another response on this connection.
    package internal(set) var keepsAlive = true
    /// Whether the client holds its body back until it sees `100 Continue`.
    package internal(set) var expectsContinue = false
    /// Whether the connection may change its protocol to one that the Upgrade field lists.
    package internal(set) var wantsUpgrade = false

    var targetExtent = Extent.none
    var pathExtent = Extent.none
    var queryExtent = Extent.none
    var hostExtent = Extent.none

    package init() {}

    /// Whether its memory is too much for a connection that only waits.
    var isLarge: Bool { fields.bytes.capacity > HeaderFields.maximumKeptBytes }
}

extension RequestHead {
    /// The whole head as received, from the method to the empty line.
    package var bytes: [UInt8] { fields.bytes }

    package var hasBody: Bool { isChunked || contentLength.map { $0 > 0 } ?? false }

    /// The request target as written.
    package var target: ArraySlice<UInt8> { fields[targetExtent] }

    /// The path, still percent-encoded: from its `/`, or `*`; empty for CONNECT.
    package var path: ArraySlice<UInt8> {
        if !pathExtent.isEmpty { return fields[pathExtent] }
        switch method {
        case .connect: return []
        case .options where queryExtent.isEmpty: return Self.asterisk
        default: return Self.root
        }
    }

    /// What follows the first `?`, still percent-encoded; empty without one.
    package var query: ArraySlice<UInt8> { fields[queryExtent] }

    /// Host and port as the target names them, or else the Host field; empty only in HTTP/1.0.
    package var host: ArraySlice<UInt8> { fields[hostExtent] }

    /// The first value of a field. Write `name` in lower case.
    package func value(of name: StaticString) -> ArraySlice<UInt8>? { fields.value(of: name) }

    /// All values of a field, in order. Write `name` in lower case.
    package func values(of name: StaticString) -> HeaderFields.Values { fields.values(of: name) }

    /// The first value of a field as text. Write `name` in lower case.
    package func string(of name: StaticString) -> String? { fields.string(of: name) }

    private static let asterisk: ArraySlice<UInt8> = [UInt8(ascii: "*")]
    private static let root: ArraySlice<UInt8> = [UInt8(ascii: "/")]
}
