import Glibc

/// Tries whether the server could listen on an address, by binding it and letting go at once.
package enum AddressProbe {
    package enum Outcome: Sendable, Equatable {
        case free
        case taken
        case refused(String)
    }

    package static func outcome(of address: ListenAddress) -> Outcome {
        switch address {
        case .everywhere(let port): probe(host: nil, port: port)
        case .internet(let host, let port): probe(host: host, port: port)
        case .unix(let path): probe(path: path)
        }
    }

    /// The server replaces a socket that a dead one left, so the folder decides.
    private static func probe(path: String) -> Outcome {
        let folder = path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        let isWritable = access(folder.isEmpty ? "/" : folder, W_OK | X_OK) == 0
        return isWritable ? .free : .refused("the socket's folder: \(reason(errno))")
    }

    private static func probe(host: String?, port: UInt16) -> Outcome {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(host, String(port), &hints, &found)
        guard failure == 0 else { return .refused(String(cString: gai_strerror(failure))) }
        defer { freeaddrinfo(found) }
        var outcome = Outcome.refused("no address")
        var next = found
        while let info = next {
            let latest = bindOnce(info.pointee)
            if latest == .taken { return .taken }
            // A machine without IPv6 still serves by IPv4.
            if outcome != .free { outcome = latest }
            next = info.pointee.ai_next
        }
        return outcome
    }

    private static func bindOnce(_ info: addrinfo) -> Outcome {
        let socket = socket(info.ai_family, info.ai_socktype, info.ai_protocol)
        guard socket >= 0 else { return .refused(reason(errno)) }
        defer { close(socket) }
        var isOn: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        if bind(socket, info.ai_addr, info.ai_addrlen) == 0 { return .free }
        return errno == EADDRINUSE ? .taken : .refused(reason(errno))
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
