import Bytes
import Reactor

/// The value of a String leaf: a Swift string, or UTF-8 that lies elsewhere, such as in the memory
/// of a database's answer, and goes into the response from there.
public struct Text: Sendable {
    /// What `nonisolated(unsafe)` vouches for: whoever lends the bytes leaves them as they are
    /// until the response has been written.
    @usableFromInline nonisolated(unsafe) let lent: UnsafeRawBufferPointer?
    @usableFromInline let own: String

    @inlinable public init(_ text: String) { (lent, own) = (nil, text) }

    /// Lends valid UTF-8 for as long as the response is not written.
    @inlinable public init(lending utf8: UnsafeRawBufferPointer) { (lent, own) = (utf8, "") }

    /// A copy that lasts.
    public var string: String {
        guard let lent else { return own }
        return String(decoding: lent, as: UTF8.self)
    }
}

extension Text: OutputScalar {
    @EventLoop public func write(into response: inout ResponseWriter) {
        if let lent { response.append(utf8: lent) } else { response.append(own) }
    }
}

extension Text: ExpressibleByStringInterpolation {
    @inlinable public init(stringLiteral text: String) { self.init(text) }
}

extension Text: Hashable {
    public static func == (left: Text, right: Text) -> Bool { left.string == right.string }

    public func hash(into hasher: inout Hasher) { hasher.combine(string) }
}
