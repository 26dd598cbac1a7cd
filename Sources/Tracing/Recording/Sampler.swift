/// Decides at a trace's begin whether it is recorded.
package struct Sampler: Hashable, Sendable {
    /// Of all traces that begin here, this part.
    package let ratio: Double
    /// Whether the caller's decision holds where there is a caller.
    package let followsParent: Bool

    package init(ratio: Double, followsParent: Bool) {
        precondition((0...1).contains(ratio), "a part of all is from 0 to 1")
        (self.ratio, self.followsParent) = (ratio, followsParent)
    }

    package static let never = Sampler(ratio: 0, followsParent: false)

    /// The same for everyone who samples by the trace's name with at least this ratio, so that
    /// traces over several services are whole.
    func samples(_ trace: TraceIdentifier, from parent: TraceParent?) -> Bool {
        if followsParent, let parent { return parent.isSampled }
        return trace.low >> 1 < UInt64(ratio * 0x1p63)
    }
}
