package import Bytes
import CSystem
import Glibc

/// The other end of a connection: an address and a port, or a unix socket, which counts as this
/// machine.
package struct PeerAddress: Hashable, Sendable {
    package let ip: IPAddress
    package let port: UInt16
    package let isUnix: Bool

    package init(_ ip: IPAddress, port: UInt16) {
        (self.ip, self.port, isUnix) = (ip, port, false)
    }

    init(_ storage: sockaddr_storage) {
        var storage = storage
        let family = Int32(storage.ss_family)
        let (ip, port) = withUnsafeBytes(of: &storage) { bytes -> (IPAddress, UInt16) in
            switch family {
            case AF_INET:
                let address = bytes.loadUnaligned(as: sockaddr_in.self)
                return (
                    IPAddress(ipv4: UInt32(bigEndian: address.sin_addr.s_addr)),
                    UInt16(bigEndian: address.sin_port)
                )
            case AF_INET6:
                let address = bytes.loadUnaligned(as: sockaddr_in6.self)
                return (IPAddress(address.sin6_addr), UInt16(bigEndian: address.sin6_port))
            default: return (.loopback, 0)
            }
        }
        (self.ip, self.port) = (ip, port)
        isUnix = family != AF_INET && family != AF_INET6
    }
}

extension PeerAddress: CustomStringConvertible {
    /// `a.b.c.d:port`, `[v6]:port` or `unix`.
    package var description: String {
        if isUnix { return "unix" }
        return ip.isIPv4 ? "\(ip):\(port)" : "[\(ip)]:\(port)"
    }
}

extension IPAddress {
    fileprivate init(_ address: in6_addr) {
        self = withUnsafeBytes(of: address) {
            IPAddress(
                high: UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
