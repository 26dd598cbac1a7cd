import Features
import GraphQLHTTP
import GraphQLTypes
import HTTP
import Reactor

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

    var headers: HeaderBlock { context.access.cookie.map { cookie.field($0) } ?? HeaderBlock() }
}
