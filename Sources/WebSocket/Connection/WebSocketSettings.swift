package import HTTP

/// What a server of WebSockets allows.
package struct WebSocketSettings: Sendable {
    package var limits = MessageLimits()
    /// The pages that may connect.
    package var allowedOrigins = AllowedOrigins.listed([])
    /// Whether pages of the server itself may as well, where nobody else can pass for it.
    package var letsInOwnPages = false
    /// What may wait for a peer that reads too slowly; with more it is let go.
    package var maximumQueuedBytes = 1_048_576
    /// How long a peer may send nothing before it is asked whether it is there.
    package var pingIntervalMilliseconds: UInt64 = 12_000
    /// How long it may take to answer that.
    package var pongTimeoutMilliseconds: UInt64 = 12_000
    /// How long a message may take to come, from its first byte to its last.
    package var messageTimeoutMilliseconds: UInt64 = 30_000
    /// How long the peer may take to agree that the connection is closed.
    package var closeTimeoutMilliseconds: UInt64 = 5_000

    package init() {}
}
