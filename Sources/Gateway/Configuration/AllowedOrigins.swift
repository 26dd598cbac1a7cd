import Bytes

/// Which web pages may call the server from another origin.
package enum AllowedOrigins: Sendable, Equatable {
    case any
    /// Exactly these, as browsers write them in `Origin`.
    case listed([String])
}

/// One web origin, in the only spelling that browsers send.
enum Origin {
    /// `origin = scheme "://" host [ ":" port ]`, in lower case, without a path (RFC 6454 §6.1)
    static func parse(_ text: String) throws(ValueProblem) -> String {
        guard let parts = split(text) else {
            throw ValueProblem("is not an origin of the form scheme://host")
        }
        guard !parts.authority.contains(where: { "/?#".contains($0) }) else {
            throw ValueProblem("goes on behind the host and port")
        }
        guard !text.utf8.contains(where: \.isUppercase) else {
            throw ValueProblem("has upper-case letters, which browsers never send")
        }
        let (host, port) = try hostAndPort(parts.authority)
        guard isValid(host: host) else { throw ValueProblem("has no valid host") }
        guard let port else { return text }
        guard let number = UInt16(port), number > 0, String(number) == port else {
            throw ValueProblem("has a port that is not a number from 1 to 65535")
        }
        guard defaultPorts[parts.scheme] != number else {
            throw ValueProblem("has the default port, which browsers leave out")
        }
        return text
    }

    private static let defaultPorts: [String: UInt16] = ["http": 80, "https": 443]

    private static func split(_ text: String) -> (scheme: String, authority: Substring)? {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
            return nil
        }
        let scheme = text[..<colon]
        guard scheme.utf8.first?.isLetter == true,
            scheme.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) })
        else { return nil }
        return (String(scheme), text[colon...].dropFirst(3))
    }

    private static func hostAndPort(
        _ authority: Substring
    ) throws(ValueProblem) -> (host: Substring, port: Substring?) {
        guard !authority.contains("@") else { throw ValueProblem("names a user") }
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
            return (authority, nil)
        }
        return (authority[..<colon], authority[colon...].dropFirst())
    }

    private static func isValid(host: Substring) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            return IPAddress.isIPv6(host.dropFirst().dropLast().utf8)
        }
        return HostName.isValid(host)
    }
}
