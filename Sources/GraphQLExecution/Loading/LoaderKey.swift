/// What a loader finds its answers by.
public protocol LoaderKey: Hashable, Sendable {
    /// The same for equal keys, and seldom the same for others. Types that are hashed often have a
    /// cheaper way than Swift's.
    var loaderHash: Int { get }
}

extension LoaderKey {
    @inlinable public var loaderHash: Int { hashValue }
}

extension Int: LoaderKey {
    @inlinable public var loaderHash: Int { LoaderHash.mixed(UInt64(bitPattern: Int64(self))) }
}

extension Int64: LoaderKey {
    @inlinable public var loaderHash: Int { LoaderHash.mixed(UInt64(bitPattern: self)) }
}

extension Int32: LoaderKey {
    @inlinable public var loaderHash: Int { LoaderHash.mixed(UInt64(bitPattern: Int64(self))) }
}

extension String: LoaderKey {}

/// Hashes in two instructions instead of Swift's hundred; which numbers collide nobody outside can
/// know.
public enum LoaderHash {
    @usableFromInline static let secret = UInt64.random(in: 0 ... .max)

    @inlinable public static func mixed(_ number: UInt64) -> Int {
        let product = (number ^ secret).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low)
    }

    @inlinable public static func mixed(_ first: UInt64, _ second: UInt64) -> Int {
        mixed(UInt64(bitPattern: Int64(mixed(first))) &+ second)
    }
}
