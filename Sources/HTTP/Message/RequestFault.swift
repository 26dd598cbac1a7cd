/// Why a request cannot be read. What follows it on the connection means nothing: answer and close.
package struct RequestFault: Error, Equatable, Sendable {
    package var status: Status
    /// A stable upper-case word for programs.
    package var code: String
    /// What is wrong and what to do, for people.
    package var message: String

    package init(status: Status, code: String, message: String) {
        (self.status, self.code, self.message) = (status, code, message)
    }
}

extension RequestFault {
    static func badRequest(_ message: String) -> Self {
        Self(status: .badRequest, code: "BAD_REQUEST", message: message)
    }

    static func headersTooLarge(_ message: String) -> Self {
        Self(status: .headersTooLarge, code: "HEADERS_TOO_LARGE", message: message)
    }

    static func notImplemented(_ message: String) -> Self {
        Self(status: .notImplemented, code: "NOT_IMPLEMENTED", message: message)
    }

    static func targetTooLong(limit: Int) -> Self {
        Self(
            status: .uriTooLong, code: "URI_TOO_LONG",
            message: "The request target is longer than \(limit) bytes; send long input in a body.")
    }

    static func chunkExtensionsTooLarge(limit: Int) -> Self {
        Self(
            status: .contentTooLarge, code: "CHUNK_EXTENSIONS_TOO_LARGE",
            message: "The chunk extensions of one body pass \(limit) bytes; send none.")
    }

    static let versionNotSupported = Self(
        status: .versionNotSupported, code: "VERSION_NOT_SUPPORTED",
        message: "Only HTTP/1.0 and HTTP/1.1 are spoken here; send one of these.")

    static let expectationFailed = Self(
        status: .expectationFailed, code: "EXPECTATION_FAILED",
        message: "The only expectation that can be met is 100-continue; leave others out.")
}
