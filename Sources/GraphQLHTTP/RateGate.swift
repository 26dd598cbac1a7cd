package import GraphQLTypes
package import HTTP
package import Reactor

/// Counts how often there is asked, and refuses what is too often.
@EventLoop package protocol RateGate: AnyObject, Sendable {
    /// Somebody asks for something, of which nothing has been looked at yet.
    func arrive(_ request: Request) throws(RateRefusal)
}

/// Why something is too often, or why nobody could tell.
package struct RateRefusal: Error {
    package let error: GraphQLError
    /// The name of the limit.
    package let limit: String
    /// What the response's head says of limits.
    package var headers: HeaderBlock

    package init(_ error: GraphQLError, limit: String, headers: HeaderBlock = HeaderBlock()) {
        (self.error, self.limit, self.headers) = (error, limit, headers)
    }
}

extension Refusal {
    /// RFC 6585 section 4, whatever the profile of status codes.
    init(_ refusal: RateRefusal) {
        let isLimit = refusal.error.code == .rateLimited
        self.init([refusal.error], .status(isLimit ? .tooManyRequests : .serviceUnavailable))
        limit = refusal.limit
        headers.add(refusal.headers)
    }
}
