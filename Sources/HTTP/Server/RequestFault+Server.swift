/// Refusals that come from serving a request rather than from reading its bytes.
extension RequestFault {
    package static func bodyTooLarge(_ limit: UInt64) -> Self {
        Self(
            status: .contentTooLarge, code: "BODY_TOO_LARGE",
            message: "The body is larger than \(limit) bytes; send less.")
    }

    package static let bodyTooSlow = Self(
        status: .requestTimeout, code: "BODY_TIMEOUT",
        message: "The body came too slowly; send it again over a better connection.")

    static let tooManyConnections = Self(
        status: .serviceUnavailable, code: "TOO_MANY_CONNECTIONS",
        message: "There are too many connections; close some or try again later.")

    static let bodyCutShort = Self(
        status: .badRequest, code: "BODY_CUT_SHORT",
        message: "The connection ended before the body did; send the whole request again.")

    static let headTooSlow = Self(
        status: .requestTimeout, code: "HEADER_TIMEOUT",
        message: "The request's head took too long to come; send it at once.")

    package static let timedOut = Self(
        status: .serviceUnavailable, code: "TIMEOUT",
        message: "The request took too long and was given up; try again or ask for less.")

    package static let overloaded = Self(
        status: .serviceUnavailable, code: "OVERLOADED",
        message: "Too much is asked at this moment; try again in a little while.")

    package static let internalError = Self(
        status: .internalServerError, code: "INTERNAL",
        message: "Something went wrong on our side; the log has the details.")

    package static let notFound = Self(
        status: .notFound, code: "NOT_FOUND", message: "There is nothing at this path.")

    package static let methodNotAllowed = Self(
        status: .methodNotAllowed, code: "METHOD_NOT_ALLOWED",
        message: "This path does not take that method; the Allow header lists those it takes.")

    package static let lengthRequired = Self(
        status: .lengthRequired, code: "LENGTH_REQUIRED",
        message: "A body is needed here; send it with Content-Length or chunked.")

    package static let preconditionFailed = Self(
        status: .preconditionFailed, code: "PRECONDITION_FAILED",
        message: "What is here is not what the request's conditions ask for; get it anew.")

    package static func rangeNotSatisfiable(_ length: Int) -> Self {
        Self(
            status: .rangeNotSatisfiable, code: "RANGE_NOT_SATISFIABLE",
            message: "No range begins within the \(length) bytes there are; ask for others.")
    }

    package static func unsupportedMediaType(_ supported: String) -> Self {
        Self(
            status: .unsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE",
            message: "This path takes \(supported) only; say so in Content-Type.")
    }
}
