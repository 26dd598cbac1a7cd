import Bytes
package import Reactor
package import Telemetry
import Tracing

/// Writes one line for each request to the log, refused ones too: who asked what, and how it
/// ended. Values of the query that may be secret are left out, header fields are not logged at
/// all but for User-Agent.
@EventLoop package final class AccessLog {
    private let logger: Logger
    /// Where the texts of one line are put together.
    private var scratch = ByteBuffer()

    package init(_ logger: Logger) { self.logger = logger }

    package func record(_ completion: Completion) {
        guard logger.isEnabled(.info) else { return }
        let isRequest = completion.outcome != .malformed
        logger.info("request") { line in
            if isRequest {
                line.field("method", completion.request.method.name)
                addTarget(completion.request.head, to: &line)
            }
            line.field("status", completion.status.rawValue)
            line.field("bytes", completion.bodyBytes)
            line.field(
                "duration_ms", Double(completion.durationNanoseconds) / 1_000_000, digits: 3)
            addScratch("client", to: &line) { completion.client.write(to: &$0) }
            addScratch("id", to: &line) { completion.request.identifier.write(to: &$0) }
            if isRequest { addRequest(completion.request, to: &line) }
            switch completion.outcome {
            case .answered: break
            case .cut: line.field("cut", true)
            case .malformed: line.field("malformed", true)
            }
        }
    }

    private func addRequest(_ request: Request, to line: inout LogLine) {
        if let agent = request.head.value(of: "user-agent") { line.field("user_agent", agent) }
        line.field("version", request.head.version == .http11 ? "1.1" : "1.0")
        line.fields(of: request.trace)
        request.facts?.add(to: &line)
    }

    private func addTarget(_ head: RequestHead, to line: inout LogLine) {
        guard !head.query.isEmpty else {
            return line.field("path", head.method == .connect ? head.target : head.path)
        }
        addScratch("path", to: &line) { text in
            text.append(head.path)
            text.append(UInt8(ascii: "?"))
            SecretQuery.append(head.query, to: &text)
        }
    }

    private func addScratch(
        _ name: StaticString, to line: inout LogLine, _ write: (inout ByteBuffer) -> Void
    ) {
        scratch.removeAll()
        write(&scratch)
        scratch.withUnsafeBytes { line.field(name, $0) }
    }
}

/// A query without its secrets.
enum SecretQuery {
    /// Names whose values are not for a log; in lower case. GraphQL's variables and documents may
    /// hold any of them, and `next` a whole address with its own query.
    private static let names: [StaticString] = [
        "token", "access_token", "refresh_token", "id_token", "code", "key", "api_key", "apikey",
        "signature", "sig", "password", "secret", "client_secret", "authorization", "variables",
        "jwt", "auth", "session", "pwd", "passwd", "passphrase", "credential", "credentials",
        "state", "next", "query", "x-amz-signature", "x-amz-credential", "x-amz-security-token",
    ]

    /// Appends the query as it was written, but `[redacted]` for the value of each secret name.
    static func append(_ query: ArraySlice<UInt8>, to text: inout ByteBuffer) {
        query.withUnsafeBytes { query in
            var start = 0
            while true {
                let and = query.firstIndex(of: UInt8(ascii: "&"), in: start..<query.count)
                appendPair(query.part(start..<(and ?? query.count)), to: &text)
                guard let and else { return }
                text.append(UInt8(ascii: "&"))
                start = and + 1
            }
        }
    }

    private static func appendPair(_ pair: UnsafeRawBufferPointer, to text: inout ByteBuffer) {
        guard let equals = pair.firstIndex(of: UInt8(ascii: "="), in: 0..<pair.count),
            isSecret(pair.part(0..<equals))
        else { return text.append(pair) }
        text.append(pair.part(0..<equals + 1))
        text.append("[redacted]")
    }

    private static func isSecret(_ name: UnsafeRawBufferPointer) -> Bool {
        if name.firstIndex(of: UInt8(ascii: "%"), in: 0..<name.count) != nil {
            let decoded = name.percentDecoded() ?? []
            return decoded.withUnsafeBytes { isListed($0) }
        }
        return isListed(name)
    }

    private static func isListed(_ name: UnsafeRawBufferPointer) -> Bool {
        for secret in names where name.equals(ignoringCase: secret) { return true }
        return false
    }
}
