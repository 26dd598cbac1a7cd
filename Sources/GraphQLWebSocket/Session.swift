package import GraphQLExecution
package import GraphQLHTTP
package import HTTP
package import JSON
import Reactor

/// Decides about a connection by the payload of its `connection_init`, if it has one: who is there,
/// or nothing where nobody may be. What it throws is an error of the server's own, or
/// `TryAgainLater`.
package typealias ConnectionAdmission =
    @Sendable @EventLoop (Request, _ payload: JSONValue?) async throws -> Session?

/// A connection that has been let in.
package struct Session: Sendable {
    /// Makes what answers one operation until its deadline, in the loop's milliseconds, or throws
    /// why nothing may. Where the operation has asked for a trace, statements are noted there.
    package typealias MakeAnswerer =
        @Sendable @EventLoop (PreparedRequest, _ deadline: UInt64, ExecutionTrace?)
        throws -> GraphQLAnswerer

    package var answerer: MakeAnswerer
    /// Asked before an operation runs: why it may not, if there is asked too often.
    package var enter: @Sendable @EventLoop (PreparedRequest) async -> RateRefusal? = { _ in nil }
    /// Whether its operations may be told how they are answered.
    package var allowsTrace = false
    /// What `connection_ack` says besides, as a JSON object.
    package var acknowledgement: [UInt8]?
    /// When it ends, such as with the token that opened it.
    package var lifetimeMilliseconds: UInt64?
    /// Returns once it has to end for another reason, such as that somebody has signed out.
    package var untilOver: (@Sendable @EventLoop () async -> Void)?

    package init(
        acknowledgement: [UInt8]? = nil, lifetimeMilliseconds: UInt64? = nil,
        answerer: @escaping MakeAnswerer
    ) {
        self.acknowledgement = acknowledgement
        self.lifetimeMilliseconds = lifetimeMilliseconds
        self.answerer = answerer
    }
}

/// It cannot be found out now who is there; a moment later it can.
package struct TryAgainLater: Error {
    package init() {}
}
