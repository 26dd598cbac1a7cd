import Bytes
import Glibc

/// Where a collector takes spans: `http://host:port/path`.
package struct CollectorAddress: Hashable, Sendable {
    package let host: String
    package let port: UInt16
    /// Of the requests, `/v1/traces` included.
    package let path: String

    package init(host: String, port: UInt16, path: String = "/v1/traces") {
        (self.host, self.port, self.path) = (host, port, path)
    }

    /// What stands in the Host field.
    var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension CollectorAddress: CustomStringConvertible {
    package var description: String { "http://\(authority)\(path)" }
}

/// An address of the system, to connect to.
struct SocketAddress: Sendable {
    let family: Int32
    private let bytes: [UInt8]

    /// All that a name stands for, in the system's order. Blocks while name servers are asked.
    static func find(_ address: CollectorAddress) throws(ExportFault) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(address.host, String(address.port), &hints, &found)
        guard failure == 0 else { throw .unknownName(String(cString: gai_strerror(failure))) }
        defer { freeaddrinfo(found) }
        return sequence(first: found, next: { $0?.pointee.ai_next }).compactMap { info in
            info.map { SocketAddress($0.pointee) }
        }
    }

    private init(_ info: addrinfo) {
        family = info.ai_family
        bytes = Array(UnsafeRawBufferPointer(start: info.ai_addr, count: Int(info.ai_addrlen)))
    }

    /// Begins to connect; false with `errno` where that fails at once.
    func connect(_ descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            guard let name = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
                return false
            }
            return Glibc.connect(descriptor, name, socklen_t(bytes.count)) == 0
                || errno == EINPROGRESS
        }
    }
}

/// Why no answer has come.
package enum ExportFault: Error, Hashable, CustomStringConvertible {
    case unknownName(String)
    case unreachable(SystemCode)
    case timedOut
    case malformed
    /// The worker stops and waits no longer.
    case abandoned

    /// An `errno`.
    package struct SystemCode: Hashable, Sendable {
        package let code: Int32
    }

    package var description: String {
        switch self {
        case .unknownName(let reason): reason
        case .unreachable(let system): String(cString: strerror(system.code))
        case .timedOut: "it did not answer in time"
        case .malformed: "what it answered is no HTTP/1.1"
        case .abandoned: "there was no time left"
        }
    }
}
