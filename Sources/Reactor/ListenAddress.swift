import CSystem
import Glibc

/// Where a server listens: `host:port`, `[v6]:port`, `*:port` or `unix:/path`.
package enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
    case internet(host: String, port: UInt16)
    case unix(path: String)

    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/"), path.utf8.count < 108 else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        self = .internet(host: host == "*" ? "0.0.0.0" : host, port: port)
        guard self.isResolvable else { return nil }
    }

    package var description: String {
        switch self {
        case .internet(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    /// Numeric addresses and `localhost`: a listener is never looked up over a network.
    private var isResolvable: Bool {
        guard case .internet(let host, _) = self else { return true }
        var (v4, v6) = (in_addr(), in6_addr())
        return host == "localhost" || inet_pton(AF_INET, host, &v4) == 1
            || inet_pton(AF_INET6, host, &v6) == 1
    }
}

/// Why an address cannot be listened at, in one line that says what to do.
package struct ListenFault: Error, CustomStringConvertible {
    package let description: String

    init(_ address: ListenAddress, _ fault: SystemFault) {
        let advice =
            switch fault.code {
            case EADDRINUSE:
                "another program listens there; stop it or choose another address"
            case EACCES: "ports below 1024 and this folder need more rights; choose another"
            case EADDRNOTAVAIL: "no interface of this machine has that address"
            default: "\(fault)"
            }
        description = "cannot listen at \(address): \(advice)"
    }
}

/// A bound, listening socket. Whoever holds the descriptor closes it.
package struct ListeningSocket: Sendable {
    package let descriptor: Int32
    /// The address asked for, with the real port where port 0 was asked.
    package let address: ListenAddress

    /// Connections the kernel keeps for a server that is busy.
    static let backlog: Int32 = 4096

    package init(descriptor: Int32, address: ListenAddress) {
        self.descriptor = descriptor
        self.address = address
    }

    package static func listen(at address: ListenAddress) throws(ListenFault) -> ListeningSocket {
        do {
            switch address {
            case .internet(let host, let port):
                return try listen(host: host == "localhost" ? "127.0.0.1" : host, port: port)
            case .unix(let path): return try listen(path: path)
            }
        } catch {
            throw ListenFault(address, error)
        }
    }

    private static func listen(host: String, port: UInt16) throws(SystemFault) -> ListeningSocket {
        var v4 = sockaddr_in()
        v4.sin_family = sa_family_t(AF_INET)
        v4.sin_port = port.bigEndian
        if inet_pton(AF_INET, host, &v4.sin_addr) == 1 {
            let descriptor = try open(AF_INET, &v4, MemoryLayout<sockaddr_in>.size)
            return ListeningSocket(
                descriptor: descriptor,
                address: .internet(host: host, port: localPort(of: descriptor)))
        }
        var v6 = sockaddr_in6()
        v6.sin6_family = sa_family_t(AF_INET6)
        v6.sin6_port = port.bigEndian
        guard inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 else {
            throw SystemFault(call: "inet_pton", code: EINVAL)
        }
        let descriptor = try open(AF_INET6, &v6, MemoryLayout<sockaddr_in6>.size)
        return ListeningSocket(
            descriptor: descriptor,
            address: .internet(host: host, port: localPort(of: descriptor)))
    }

    private static func listen(path: String) throws(SystemFault) -> ListeningSocket {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: path.utf8)
        }
        try removeDeadSocket(path, address)
        let descriptor = try open(AF_UNIX, &address, MemoryLayout<sockaddr_un>.size)
        return ListeningSocket(descriptor: descriptor, address: .unix(path: path))
    }

    /// A socket file nobody listens at is left over from a killed server and goes.
    private static func removeDeadSocket(
        _ path: String, _ address: sockaddr_un
    ) throws(SystemFault) {
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var address = address
        let status = withGenericAddress(&address) {
            connect(probe, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
        if status == 0 { throw SystemFault(call: "bind", code: EADDRINUSE) }
        if errno == ECONNREFUSED { unlink(path) }
    }

    private static func open<Address>(
        _ family: Int32, _ address: inout Address, _ size: Int
    ) throws(SystemFault) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw SystemFault(call: "socket") }
        var yes: Int32 = 1
        let length = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, length)
        if family == AF_INET6 {
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, length)
        }
        // Accepted connections inherit it, which saves a call for each.
        if family != AF_UNIX { setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, length) }
        let bound = withGenericAddress(&address) { bind(descriptor, $0, socklen_t(size)) }
        guard bound == 0, Glibc.listen(descriptor, backlog) == 0 else {
            let fault = SystemFault(call: bound == 0 ? "listen" : "bind")
            close(descriptor)
            throw fault
        }
        return descriptor
    }

    private static func localPort(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withGenericAddress(&address) { getsockname(descriptor, $0, &length) }
        return PeerAddress(address).port
    }
}

private func withGenericAddress<Address, Result>(
    _ address: inout Address, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
) -> Result {
    withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
}
