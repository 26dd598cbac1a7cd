import Glibc
import TestSupport

/// Lets everybody in, calls itself PostgreSQL 12, and answers nothing else.
final class OldPostgres: Sendable {
    private let listener: Int32
    private let port: UInt16

    var url: String { "postgres://me@127.0.0.1:\(port)/films?sslmode=disable" }

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) + listen(descriptor, 16)
                    + getsockname(descriptor, $0, &length)
            }
        }
        guard status == 0 else { throw NeverHappened(what: "an old server") }
        listener = descriptor
        port = UInt16(bigEndian: address.sin_port)
        Thread { [listener] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Self.greet(client)
            }
        }.detach()
    }

    /// PostgreSQL, Message Formats: AuthenticationOk, ParameterStatus, ReadyForQuery.
    private static func greet(_ client: Int32) {
        var question = [UInt8](repeating: 0, count: 4_096)
        _ = recv(client, &question, question.count, 0)
        var words = message("R", [0, 0, 0, 0])
        for (name, value) in [("server_version", "12.20"), ("client_encoding", "UTF8")] {
            words += message("S", Array(name.utf8) + [0] + Array(value.utf8) + [0])
        }
        words += message("Z", Array("I".utf8))
        _ = send(client, words, words.count, Int32(MSG_NOSIGNAL))
        _ = recv(client, &question, question.count, 0)
        Glibc.close(client)
    }

    private static func message(_ type: Character, _ body: [UInt8]) -> [UInt8] {
        Array(String(type).utf8) + [0, 0, 0, UInt8(body.count + 4)] + body
    }

    func close() { shutdown(listener, Int32(SHUT_RDWR)) }
}
