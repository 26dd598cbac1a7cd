public import GraphQLTypes
public import Reactor

/// What a request wants of its execution besides its plan.
@EventLoop public struct ExecutionOptions {
    /// How loads leave.
    public var dispatcher: any BatchDispatcher = ConcurrentDispatcher()
    /// Asked between levels: why the execution has to end, if it has to. What is not loaded then
    /// fails with it; what is there is answered.
    public var interruption: @EventLoop () -> GraphQLError? = { nil }
    /// What a person may read about an error that a resolver threw.
    public var present: @EventLoop (any Error) -> GraphQLError = ExecutionOptions.masked
    /// For how long an event of a subscription is answered anew while its response fails because
    /// something is away.
    public var eventPatienceMilliseconds: UInt64 = 60_000
    /// The most errors that a response lists. Further ones leave their nulls, and one more error
    /// says how many they are.
    public var maximumErrors = 1_000

    /// What the response tells besides its data, in the order of its `extensions`.
    public var extensions: [ResponseExtension] = []
    /// Where it is written down what the request does, if anybody wants to know.
    public var trace: ExecutionTrace?
    /// Whether errors carry their codes in `extensions`.
    public var writesCodes = true

    public nonisolated init() {}

    /// A GraphQL error passes; of anything else nothing is told.
    public static func masked(_ error: any Error) -> GraphQLError {
        error as? GraphQLError
            ?? GraphQLError("The server failed to answer this field.", code: .internalError)
    }
}

extension ErrorCode {
    /// The server's own fault; nothing more is told.
    public static let internalError = ErrorCode(rawValue: "INTERNAL")
    public static let timeout = ErrorCode(rawValue: "TIMEOUT")
    /// More errors than a response lists.
    public static let tooManyErrors = ErrorCode(rawValue: "TOO_MANY_ERRORS")
}
