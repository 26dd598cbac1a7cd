import Glibc
import TestSupport
import Testing

@testable import Reactor

@Suite struct ListeningTests {
    init() { LoopThread.start() }

    private func listenOnce(_ address: ListenAddress) throws -> ListeningSocket {
        let sockets = try ListeningSocket.listen(at: address)
        return try #require(sockets.first)
    }

    private func refusal(at address: ListenAddress) -> ListenFault? {
        do {
            for socket in try ListeningSocket.listen(at: address) { socket.close() }
            return nil
        } catch {
            return error
        }
    }

    /// A path of this test's own.
    private func path(_ name: String) -> String { "/tmp/marquee-\(getpid())-\(name).socket" }

    @Test func `port 0 becomes a real port, which a second listener cannot have`() throws {
        let socket = try listenOnce(.internet(host: "127.0.0.1", port: 0))
        defer { socket.close() }
        guard case .internet("127.0.0.1", let port) = socket.address else {
            Issue.record("\(socket.address)")
            return
        }
        #expect(port > 0)
        let fault = try #require(refusal(at: socket.address))
        #expect(fault.isTaken)
        #expect(
            fault.description
                == "cannot listen at 127.0.0.1:\(port): another program listens there; stop it or "
                + "choose another address")
    }

    @Test func `an address this machine does not have is refused`() throws {
        let fault = try #require(refusal(at: .internet(host: "192.0.2.1", port: 0)))
        #expect(!fault.isTaken)
        #expect(
            fault.description
                == "cannot listen at 192.0.2.1:0: this machine has no such address; "
                + "choose one it has"
        )
    }

    @Test func `a folder that is not there is refused`() throws {
        let fault = try #require(refusal(at: .unix(path: "/nowhere/marquee.socket")))
        #expect(
            fault.description
                == "cannot listen at unix:/nowhere/marquee.socket: No such file or directory")
    }

    @Test func `a live unix socket is not replaced, and nothing stays open`() throws {
        let address = ListenAddress.unix(path: path("live"))
        let socket = try listenOnce(address)
        defer { socket.close() }
        // A dup takes the lowest free number; other tests open some descriptors meanwhile.
        let next = dup(socket.descriptor)
        close(next)
        for _ in 0..<200 { #expect(refusal(at: address)?.isTaken == true) }
        #expect(access(path("live"), F_OK) == 0)
        let after = dup(socket.descriptor)
        close(after)
        #expect(after < next + 100)
    }

    @Test func `a unix socket that a dead server left is replaced`() throws {
        let address = ListenAddress.unix(path: path("dead"))
        let dead = try listenOnce(address)
        close(dead.descriptor)
        // A process that is being forked just then has the socket a moment longer.
        var socket = try? listenOnce(address)
        for _ in 0..<10_000 where socket == nil {
            usleep(1_000)
            socket = try? listenOnce(address)
        }
        try #require(socket).close()
        #expect(access(path("dead"), F_OK) != 0)
    }

    @Test func `an acceptor takes connections until it is stopped`() async throws {
        let path = path("accept")
        let socket = try listenOnce(.unix(path: path))
        defer { socket.close() }
        let record = Record()
        let acceptor = try await onLoop {
            try Acceptor(
                socket.descriptor, onFault: { record.add("\($0)") },
                onConnection: { descriptor, peer in
                    record.add(peer.isUnix ? "unix" : "other")
                    close(descriptor)
                })
        }
        let clients = (0..<10).map { _ in connect(to: path) }
        try await eventually("ten connections") { record.steps.count == 10 }
        try await onLoop { acceptor.stop() }
        let late = connect(to: path)
        try await onLoop { try await EventLoop.sleep(milliseconds: 5) }
        await #expect(record.steps == Array(repeating: "unix", count: 10))
        for client in clients + [late] { close(client) }
    }

    private func connect(to path: String) -> Int32 {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let status = withUnsafeMutablePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(client, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(status == 0)
        return client
    }
}
