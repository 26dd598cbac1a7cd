import Bytes
import HTTP
package import Secrets

/// Where PostgreSQL is, with the password kept out of every text.
package struct DatabaseURL: Sendable, Equatable, CustomStringConvertible {
    /// The whole URL, for libpq.
    package let connection: Secret<String>
    /// Scheme, user, hosts and database: safe to log.
    package let description: String

    /// `postgres://[user[:password]@][host[:port][,…]][/database][?name=value[&…]]`, as libpq reads
    /// it, and refused where a special character in a password would make libpq read it otherwise.
    init(parsing text: String) throws(ValueProblem) {
        guard let scheme = ["postgres://", "postgresql://"].first(where: { text.hasPrefix($0) })
        else { throw ValueProblem("does not begin with postgres:// or postgresql://") }
        try Self.checkCharacters(text)
        let rest = text.dropFirst(scheme.count)
        let query = rest.firstIndex(of: "?")
        let location = rest[..<(query ?? rest.endIndex)]
        let slash = location.firstIndex(of: "/") ?? location.endIndex
        let (user, hosts) = try Self.userAndHosts(location[..<slash])
        let path = location[slash...]
        guard !path.contains("@"), !path.contains(":"), !path.dropFirst().contains("/") else {
            throw ValueProblem("has a special character in the password or a strange database name")
        }
        if let query { try Self.checkParameters(rest[query...].dropFirst()) }
        connection = Secret(text)
        description = scheme + (user.map { "\($0)@" } ?? "") + hosts + path
    }

    /// The URL as others on this machine may see it, and what is kept from them: libpq takes a
    /// parameter for the password before what stands behind the user.
    package var withoutPassword: (url: String, password: String?) {
        let pieces = connection.reveal().split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var location = pieces[0]
        var password: Substring?
        if let slashes = location.ranges(of: "://").first,
            let at = location[slashes.upperBound...].firstIndex(of: "@"),
            let colon = location[slashes.upperBound..<at].firstIndex(of: ":")
        {
            password = location[colon..<at].dropFirst()
            location.removeSubrange(colon..<at)
        }
        let parameters = pieces.count > 1 ? pieces[1].split(separator: "&") : []
        let kept = parameters.filter { !$0.hasPrefix(Self.passwordParameter) }
        if let given = parameters.last(where: { $0.hasPrefix(Self.passwordParameter) }) {
            password = given.dropFirst(Self.passwordParameter.count)
        }
        let decoded = password?.utf8.percentDecoded()
        return (
            String(location) + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&")),
            decoded.map { String(decoding: $0, as: UTF8.self) }
        )
    }

    private static let passwordParameter = "password="

    private static func checkCharacters(_ text: String) throws(ValueProblem) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw ValueProblem("has blanks or control characters")
        }
        for piece in text.split(separator: "%", omittingEmptySubsequences: false).dropFirst() {
            let digits = piece.utf8.prefix(2).compactMap(\.hexadecimalValue)
            guard digits.count == 2 else {
                throw ValueProblem("has a % without two hexadecimal digits behind it")
            }
        }
    }

    private static func userAndHosts(
        _ authority: Substring
    ) throws(ValueProblem) -> (user: Substring?, hosts: Substring) {
        let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2 else {
            throw ValueProblem("has more than one @")
        }
        let hosts = parts[parts.count - 1]
        for host in hosts.split(separator: ",") { try checkPort(of: host) }
        guard parts.count == 2 else { return (nil, hosts) }
        let user = parts[0].prefix { $0 != ":" }
        return (user.isEmpty ? nil : user, hosts)
    }

    private static func checkPort(of host: Substring) throws(ValueProblem) {
        let behindBrackets = host.lastIndex(of: "]").map { host[$0...].dropFirst() } ?? host
        guard let colon = behindBrackets.firstIndex(of: ":") else { return }
        let port = behindBrackets[colon...].dropFirst()
        guard let number = UInt16(port), number > 0, port.utf8.allSatisfy(\.isDigit) else {
            throw ValueProblem("has a port that is not a number from 1 to 65535")
        }
    }

    private static func checkParameters(_ query: Substring) throws(ValueProblem) {
        for parameter in query.split(separator: "&", omittingEmptySubsequences: false) {
            let name = parameter.prefix { $0 != "=" }
            guard !name.isEmpty, name.count < parameter.count,
                name.utf8.allSatisfy({ $0.isLetter || $0 == UInt8(ascii: "_") })
            else { throw ValueProblem("has something behind ? that is not name=value") }
        }
    }
}
