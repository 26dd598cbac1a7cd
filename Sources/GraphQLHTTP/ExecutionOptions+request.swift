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
        eventPatienceMilliseconds = settings.eventPatienceMilliseconds
        interruption = {
            if let refusal = admission?.refusal { return refusal }
            guard Task.isCancelled || EventLoop.nowMilliseconds >= deadline() else { return nil }
            return .timedOut
        }
        let (identifier, translate) = (request.identifier, settings.translate)
        present = { thrown in
            let ofRequest = thrown as? RequestFailure
            let error = ofRequest?.cause ?? thrown
            if let translated = translate(error) { return translated }
            if let shown = expected(error) { return shown }
            trace?.hasFailed = true
            let isOfRequest = ofRequest != nil
            log(error, isOfRequest ? "request failed" : "field failed", identifier, context, logger)
            var shown = isOfRequest ? .requestFailed : ExecutionOptions.masked(error)
            shown.reference = identifier.description
            return shown
        }
    }

    /// Why the operation may not be answered, once that is decided.
    package func refusal(by admission: (any Admission)?) async -> GraphQLError? {
        do {
            try await admission?.decide()
            return nil
        } catch {
            return present(RequestFailure(cause: error))
        }
    }
}

/// What has failed is the request as a whole, and none of its fields.
private struct RequestFailure: Error {
    let cause: any Error
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

/// Of an error that only the log may know, clients read nothing but where to find it there.
@EventLoop private func log(
    _ error: any Error, _ message: String, _ identifier: RequestIdentifier,
    _ context: TraceContext?, _ logger: Logger
) {
    logger.error(message) { line in
        line.field("ref", identifier.bytes)
        line.fields(of: context)
        line.field("error", String(describing: error))
    }
}

extension GraphQLError {
    fileprivate static let requestFailed = GraphQLError(
        "The server failed to answer this request.", code: .internalError)
    fileprivate static let timedOut = GraphQLError(RequestFault.timedOut.message, code: .timeout)
}
