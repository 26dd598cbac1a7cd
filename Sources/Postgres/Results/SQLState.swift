/// The server's code of an error (PostgreSQL, appendix A).
package struct SQLState: Hashable, Sendable, CustomStringConvertible {
    package let code: String

    package init(_ code: String) { self.code = code }

    package var description: String { code }

    package static let notNullViolation = SQLState("23502")
    package static let foreignKeyViolation = SQLState("23503")
    package static let uniqueViolation = SQLState("23505")
    package static let checkViolation = SQLState("23514")
    package static let exclusionViolation = SQLState("23P01")
    package static let invalidStatementName = SQLState("26000")
    package static let inFailedTransaction = SQLState("25P02")
    package static let featureNotSupported = SQLState("0A000")
    package static let serializationFailure = SQLState("40001")
    package static let deadlockDetected = SQLState("40P01")
    package static let syntaxError = SQLState("42601")
    package static let undefinedTable = SQLState("42P01")
    package static let undefinedColumn = SQLState("42703")
    package static let lockNotAvailable = SQLState("55P03")
    package static let queryCancelled = SQLState("57014")
    package static let adminShutdown = SQLState("57P01")
    package static let crashShutdown = SQLState("57P02")
    package static let cannotConnectNow = SQLState("57P03")

    /// The server is going, coming or full: the same statement may succeed a moment later.
    package var isUnavailability: Bool {
        switch self {
        case .adminShutdown, .crashShutdown, .cannotConnectNow: true
        default: code.hasPrefix("08") || code.hasPrefix("53")
        }
    }

    /// The whole transaction may be tried again.
    package var isRetryable: Bool { self == .serializationFailure || self == .deadlockDetected }
}
