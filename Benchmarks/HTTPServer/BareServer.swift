import HTTP
import Reactor

/// The HTTP server with nothing in front of the handler, on this process's loop.
@EventLoop enum BareServer {
    /// Serves until the process ends; returns only with what keeps it from serving.
    static func serve(at address: ListenAddress) async -> String {
        do {
            let server = HTTPServer(handler: answer)
            let socket = try ListeningSocket.listen(at: address)[0]
            let acceptor = try Acceptor(socket.descriptor, onFault: { _ in }) {
                server.serve($0, from: $1)
            }
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
            acceptor.stop()
            return "ended"
        } catch {
            return "\(error)"
        }
    }

    /// The bytes of `Benchmarks/http/body.json`: the harness compares.
    private static let body = Array(
        """
        {"data":{"movie":{"id":"bW92aWU6MQ","title":"The Red Balloon","year":1956,\
        "durationSeconds":2040}}}
        """.utf8)
    private static let response = Response(
        headers: HeaderBlock(["Content-Type": "application/json"]), body: .bytes(body))
    private static let path = [UInt8]("/hello".utf8)[...]

    private static let answer: Handler = { request in
        guard request.method == .get, request.path == path else {
            throw RequestFault.notFound
        }
        return response
    }
}
