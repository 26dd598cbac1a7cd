public import GraphQLTypes
public import Reactor

/// Makes the fields of one mutation count together or not at all.
@EventLoop public protocol OperationTransaction: AnyObject {
    /// All fields have been answered, with `response` and without an error: makes them count.
    /// Throws where nothing of them does.
    func commit(_ response: [UInt8]) async throws -> TransactionEnd
    /// A field has failed: nothing of any counts.
    func rollBack() async -> TransactionEnd
    /// It has ended and nothing of it counts. Where that is so because others were in the way, and
    /// all of it may be done anew: the resolvers for that, with a transaction of their own.
    func again() async -> (any Resolvers)?
}

/// What is answered when a transaction has ended.
public enum TransactionEnd: Sendable {
    /// What the fields have said.
    case asResolved
    /// What the same request was answered before; this time nothing has been done.
    case asBefore([UInt8])
    /// Why nothing was done.
    case refused(GraphQLError)
}
