public import GraphQLLanguage

/// One entry of a response's `errors`.
public struct GraphQLError: Error, Hashable, Sendable {
    public var message: String
    /// Where in the document, in the order in which they are reported.
    public var locations: [SourceLocation]
    /// Which position of the response, when the error belongs to one.
    public var path: [PathSegment]
    /// What a program can tell the error by: `extensions.code`.
    public var code: ErrorCode?
    /// Which values were wrong, where values were: `extensions.details`.
    public var details: [InputFault] = []
    /// When the same may do, where that is known: `extensions.retryAfter`.
    public var retryAfterSeconds: Int?
    /// What names it in the log: `extensions.ref`.
    public var reference: String?

    public init(
        _ message: String, locations: [SourceLocation] = [], path: [PathSegment] = [],
        code: ErrorCode? = nil
    ) {
        self.message = message
        self.locations = locations
        self.path = path
        self.code = code
    }

    /// Says of a value that was given that it breaks a rule.
    public init(
        _ message: String, breaking rule: String, at path: [PathSegment] = [],
        locations: [SourceLocation] = []
    ) {
        self.init(message, locations: locations, code: .badUserInput)
        details = [InputFault(path, rule)]
    }

    public init(_ error: SyntaxError) {
        self.init(error.message, locations: [error.location], code: .parseFailed)
    }
}

/// What is wrong with one of the values that were given.
public struct InputFault: Hashable, Sendable {
    /// From the field's arguments, or the operation's variables, down to the value.
    public let path: [PathSegment]
    /// What a program can tell the fault by, such as `TOO_LONG`.
    public let rule: String

    public init(_ path: [PathSegment], _ rule: String) { (self.path, self.rule) = (path, rule) }
}

/// A step from one position of a response to one below it.
public enum PathSegment: Hashable, Sendable {
    case key(String)
    case index(Int)
}

/// The value of an error's `extensions.code`.
public struct ErrorCode: Hashable, Sendable, RawRepresentable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The document cannot be parsed.
    public static let parseFailed = ErrorCode(rawValue: "GRAPHQL_PARSE_FAILED")
    /// The document breaks a rule of the specification.
    public static let validationFailed = ErrorCode(rawValue: "GRAPHQL_VALIDATION_FAILED")
    /// The values of variables, or of arguments, do not fit their types.
    public static let badUserInput = ErrorCode(rawValue: "BAD_USER_INPUT")
    /// Only who has signed in may do this.
    public static let unauthenticated = ErrorCode(rawValue: "UNAUTHENTICATED")
    /// Who asks is known, and may not do this.
    public static let forbidden = ErrorCode(rawValue: "FORBIDDEN")
    /// What is there already does not go with it.
    public static let conflict = ErrorCode(rawValue: "CONFLICT")
    /// There was too much of it; later it may be done again.
    public static let rateLimited = ErrorCode(rawValue: "RATE_LIMITED")
    /// There is no such thing, as far as the viewer may know.
    public static let notFound = ErrorCode(rawValue: "NOT_FOUND")
    /// What is needed does not answer; a moment later it may.
    public static let serviceUnavailable = ErrorCode(rawValue: "SERVICE_UNAVAILABLE")
    /// The `Idempotency-Key` is that of another request.
    public static let idempotencyKeyReused = ErrorCode(rawValue: "IDEMPOTENCY_KEY_REUSED")
    /// A request with the same `Idempotency-Key` is being answered.
    public static let idempotencyKeyInUse = ErrorCode(rawValue: "IDEMPOTENCY_KEY_IN_USE")
    /// The document has no such operation, or several and no name says which.
    public static let operationResolutionFailure = ErrorCode(
        rawValue: "OPERATION_RESOLUTION_FAILURE")
}

extension GraphQLError: CustomStringConvertible {
    public var description: String {
        let places = locations.map { " (\($0.line):\($0.column))" }.joined()
        return message + places
    }
}

/// Several errors thrown as one.
public struct GraphQLErrors: Error, Sendable, CustomStringConvertible {
    public let errors: [GraphQLError]
    public init(_ errors: [GraphQLError]) { self.errors = errors }
    public var description: String { errors.map(\.description).joined(separator: "\n\n") }
}
