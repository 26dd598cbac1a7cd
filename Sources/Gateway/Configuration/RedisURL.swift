import Bytes
import HTTP
package import Redis
import Secrets

/// Where the Redis is, with its password kept out of every text.
package struct RedisURL: Sendable, Equatable, CustomStringConvertible {
    package let address: RedisAddress

    /// Without the password: safe to log.
    package var description: String { address.description }

    private static let usualPort: UInt16 = 6379

    /// `redis://[[user]:password@]host[:port][/database]`, or
    /// `unix://[[user]:password@]/path[?db=database]`.
    init(parsing text: String) throws(ValueProblem) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw ValueProblem("has blanks or control characters")
        }
        if text.hasPrefix("rediss://") {
            throw ValueProblem("asks for TLS, which is not spoken here")
        }
        let schemes = ["redis://", "unix://"]
        guard let scheme = schemes.first(where: { text.hasPrefix($0) }) else {
            throw ValueProblem("does not begin with redis:// or unix://")
        }
        let rest = text.dropFirst(scheme.count)
        let at = rest.lastIndex(of: "@")
        let location = at.map { rest[$0...].dropFirst() } ?? rest
        let (user, password) = try Self.credentials(at.map { rest[..<$0] } ?? "")
        let (endpoint, database) =
            try scheme == "unix://" ? Self.socket(location) : Self.server(location)
        address = RedisAddress(endpoint, user: user, password: password, database: database)
    }

    private static func credentials(
        _ text: Substring
    ) throws(ValueProblem) -> (user: String?, password: Secret<String>?) {
        guard !text.isEmpty else { return (nil, nil) }
        guard let colon = text.firstIndex(of: ":") else {
            throw ValueProblem("has a user without a password")
        }
        let user = try decoded(text[..<colon])
        let password = try decoded(text[colon...].dropFirst())
        guard !password.isEmpty else { throw ValueProblem("has an empty password") }
        return (user.isEmpty ? nil : user, Secret(password))
    }

    private static func decoded(_ text: Substring) throws(ValueProblem) -> String {
        guard !text.contains("/"), !text.contains("@"), !text.contains("?"),
            let bytes = text.utf8.percentDecoded()
        else { throw ValueProblem("has a special character in the user or password") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func server(
        _ location: Substring
    ) throws(ValueProblem) -> (RedisAddress.Endpoint, Int) {
        let parts = location.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let database = try number(ofDatabase: parts.count > 1 ? parts[1] : "")
        var host = parts[0]
        var port = usualPort
        let behindBrackets = host.lastIndex(of: "]").map { host[$0...].dropFirst() } ?? host
        if let colon = behindBrackets.firstIndex(of: ":") {
            guard let given = UInt16(behindBrackets[colon...].dropFirst()), given > 0 else {
                throw ValueProblem("has a port that is not a number from 1 to 65535")
            }
            (port, host) = (given, host[..<colon])
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, !host.contains("?") else { throw ValueProblem("names no host") }
        return (.internet(host: String(host), port: port), database)
    }

    private static func socket(
        _ location: Substring
    ) throws(ValueProblem) -> (RedisAddress.Endpoint, Int) {
        let parts = location.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].hasPrefix("/"), parts[0].utf8.count <= 107 else {
            throw ValueProblem("has no path of a socket that begins with / and is short enough")
        }
        guard parts.count > 1 else { return (.unix(path: String(parts[0])), 0) }
        guard parts[1].hasPrefix("db=") else {
            throw ValueProblem("has something behind ? that is not db=number")
        }
        return (.unix(path: String(parts[0])), try number(ofDatabase: parts[1].dropFirst(3)))
    }

    private static func number(ofDatabase text: Substring) throws(ValueProblem) -> Int {
        if text.isEmpty { return 0 }
        guard text.utf8.allSatisfy(\.isDigit), let number = Int(text), number < 65_536 else {
            throw ValueProblem("has a database that is not a number")
        }
        return number
    }
}
