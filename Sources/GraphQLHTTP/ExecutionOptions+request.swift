package import GraphQLExecution
package import GraphQLTypes
package import HTTP
import Reactor
package import Telemetry
package import Tracing

/// How operations run that requests bring.
extension ExecutionOptions {
    /// Ends an operation when it is found that it may not be answered, at its deadline, in the
    /// loop's milliseconds, and when its task is cancelled: by the server, or because the client
    /// has gone.
    package init(
        _ settings: GraphQLEndpointSettings, for request: Request, in context: TraceContext?,
        admittedBy admission: (any Admission)?, logger: Logger, trace: ExecutionTrace?,
        deadline: @escaping @EventLoop () -> UInt64
    ) {
        self.init()
        self.trace = trace
        interruption = {
            if let refusal = admission?.refusal { return refusal }
            guard Task.isCancelled || EventLoop.nowMilliseconds >= deadline() else { return nil }
            return .timedOut
        }
        let (identifier, translate) = (request.identifier, settings.translate)
        present = { error in
            if let translated = translate(error) { return translated }
            if let shown = expected(error) { return shown }
            trace?.hasFailed = true
            return reported(error, identifier, context, logger)
        }
    }

    /// Why the operation may not be answered, once that is decided.
    package func refusal(by admission: (any Admission)?) async -> GraphQLError? {
        do {
            try await admission?.decide()
            return nil
        } catch {
            return present(error)
        }
    }
}

/// What a client reads of an error that a resolver may throw: all of a GraphQL error.
private func expected(_ error: any Error) -> GraphQLError? {
    switch error {
    case let error as GraphQLError: error
    case is CancellationError: .timedOut
    case is BlockingPoolFull:
        GraphQLError(RequestFault.overloaded.message, code: .serviceUnavailable)
    default: nil
    }
}

/// What a client reads of an error that only the log may know: nothing but where to find it there.
@EventLoop private func reported(
    _ error: any Error, _ identifier: RequestIdentifier, _ context: TraceContext?,
    _ logger: Logger
) -> GraphQLError {
    logger.error("field failed") { line in
        line.field("ref", identifier.bytes)
        line.fields(of: context)
        line.field("error", String(describing: error))
    }
    var shown = ExecutionOptions.masked(error)
    shown.reference = identifier.description
    return shown
}

extension GraphQLError {
    fileprivate static let timedOut = GraphQLError(RequestFault.timedOut.message, code: .timeout)
}
