import Bytes

/// What the HTTP server allows, with the names the documentation uses.
package struct ServerSettings: Sendable {
    package var limits = RequestLimits()
    /// A request's body, unless its route allows more.
    package var maximumBodyBytes: UInt64 = 1_048_576

    package var headerTimeoutMilliseconds: UInt64 = 10_000
    /// Grace before `minimumBytesPerSecond` counts, for bodies.
    package var bodyTimeoutMilliseconds: UInt64 = 30_000
    package var minimumBytesPerSecond: UInt64 = 1_024 {
        didSet { precondition(minimumBytesPerSecond > 0, "the slowest rate is at least one") }
    }
    package var idleTimeoutMilliseconds: UInt64 = 75_000
    /// How long a peer may take nothing of an answer.
    package var sendTimeoutMilliseconds: UInt64 = 30_000
    package var requestTimeoutMilliseconds: UInt64 = 10_000

    /// How long a connection that was answered for the last time may stay, for the peer to read.
    package var lingerMilliseconds: UInt64 = 2_000
    /// How long a peer that has closed its side waits for the answer to what it asked.
    package var halfClosedMilliseconds: UInt64 = 1_000
    /// How long an idle connection may still send a request once the server drains.
    package var drainIdleMilliseconds: UInt64 = 1_000

    /// Unsent bytes of one connection at which its handler waits and nothing more is read.
    package var outputHighWaterBytes = 262_144
    /// Bytes of further requests that one connection may have waiting while a request runs.
    package var maximumPendingBytes = 65_536
    /// Bytes of an unread body that are worth reading to keep a connection.
    package var maximumDiscardBytes: UInt64 = 65_536

    package init() {}
}
