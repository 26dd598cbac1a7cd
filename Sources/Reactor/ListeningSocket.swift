import CSystem
import Glibc

/// A bound, listening socket. Whoever holds the descriptor closes it.
package struct ListeningSocket: Sendable {
    package let descriptor: Int32
    /// What can be dialled: the real port where port 0 was asked.
    package let address: ListenAddress

    package init(descriptor: Int32, address: ListenAddress) {
        (self.descriptor, self.address) = (descriptor, address)
    }

    /// Connections the kernel keeps waiting for a busy server.
    static let backlog: Int32 = 4096

    /// Every socket the address stands for: one, or two for a name with an IPv4 and an IPv6
    /// address. All of them or none.
    package static func listen(at address: ListenAddress) throws(ListenFault) -> [ListeningSocket] {
        switch address {
        case .unix(let path): [try listen(path: path, at: address)]
        case .everywhere(let port): try listen(host: nil, port: port, at: address)
        case .internet(let host, let port): try listen(host: host, port: port, at: address)
        }
    }

    package func close() {
        Glibc.close(descriptor)
        if case .unix(let path) = address { Self.removeSocketFile(path) }
    }

    /// Unlinks a socket's file and nothing else that may be there by now.
    package static func removeSocketFile(_ path: String) {
        if isSocket(path) == true { unlink(path) }
    }

    /// Nil when nothing is there. A link is no socket, whatever it leads to.
    private static func isSocket(_ path: String) -> Bool? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return status.st_mode & S_IFMT == S_IFSOCK
    }
}

extension ListeningSocket {
    private static func listen(
        host: String?, port: UInt16, at address: ListenAddress
    ) throws(ListenFault) -> [ListeningSocket] {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(host, String(port), &hints, &found)
        guard failure == 0 else {
            let reason = String(cString: gai_strerror(failure))
            throw ListenFault(address: address, reason: "\(reason); use an address", isTaken: false)
        }
        defer { freeaddrinfo(found) }
        var sockets: [ListeningSocket] = []
        var fault: SystemFault?
        var chosenPort = port
        for info in sequence(first: found, next: { $0?.pointee.ai_next }).compactMap({ $0?.pointee }
        ) {
            do {
                let descriptor = try open(info, port: chosenPort)
                chosenPort = localPort(of: descriptor)
                sockets.append(
                    ListeningSocket(
                        descriptor: descriptor, address: address.with(port: chosenPort)))
            } catch {
                // A machine without IPv6 still serves by IPv4; a taken port is never passed over.
                fault = error
                if error.code != EADDRNOTAVAIL, error.code != EAFNOSUPPORT { break }
            }
        }
        if let fault, sockets.isEmpty || fault.code == EADDRINUSE || fault.code == EACCES {
            for socket in sockets { socket.close() }
            throw ListenFault(address, fault)
        }
        return sockets
    }

    private static func open(_ info: addrinfo, port: UInt16) throws(SystemFault) -> Int32 {
        let descriptor = try newSocket(info.ai_family)
        var yes: Int32 = 1
        let length = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, length)
        if info.ai_family == AF_INET6 {
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, length)
        }
        // Accepted connections inherit it, which saves a call for each.
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, length)
        info.ai_addr.setPort(port)
        try bindAndListen(descriptor, info.ai_addr, info.ai_addrlen)
        return descriptor
    }

    private static func listen(
        path: String, at address: ListenAddress
    ) throws(ListenFault) -> ListeningSocket {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        do {
            let descriptor = try newSocket(AF_UNIX)
            try withUnsafeMutablePointer(to: &name) { pointer throws(SystemFault) in
                let generic = UnsafeMutableRawPointer(pointer).assumingMemoryBound(
                    to: sockaddr.self)
                do throws(SystemFault) {
                    try removeDeadSocket(path, generic, size)
                } catch {
                    Glibc.close(descriptor)
                    throw error
                }
                try bindAndListen(descriptor, generic, size)
            }
            return ListeningSocket(descriptor: descriptor, address: address)
        } catch {
            throw ListenFault(address, error)
        }
    }

    /// A socket file nobody listens at is what a killed server left; it goes.
    private static func removeDeadSocket(
        _ path: String, _ name: UnsafePointer<sockaddr>, _ size: socklen_t
    ) throws(SystemFault) {
        guard let isSocket = isSocket(path) else { return }
        guard isSocket else { throw SystemFault(call: "bind", code: ENOTSOCK) }
        let probe = try newSocket(AF_UNIX)
        defer { Glibc.close(probe) }
        if connect(probe, name, size) == 0 { throw SystemFault(call: "bind", code: EADDRINUSE) }
        if errno == ECONNREFUSED { unlink(path) }
    }

    private static func newSocket(_ family: Int32) throws(SystemFault) -> Int32 {
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(family, Int32(kind), 0)
        guard descriptor >= 0 else { throw SystemFault(call: "socket") }
        return descriptor
    }

    /// Closes the socket when it fails.
    private static func bindAndListen(
        _ descriptor: Int32, _ name: UnsafePointer<sockaddr>, _ size: socklen_t
    ) throws(SystemFault) {
        if bind(descriptor, name, size) == 0, Glibc.listen(descriptor, backlog) == 0 { return }
        let fault = SystemFault(call: "bind")
        Glibc.close(descriptor)
        throw fault
    }

    private static func localPort(of descriptor: Int32) -> UInt16 {
        var name = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &name) { pointer in
            let generic = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
            getsockname(descriptor, generic, &length)
        }
        return PeerAddress(name).port
    }
}

extension UnsafeMutablePointer<sockaddr> {
    /// Both families keep the port at the same place.
    fileprivate func setPort(_ port: UInt16) {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: sockaddr_in.self)
            .pointee.sin_port = port.bigEndian
    }
}

extension ListenAddress {
    fileprivate func with(port: UInt16) -> ListenAddress {
        switch self {
        case .everywhere: .everywhere(port: port)
        case .internet(let host, _): .internet(host: host, port: port)
        case .unix: self
        }
    }
}

extension ListenFault {
    fileprivate init(_ address: ListenAddress, _ fault: SystemFault) {
        let reason =
            switch fault.code {
            case EADDRINUSE: "another program listens there; stop it or choose another address"
            case ENOTSOCK: "something else than a socket is there; choose another path"
            case EACCES: "this user may not; choose a port above 1023 or another folder"
            case EADDRNOTAVAIL: "this machine has no such address; choose one it has"
            case EMFILE, ENFILE: "too many open files; raise the limit (ulimit -n)"
            default: String(cString: strerror(fault.code))
            }
        self.init(address: address, reason: reason, isTaken: fault.code == EADDRINUSE)
    }
}
