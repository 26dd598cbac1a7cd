/// Where a server accepts connections.
package enum ListenAddress: Sendable, Hashable {
    /// All addresses of the machine, IPv6 and IPv4.
    case everywhere(port: UInt16)
    /// A host name, an IPv4 address, or an IPv6 address without its brackets.
    case internet(host: String, port: UInt16)
    /// A socket in the file system.
    case unix(path: String)
}

extension ListenAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .everywhere(let port): "*:\(port)"
        case .internet(let host, let port) where host.contains(":"): "[\(host)]:\(port)"
        case .internet(let host, let port): "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}

/// Why an address cannot be listened at, in one line that says what to do.
package struct ListenFault: Error, Equatable, CustomStringConvertible {
    package let address: ListenAddress
    package let reason: String
    /// Another program has it.
    package let isTaken: Bool

    package var description: String { "cannot listen at \(address): \(reason)" }
}
