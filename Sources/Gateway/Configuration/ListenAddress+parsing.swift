import Bytes
import Glibc
import Reactor

extension ListenAddress {
    /// The kernel's `sun_path` has 108 bytes, the last of them zero.
    private static let longestPathBytes = 107

    /// `address = "unix:" absolute-path / ( "*" / name / IPv4 / "[" IPv6 "]" ) ":" port`
    init(parsing text: String) throws(ValueProblem) {
        if text.hasPrefix("unix:") {
            self = .unix(path: try Self.path(text.dropFirst(5)))
            return
        }
        guard let colon = text.lastIndex(of: ":") else {
            throw ValueProblem("has no port")
        }
        let host = text[..<colon]
        let port = try Self.port(text[text.index(after: colon)...])
        self =
            host == "*"
            ? .everywhere(port: port) : .internet(host: try Self.host(host), port: port)
    }

    private static func path(_ text: Substring) throws(ValueProblem) -> String {
        guard text.hasPrefix("/") else {
            throw ValueProblem("has a path that does not begin with /")
        }
        guard !text.hasSuffix("/") else { throw ValueProblem("names a folder, not a socket") }
        guard text.utf8.count <= longestPathBytes else {
            throw ValueProblem("has a path longer than \(longestPathBytes) bytes")
        }
        return String(text)
    }

    private static func port(_ text: Substring) throws(ValueProblem) -> UInt16 {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit), let port = UInt16(text) else {
            throw ValueProblem("has a port that is not a number from 0 to 65535")
        }
        return port
    }

    private static func host(_ text: Substring) throws(ValueProblem) -> String {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let address = String(text.dropFirst().dropLast())
            guard IPAddress.isIPv6(address.utf8) else {
                throw ValueProblem("has brackets without an IPv6 address")
            }
            return address
        }
        guard !text.contains(":") else {
            throw ValueProblem("has an IPv6 address without brackets")
        }
        guard HostName.isValid(text) else { throw ValueProblem("has no valid host") }
        return String(text)
    }
}

/// Host names and IPv4 addresses, by their letters.
enum HostName {
    /// Labels of letters, digits, `-` and `_` joined by dots; if it looks like an IPv4 address it
    /// must be one.
    static func isValid(_ text: Substring) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy({ isValid(label: $0) }) else {
            return false
        }
        let looksNumeric = labels.last?.allSatisfy(\.isDigit) ?? false
        return !looksNumeric || IPAddress(text.utf8) != nil
    }

    private static func isValid(label: Substring.UTF8View.SubSequence) -> Bool {
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
            && label.last != UInt8(ascii: "-")
            && label.allSatisfy {
                $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
    }
}
