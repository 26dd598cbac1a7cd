import Features
import GraphQLHTTP
import GraphQLTypes
import HTTP
import Reactor
import Telemetry

/// The admission of a request, as the product decides about it.
@EventLoop final class RequestAdmission: Admission {
    private let context: RequestContext
    private let cookie: RefreshCookie

    init(_ context: RequestContext, _ cookie: RefreshCookie) {
        (self.context, self.cookie) = (context, cookie)
    }

    func begin() { context.beginAdmission() }

    var refusal: GraphQLError? { context.access.refusal }

    func decide() async throws { try await context.access.decide() }

    var headers: HeaderBlock {
        var headers = context.access.cookie.map { cookie.field($0) } ?? HeaderBlock()
        if context.idempotencyOutcome == .replayed {
            headers.add("Idempotency-Replayed", "true" as StaticString)
        }
        return headers
    }

    func add(to line: inout LogLine) {
        if let outcome = context.idempotencyOutcome { line.field("idempotency", outcome.rawValue) }
    }
}
