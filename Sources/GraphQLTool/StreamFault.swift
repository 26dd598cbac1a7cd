/// A stream that went away in the middle of a conversation.
package struct StreamFault: Error, Hashable, Sendable {
    /// What could not be done, and why.
    package let reason: String
}
