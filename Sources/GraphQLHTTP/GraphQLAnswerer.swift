package import GraphQLExecution
package import GraphQLTypes
package import HTTP
package import Reactor
package import Telemetry

/// What answers one request, and who decides whether the answer may leave.
@EventLoop package struct GraphQLAnswerer {
    package let resolvers: any Resolvers
    package let admission: (any Admission)?

    package init(_ resolvers: any Resolvers, admission: (any Admission)? = nil) {
        (self.resolvers, self.admission) = (resolvers, admission)
    }
}

/// Whether whoever asks may be answered. That may be found out while the request runs already:
/// nobody is given an answer before.
@EventLoop package protocol Admission: AnyObject, Sendable {
    /// Nothing has run yet. Throws where it is asked for too often.
    func enter() async throws(RateRefusal)
    /// A query is about to run: what is found out now costs no time of its own. Changes find out
    /// by themselves, before they change anything.
    func begin()
    /// Why not, as far as is known by now.
    var refusal: GraphQLError? { get }
    /// Returns once what was begun is decided, and throws why the request may not be answered.
    func decide() async throws
    /// What the response's head says besides, such as cookies.
    var headers: HeaderBlock { get }
    /// What the access log says of it besides.
    func add(to line: inout LogLine)
}

extension Admission {
    package func add(to line: inout LogLine) {}
}
