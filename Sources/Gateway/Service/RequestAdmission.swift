import Features
import GraphQLHTTP
import GraphQLTypes
import HTTP
import RateLimiting
import Reactor
import Telemetry

/// The admission of a request, as the product decides about it.
@EventLoop final class RequestAdmission: Admission {
    private let context: RequestContext
    private let cookie: RefreshCookie
    private let rates: RateLimiter?
    /// Asked once: it holds the request, which keeps its admission for the log.
    private var count: Count?
    private var charges: [RateCharge] = []

    /// Counts the request for all limits that hold for it.
    typealias Count = @EventLoop () async -> Result<[RateCharge], RateRefusal>

    init(
        _ context: RequestContext, _ cookie: RefreshCookie, _ rates: RateLimiter?,
        count: Count? = nil
    ) {
        (self.context, self.cookie, self.rates, self.count) = (context, cookie, rates, count)
    }

    func enter() async throws(RateRefusal) {
        guard let count = count.take() else { return }
        charges = try await count().get()
    }

    func begin() { context.beginAdmission() }

    var refusal: GraphQLError? { context.access.refusal }

    func decide() async throws {
        try await context.endAdmission()
        rates?.trust(context.access.caller.credential)
    }

    var headers: HeaderBlock {
        var headers = HeaderBlock(charges)
        if let change = context.access.cookie { headers.add(cookie.field(change)) }
        if context.idempotencyOutcome == .replayed {
            headers.add("Idempotency-Replayed", "true" as StaticString)
        }
        return headers
    }

    func add(to line: inout LogLine) {
        if let outcome = context.idempotencyOutcome { line.field("idempotency", outcome.rawValue) }
    }
}
