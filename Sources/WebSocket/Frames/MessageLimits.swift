/// How much a peer may send at once.
package struct MessageLimits: Sendable {
    /// The payload of one frame.
    package var maximumFrameBytes = 1_048_576
    /// All frames of a message together.
    package var maximumMessageBytes = 1_048_576
    /// How many frames a message may have, empty ones too.
    package var maximumFragments = 1_024

    package init() {}
}
