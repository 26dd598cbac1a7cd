import Reactor
package import Telemetry
import Tracing

/// Turns what a handler throws into an answer: a `RequestFault` says itself what went wrong, a
/// cancelled request has taken too long, a full queue is temporary, and everything else is our
/// fault, whose details go to the log under the request's identifier and not to the client.
package func presentingErrors(_ logger: Logger) -> Middleware {
    { handler in
        { request in
            do {
                var response = try await handler(request)
                if case .stream(let length, let produce) = response.body {
                    let (identifier, trace) = (request.identifier, request.trace)
                    response.body = .stream(length: length) { writer in
                        try await log(logger, identifier, trace) { try await produce(writer) }
                    }
                }
                return response
            } catch let fault as RequestFault {
                return .fault(fault)
            } catch is CancellationError {
                return temporary(.timedOut)
            } catch is BlockingPoolFull {
                return temporary(.overloaded)
            } catch is ConnectionLost {
                return Response(status: .clientClosedRequest)
            } catch {
                report(error, request.identifier, request.trace, logger)
                return .fault(.internalError, ref: request.identifier.description)
            }
        }
    }
}

private func temporary(_ fault: RequestFault) -> Response {
    var response = Response.fault(fault)
    response.headers.add("Retry-After", "1" as StaticString)
    return response
}

/// A body that breaks off cannot be answered any more, but the log is to know why.
@EventLoop private func log(
    _ logger: Logger, _ identifier: RequestIdentifier, _ trace: TraceContext?,
    _ body: @EventLoop () async throws -> Void
) async throws {
    do {
        try await body()
    } catch {
        if !(error is ConnectionLost), !(error is CancellationError) {
            report(error, identifier, trace, logger)
        }
        throw error
    }
}

private func report(
    _ error: any Error, _ identifier: RequestIdentifier, _ trace: TraceContext?, _ logger: Logger
) {
    logger.error("request failed") { line in
        line.field("ref", identifier.bytes)
        line.fields(of: trace)
        line.field("error", String(describing: error))
    }
}
