/// The first mistake of a JSON text: parsing stops there.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong, and what was found instead.
    public let message: String
    /// How many bytes stand before the mistake.
    public let offset: Int

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String { "\(message) (byte \(offset))" }
}
