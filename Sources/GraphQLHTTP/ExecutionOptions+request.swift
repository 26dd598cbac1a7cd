package import GraphQLExecution
import GraphQLTypes
package import HTTP
import Reactor
package import Telemetry

/// How operations run that requests bring.
extension ExecutionOptions {
    /// Ends an operation at its deadline, in the loop's milliseconds, and when its task is
    /// cancelled: by the server, or because the client has gone.
    package init(
        _ settings: GraphQLEndpointSettings, for request: Request, logger: Logger,
        trace: ExecutionTrace?, deadline: @escaping @EventLoop () -> UInt64
    ) {
        self.init()
        self.trace = trace
        interruption = {
            guard Task.isCancelled || EventLoop.nowMilliseconds >= deadline() else { return nil }
            return .timedOut
        }
        let (identifier, translate) = (request.identifier, settings.translate)
        present = { error in
            translate(error) ?? GraphQLHTTP.present(error, identifier, logger)
        }
    }
}

/// What a client reads of an error that a resolver threw: all of a GraphQL error, and of what only
/// the log may know nothing but where to find it there.
@EventLoop private func present(
    _ error: any Error, _ identifier: RequestIdentifier, _ logger: Logger
) -> GraphQLError {
    switch error {
    case let error as GraphQLError: return error
    case is CancellationError: return .timedOut
    case is BlockingPoolFull:
        return GraphQLError(RequestFault.overloaded.message, code: .serviceUnavailable)
    default:
        logger.error("field failed") { line in
            line.field("ref", identifier.bytes)
            line.field("error", String(describing: error))
        }
        var shown = ExecutionOptions.masked(error)
        shown.reference = identifier.description
        return shown
    }
}

extension GraphQLError {
    fileprivate static let timedOut = GraphQLError(RequestFault.timedOut.message, code: .timeout)
}
