/// One value, or key, as a document stores it: 16 bytes, no references.
///
/// Records stand in the order of the source. Behind an array's come its elements; behind an
/// object's, in turns, its keys and their values. All records below `i` are `i + 1 ..< next`.
@frozen public struct JSONRecord: Hashable, Sendable {
    public let form: JSONValue.Form
    public internal(set) var flags: Flags = []
    /// Offsets of the value's text in the source, with its quotes or brackets.
    public let start: UInt32
    public internal(set) var end: UInt32 = 0
    /// The index behind the value's last descendant. While the value is still being read: the
    /// index of the array or object it is in.
    public internal(set) var next: UInt32 = 0

    init(_ form: JSONValue.Form, start: Int) {
        self.form = form
        self.start = UInt32(truncatingIfNeeded: start)
    }

    @frozen public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Of a string: its value is not simply its text.
        @inlinable public static var hasEscapes: Self { Self(rawValue: 1) }
        /// Of a number: it has neither a fraction nor an exponent.
        @inlinable public static var isInteger: Self { Self(rawValue: 2) }
    }
}
