/// A status code of a response (RFC 9110 section 15).
package struct Status: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }
    private init(_ code: UInt16) { rawValue = code }

    package static let `continue` = Status(100)
    package static let switchingProtocols = Status(101)
    package static let ok = Status(200)
    package static let created = Status(201)
    package static let accepted = Status(202)
    package static let noContent = Status(204)
    package static let partialContent = Status(206)
    /// Of GraphQL over HTTP: the answer holds data and errors.
    package static let partialSuccess = Status(294)
    package static let movedPermanently = Status(301)
    package static let found = Status(302)
    package static let seeOther = Status(303)
    package static let notModified = Status(304)
    package static let temporaryRedirect = Status(307)
    package static let permanentRedirect = Status(308)
    package static let badRequest = Status(400)
    package static let unauthorized = Status(401)
    package static let forbidden = Status(403)
    package static let notFound = Status(404)
    package static let methodNotAllowed = Status(405)
    package static let notAcceptable = Status(406)
    package static let requestTimeout = Status(408)
    package static let conflict = Status(409)
    package static let gone = Status(410)
    package static let lengthRequired = Status(411)
    package static let preconditionFailed = Status(412)
    package static let contentTooLarge = Status(413)
    package static let uriTooLong = Status(414)
    package static let unsupportedMediaType = Status(415)
    package static let rangeNotSatisfiable = Status(416)
    package static let expectationFailed = Status(417)
    package static let unprocessableContent = Status(422)
    package static let locked = Status(423)
    package static let upgradeRequired = Status(426)
    package static let tooManyRequests = Status(429)
    package static let headersTooLarge = Status(431)
    package static let checksumMismatch = Status(460)
    package static let clientClosedRequest = Status(499)
    package static let internalServerError = Status(500)
    package static let notImplemented = Status(501)
    package static let badGateway = Status(502)
    package static let serviceUnavailable = Status(503)
    package static let gatewayTimeout = Status(504)
    package static let versionNotSupported = Status(505)
}

extension Status {
    /// Whether a response with this status never has a body.
    package var forbidsBody: Bool { rawValue < 200 || self == .noContent || self == .notModified }

    /// The reason phrase; `Unknown` for a status without a name here.
    package var reason: StaticString {
        switch rawValue {
        case ..<400: reasonOfSuccess
        case 500...: reasonOfServerError
        default: reasonOfClientError
        }
    }

    private var reasonOfSuccess: StaticString {
        switch self {
        case .continue: "Continue"
        case .switchingProtocols: "Switching Protocols"
        case .ok: "OK"
        case .created: "Created"
        case .accepted: "Accepted"
        case .noContent: "No Content"
        case .partialContent: "Partial Content"
        case .partialSuccess: "Partial Success"
        case .movedPermanently: "Moved Permanently"
        case .found: "Found"
        case .seeOther: "See Other"
        case .notModified: "Not Modified"
        case .temporaryRedirect: "Temporary Redirect"
        case .permanentRedirect: "Permanent Redirect"
        default: "Unknown"
        }
    }

    private var reasonOfClientError: StaticString {
        switch self {
        case .badRequest: "Bad Request"
        case .unauthorized: "Unauthorized"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .notAcceptable: "Not Acceptable"
        case .requestTimeout: "Request Timeout"
        case .conflict: "Conflict"
        case .gone: "Gone"
        case .lengthRequired: "Length Required"
        case .preconditionFailed: "Precondition Failed"
        case .contentTooLarge: "Content Too Large"
        case .uriTooLong: "URI Too Long"
        case .unsupportedMediaType: "Unsupported Media Type"
        case .rangeNotSatisfiable: "Range Not Satisfiable"
        case .expectationFailed: "Expectation Failed"
        case .unprocessableContent: "Unprocessable Content"
        case .locked: "Locked"
        case .upgradeRequired: "Upgrade Required"
        case .tooManyRequests: "Too Many Requests"
        case .headersTooLarge: "Request Header Fields Too Large"
        case .checksumMismatch: "Checksum Mismatch"
        case .clientClosedRequest: "Client Closed Request"
        default: "Unknown"
        }
    }

    private var reasonOfServerError: StaticString {
        switch self {
        case .internalServerError: "Internal Server Error"
        case .notImplemented: "Not Implemented"
        case .badGateway: "Bad Gateway"
        case .serviceUnavailable: "Service Unavailable"
        case .gatewayTimeout: "Gateway Timeout"
        case .versionNotSupported: "HTTP Version Not Supported"
        default: "Unknown"
        }
    }
}
