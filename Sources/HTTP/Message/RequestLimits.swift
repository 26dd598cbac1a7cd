/// What one request may take up before its body counts; all sizes are in bytes.
package struct RequestLimits: Sendable {
    /// The request target, as written.
    package var maximumTargetBytes = 8192
    /// Request line, all field lines and the empty line behind them.
    package var maximumHeadBytes = 32768
    /// One field line without its end.
    package var maximumFieldBytes = 16384
    /// Field lines of a head, and again of the trailers.
    package var maximumFields = 100
    /// The extensions of all chunks of one body together.
    package var maximumChunkExtensionBytes = 4096
    /// All trailer lines and the empty line behind them.
    package var maximumTrailerBytes = 8192
    /// Empty lines before a request line.
    package var maximumEmptyLines = 4

    /// A longer method is none we know.
    static let maximumMethodBytes = 32
    /// Sixteen hexadecimal digits name every size of 64 bits.
    static let maximumChunkSizeDigits = 16
    static let maximumChunkBytes = UInt64(Int.max / 2)

    package init() {}
}
