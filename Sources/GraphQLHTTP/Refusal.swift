import GraphQLExecution
package import GraphQLTypes
package import HTTP

/// Why a request is answered with errors alone.
package struct Refusal: Error {
    package let errors: [GraphQLError]
    let verdict: Verdict
    package var headers = HeaderBlock()
    /// The limit that is reached, if that is why.
    var limit: String?
    /// How its answer may be kept, if not like all others.
    var cacheControl: String?
    /// Who has found out, where it was executed first.
    private(set) var admission: (any Admission)?

    enum Verdict {
        /// As the profile of status codes says.
        case outcome(RequestOutcome)
        /// As HTTP says.
        case status(Status)
    }

    init(_ errors: [GraphQLError], _ verdict: Verdict) {
        self.errors = errors
        self.verdict = verdict
        // RFC 9110 section 10.2.3.
        if let seconds = errors.first?.retryAfterSeconds {
            headers.add("Retry-After", String(seconds))
        }
    }

    init(_ outcome: RequestOutcome, _ message: String) {
        self.init([GraphQLError(message, code: .badRequest)], .outcome(outcome))
    }

    package init(_ fault: RequestFault) {
        let error = GraphQLError(fault.message, code: ErrorCode(rawValue: fault.code))
        self.init([error], .status(fault.status))
    }

    /// What the engine has to say against a request.
    init(_ errors: GraphQLErrors) {
        let isUnparsable = errors.errors.first?.code == .parseFailed
        self.init(errors.errors, .outcome(isUnparsable ? .unparsable : .invalid))
    }

    /// Whoever asks is not admitted.
    init(notAdmitted error: GraphQLError) {
        let status: Status =
            switch error.code {
            case .unauthenticated: .unauthorized
            case .forbidden: .forbidden
            case .badUserInput: .badRequest
            case .internalError: .internalServerError
            case .idempotencyKeyInUse: .conflict
            case .idempotencyKeyReused: .unprocessableContent
            default: .serviceUnavailable
            }
        self.init([error], .outcome(.notAdmitted(status)))
        // RFC 9110 section 15.5.2: with the scheme that would do.
        if status == .unauthorized { headers.add("WWW-Authenticate", "Bearer" as StaticString) }
    }

    func after(_ admission: (any Admission)?) -> Refusal {
        var refusal = self
        refusal.admission = admission
        return refusal
    }

    static let notAcceptable: Refusal = {
        let message = "Answers are \(AnswerType.names); accept one of them."
        return Refusal(
            RequestFault(status: .notAcceptable, code: "NOT_ACCEPTABLE", message: message))
    }()

    /// RFC 9110 section 15.5.6: with the methods that would do.
    static let mutationByGet: Refusal = {
        var refusal = Refusal(
            RequestFault(
                status: .methodNotAllowed, code: RequestFault.methodNotAllowed.code,
                message: "GET only reads; send mutations by POST."))
        refusal.headers.add("Allow", "POST" as StaticString)
        return refusal
    }()

    static let subscription = Refusal(
        .invalid, "One request has one answer here, so that subscriptions cannot be answered.")

    static func mediaType(_ message: String) -> Refusal {
        var refusal = Refusal(
            RequestFault(
                status: .unsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE", message: message))
        refusal.headers.add("Accept-Post", "application/json; charset=utf-8" as StaticString)
        return refusal
    }
}

extension ErrorCode {
    /// The request is none of GraphQL over HTTP.
    static let badRequest = ErrorCode(rawValue: "BAD_REQUEST")
}
