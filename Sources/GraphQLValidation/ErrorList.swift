public import GraphQLLanguage
public import GraphQLTypes

/// The errors that rules report, up to a limit.
public struct ErrorList: Sendable {
    public private(set) var errors: [GraphQLError] = []
    /// Whether the limit was passed; then nothing more needs to be looked at.
    public private(set) var isFull = false
    private let maximumErrors: Int

    /// One error more than this and validation is given up.
    public static let defaultMaximumErrors = 100

    public init(maximumErrors: Int = ErrorList.defaultMaximumErrors) {
        self.maximumErrors = maximumErrors
    }

    /// Reports `message` at `nodes`, in their order.
    public mutating func report(_ message: String, at nodes: some Sequence<Node>) {
        report(message, at: nodes.map(\.location))
    }

    public mutating func report(_ message: String, at locations: [SourceLocation]) {
        guard !isFull else { return }
        guard errors.count < maximumErrors else {
            isFull = true
            errors.append(
                GraphQLError(
                    "Too many validation errors, error limit reached. Validation aborted.",
                    code: .validationFailed))
            return
        }
        errors.append(GraphQLError(message, locations: locations, code: .validationFailed))
    }
}
