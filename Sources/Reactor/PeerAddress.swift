import CSystem
import Glibc

/// The other end of a connection: an IPv6 address, an IPv4 address as its IPv6 form, or a unix
/// socket, which counts as this machine.
package struct PeerAddress: Hashable, Sendable {
    /// The sixteen bytes of the address in network order, as two big-endian halves.
    package let high: UInt64
    package let low: UInt64
    package let port: UInt16
    package let isUnix: Bool

    init(_ storage: sockaddr_storage) {
        var storage = storage
        let family = Int32(storage.ss_family)
        var (high, low): (UInt64, UInt64) = (0, 0)
        var port: UInt16 = 0
        withUnsafeBytes(of: &storage) { bytes in
            switch family {
            case AF_INET:
                let address = bytes.loadUnaligned(as: sockaddr_in.self)
                low = 0xFFFF_0000_0000 | UInt64(UInt32(bigEndian: address.sin_addr.s_addr))
                port = UInt16(bigEndian: address.sin_port)
            case AF_INET6:
                let address = bytes.loadUnaligned(as: sockaddr_in6.self)
                withUnsafeBytes(of: address.sin6_addr) {
                    high = UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self))
                    low = UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                }
                port = UInt16(bigEndian: address.sin6_port)
            default: break
            }
        }
        (self.high, self.low, self.port) = (high, low, port)
        isUnix = family != AF_INET && family != AF_INET6
    }
}
