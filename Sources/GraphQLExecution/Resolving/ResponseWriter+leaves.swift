import Reactor

/// Writing leaves the way `Resolvers.write` wants it.
extension ResponseWriter {
    /// Appends a value that is not null.
    @inlinable public mutating func write(_ value: some OutputScalar) throws -> Bool {
        try value.write(into: &self)
        return true
    }

    /// Appends a value, or nothing for null.
    @inlinable public mutating func write(_ value: (some OutputScalar)?) throws -> Bool {
        guard let value else { return false }
        try value.write(into: &self)
        return true
    }
}

/// Enum types.
@EventLoop extension OutputScalar where Self: RawRepresentable<String> {
    public func write(into response: inout ResponseWriter) {
        response.append(rawValue)
    }
}
