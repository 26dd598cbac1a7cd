package import GraphQLExecution
package import HTTP
package import JSON
import Reactor

/// Decides about a connection by the payload of its `connection_init`, if it has one: who is there,
/// or nothing where nobody may be. What it throws is an error of the server's own.
package typealias Admission =
    @Sendable @EventLoop (Request, _ payload: JSONValue?) async throws -> Session?

/// A connection that has been let in.
package struct Session: Sendable {
    /// Makes what answers one operation until its deadline, in the loop's milliseconds, or throws
    /// why nothing may. Where the operation has asked for a trace, statements are noted there.
    package typealias MakeResolvers =
        @Sendable @EventLoop (PreparedRequest, _ deadline: UInt64, ExecutionTrace?)
        throws -> any Resolvers

    package var resolvers: MakeResolvers
    /// What `connection_ack` says besides, as a JSON object.
    package var acknowledgement: [UInt8]?
    /// When it ends, such as with the token that opened it.
    package var lifetimeMilliseconds: UInt64?

    package init(
        acknowledgement: [UInt8]? = nil, lifetimeMilliseconds: UInt64? = nil,
        resolvers: @escaping MakeResolvers
    ) {
        self.acknowledgement = acknowledgement
        self.lifetimeMilliseconds = lifetimeMilliseconds
        self.resolvers = resolvers
    }
}
