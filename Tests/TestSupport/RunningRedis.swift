import Bytes
import Glibc
import Reactor

/// A Redis of a test: on a socket in a temporary folder, keeping nothing on disk.
package final class RunningRedis: Sendable {
    package let socket: String
    private let place: TemporaryFolder
    private let password: String?
    private let process = Locked<Int32>(0)

    private init(_ place: TemporaryFolder, password: String?) {
        (self.place, self.password) = (place, password)
        socket = place.path + "/redis.sock"
    }

    package var url: String { "unix://\(password.map { ":\($0)@" } ?? "")\(socket)" }

    /// Starts one and returns when it answers.
    package static func start(password: String? = nil) async throws -> RunningRedis {
        let redis = RunningRedis(try TemporaryFolder(), password: password)
        try await redis.start()
        return redis
    }

    /// Starts it anew, empty.
    package func start() async throws {
        let protection = password.map { ["--requirepass", $0] } ?? []
        let arguments =
            ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", place.path]
            + protection
        try await onLoop {
            var plan = ChildProcess.Plan(executable: "redis-server", arguments: arguments)
            plan.environment = ["PATH": String(cString: getenv("PATH"))]
            plan.descriptors = [nil, nil, nil]
            let child = try ChildProcess(plan) { _ in }
            self.process.withLock { $0 = child.identifier }
        }
        try await eventually("a Redis at \(socket)") { self.say("PING").hasPrefix("+PONG") }
    }

    /// Ends it at once.
    package func kill() async throws {
        signal(SIGKILL)
        try await eventually("the end of Redis") { self.say("PING").isEmpty }
    }

    /// Stops it from answering, and lets it go on.
    package func pause(_ isPaused: Bool) { signal(isPaused ? SIGSTOP : SIGCONT) }

    private func signal(_ number: Int32) { Glibc.kill(process.withLock { $0 }, number) }

    /// Says a line over a connection of its own, and returns what comes back first. Blocks.
    package func say(_ line: String) -> String {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8) }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { return "" }
        let text = (password.map { "AUTH \($0)\r\n" } ?? "") + line + "\r\n"
        _ = text.utf8.withContiguousStorageIfAvailable {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        shutdown(descriptor, Int32(SHUT_WR))
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { break }
            answer += piece.prefix(count)
        }
        let said = String(decoding: answer, as: UTF8.self)
        return password == nil ? said : String(said.drop { $0 != "\r\n" }.dropFirst())
    }

    deinit {
        signal(SIGKILL)
        place.remove()
    }
}
