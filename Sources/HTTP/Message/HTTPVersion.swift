/// The versions of HTTP spoken here; a later 1.x counts as 1.1.
package enum HTTPVersion: UInt8, Comparable, Sendable {
    case http10, http11

    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}
