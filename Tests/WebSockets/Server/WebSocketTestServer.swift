import Glibc
import HTTP
import Reactor

/// What clients of others are tried on: `/` sends every message back, `/graphql` counts. It prints
/// its port and serves until it is ended.
@main enum WebSocketTestServer {
    static func main() { exit(serve()) }

    private nonisolated static func serve() -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        return EventLoop.run {
            do {
                try await listen()
                return 0
            } catch {
                write("\(error)\n", to: STDERR_FILENO)
                return 1
            }
        }
    }

    @EventLoop private static func listen() async throws {
        var router = Router()
        Echo.add(to: &router)
        try Counting.add(to: &router)
        let http = HTTPServer(handler: router.handler)
        let address = ListenAddress.internet(host: "127.0.0.1", port: 0)
        guard let socket = try ListeningSocket.listen(at: address).first,
            case .internet(_, let port) = socket.address
        else { return }
        let acceptor = try Acceptor(
            socket.descriptor, onFault: { _ in }, onConnection: { http.serve($0, from: $1) })
        write("\(port)\n", to: STDOUT_FILENO)
        try await EventLoop.sleep(milliseconds: .max / 2)
        acceptor.stop()
    }

    private nonisolated static func write(_ text: String, to descriptor: Int32) {
        var text = text
        _ = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}
