/// The first mistake of a source text: parsing stops there.
public struct SyntaxError: Error, Hashable, Sendable {
    /// What is wrong, beginning with `Syntax Error: `.
    public let message: String
    /// Where the offending token, or character, begins.
    public let location: SourceLocation

    init(_ description: String, at offset: Int, in source: UnsafeBufferPointer<UInt8>) {
        message = "Syntax Error: " + description
        location = SourceLocation(of: offset, in: source)
    }
}

extension SyntaxError: CustomStringConvertible {
    public var description: String { "\(message) (\(location.line):\(location.column))" }
}
