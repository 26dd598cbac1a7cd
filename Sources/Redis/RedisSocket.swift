import CHiredis
import CSystem
import Glibc
import Reactor

/// A socket on its way to a Redis, which does not block.
enum RedisSocket {
    /// Begins to connect; the socket becomes writable when it has, or when it has failed.
    @EventLoop static func connect(_ endpoint: RedisAddress.Endpoint) async throws(RedisError)
        -> Int32
    {
        let context: UnsafeMutablePointer<redisContext>?
        switch endpoint {
        case .unix(let path): context = redisConnectUnixNonBlock(path)
        case .internet(let host, let port):
            context = redisConnectNonBlock(try await number(of: host), Int32(port))
        }
        guard let context else { throw .unreachable("out of memory") }
        defer { redisFree(context) }
        guard context.pointee.err == 0 else {
            throw .unreachable(
                withUnsafeBytes(of: context.pointee.errstr) { text in
                    String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        // Ours from here on: hiredis would write to it in a way that raises SIGPIPE.
        let descriptor = fcntl(context.pointee.fd, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else {
            throw .unreachable(SystemFault(call: "fcntl").description)
        }
        _ = csystem_set_nonblocking(descriptor)
        return descriptor
    }

    /// Why a socket that has become writable is none, if it is not.
    static func fault(of descriptor: Int32) -> RedisError? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return code == 0 ? nil : .unreachable(String(cString: strerror(code)))
    }

    /// The address that a name stands for. Asked on another thread, since hiredis would wait.
    @EventLoop private static func number(of host: String) async throws(RedisError) -> String {
        do {
            return try await BlockingPool.run { try look(up: host) }
        } catch {
            throw error as? RedisError ?? .unreachable("\(error)")
        }
    }

    private static func look(up host: String) throws(RedisError) -> String {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &found)
        guard status == 0, let found else {
            throw .unreachable("\(host): \(String(cString: gai_strerror(status)))")
        }
        defer { freeaddrinfo(found) }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        getnameinfo(
            found.pointee.ai_addr, found.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
            NI_NUMERICHOST)
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
