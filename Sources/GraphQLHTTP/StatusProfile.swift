import HTTP

/// Whose word on status codes is followed where the two differ.
package enum StatusProfile: String, CaseIterable, Sendable {
    /// The audits of graphql-http, which today's clients and gateways expect: a request that an
    /// `application/json` client has formed well gets 200, whatever became of it.
    case audits
    /// The draft of August 2026: a status for each kind of failure, whatever the client accepts.
    case draft
}

/// What became of a request, as far as status codes tell it apart.
enum RequestOutcome {
    /// The body is no JSON, or the parameters are not encoded as they should be.
    case malformed
    /// A parameter is missing or of a wrong type.
    case illFormed
    /// The document cannot be parsed.
    case unparsable
    /// Nothing was executed: a rule or limit is broken, variables do not fit, or it is not clear
    /// which operation is meant.
    case invalid
    /// Whoever asks is not answered, for the reason that the status gives.
    case notAdmitted(Status)
    /// Executed, with errors.
    case partial
    /// Executed without an error.
    case complete
}

extension StatusProfile {
    func status(of outcome: RequestOutcome, as type: AnswerType) -> Status {
        switch (self, outcome) {
        case (_, .complete), (.audits, .partial): .ok
        case (.draft, .partial): .partialSuccess
        case (_, .malformed), (.audits, .illFormed), (.draft, .unparsable): .badRequest
        case (.draft, .illFormed), (.draft, .invalid): .unprocessableContent
        case (.draft, .notAdmitted(let status)): status
        case (.audits, .notAdmitted(let status)): type == .json ? .ok : status
        case (.audits, .unparsable), (.audits, .invalid):
            type == .json ? .ok : .badRequest
        }
    }

    /// The type of an answer with that status. In the draft `application/json` is for successes:
    /// on other statuses it could be anyone's who stands between.
    func type(_ accepted: AnswerType, for status: Status) -> AnswerType {
        self == .draft && status.rawValue >= 400 ? .graphQLResponse : accepted
    }
}
