import Bytes
import HTTP
import Secrets
import Tracing

extension ValueForm where Value == CollectorAddress? {
    /// `http://host[:port][/path]`
    static var collector: ValueForm {
        let wording = "http://host:port, with a path if the collector has one"
        return ValueForm(wording: wording) { text, _ throws(ValueProblem) in
            guard !text.lowercased().hasPrefix("https://") else {
                throw ValueProblem(
                    "asks for TLS, which is not spoken here",
                    remedy: "Run a collector on this machine that speaks TLS on the way to the "
                        + "other, and give its address, such as http://127.0.0.1:4318")
            }
            guard text.lowercased().hasPrefix("http://") else {
                throw ValueProblem("does not begin with http://")
            }
            return try CollectorAddress(behindScheme: text.dropFirst("http://".count))
        }
    }
}

extension CollectorAddress {
    private static let usualPort: UInt16 = 80

    fileprivate init(behindScheme rest: Substring) throws(ValueProblem) {
        guard rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ValueProblem("has blanks or other characters that no URL has")
        }
        guard !rest.contains(where: { "?#@".contains($0) }) else {
            throw ValueProblem("has more than a host, a port and a path")
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var path = rest[slash...]
        while path.hasSuffix("/") { path.removeLast() }
        var (host, port) = (rest[..<slash], Self.usualPort)
        let bracket = host.lastIndex(of: "]")
        if let colon = host[(bracket ?? host.startIndex)...].lastIndex(of: ":") {
            let digits = host[colon...].dropFirst()
            guard let number = UInt16(digits), number > 0, digits.utf8.allSatisfy(\.isDigit) else {
                throw ValueProblem("has a port that is not a number from 1 to 65535")
            }
            (host, port) = (host[..<colon], number)
        }
        if bracket != nil {
            guard host.hasPrefix("["), host.hasSuffix("]") else {
                throw ValueProblem("has brackets that are not around its host")
            }
            host = host.dropFirst().dropLast()
        }
        guard !host.isEmpty else { throw ValueProblem("has no host") }
        self.init(host: String(host), port: port, path: "\(path)/v1/traces")
    }
}

extension ValueForm where Value == [NamedText] {
    /// W3C Baggage, as OpenTelemetry writes lists in variables.
    static var namedTexts: ValueForm {
        .list("name=value with commas, special characters as %2C and so on") {
            text throws(ValueProblem) in try NamedText(parsing: text)
        }
    }
}

extension ValueForm where Value == Secret<[NamedText]> {
    /// What a request to a collector has by itself.
    private static var ownFields: [String] {
        ["connection", "content-length", "content-type", "host", "transfer-encoding"]
    }

    static var secretFields: ValueForm {
        let fields = ValueForm<[NamedText]>.list(ValueForm<[NamedText]>.namedTexts.wording) {
            text throws(ValueProblem) in
            let field = try NamedText(parsing: text)
            guard field.name.utf8.allSatisfy(\.isToken) else {
                throw ValueProblem("has a name that no header field has")
            }
            guard !ownFields.contains(field.name.lowercased()) else {
                throw ValueProblem("sets a field that is not for others to set")
            }
            return field
        }
        return ValueForm(wording: fields.wording) { text, context throws(ValueProblem) in
            Secret(try fields.read(text, context))
        }
    }
}

extension NamedText {
    fileprivate init(parsing text: String) throws(ValueProblem) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw ValueProblem("has no name before a =")
        }
        guard let value = text[equals...].dropFirst().utf8.percentDecoded() else {
            throw ValueProblem("has a % without two hexadecimal digits behind it")
        }
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw ValueProblem("has a control character in its value")
        }
        self.init(String(text[..<equals]), String(decoding: value, as: UTF8.self))
    }
}

extension ValueForm where Value == Double {
    static var ratio: ValueForm {
        ValueForm(wording: "a number from 0 to 1") { text, _ throws(ValueProblem) in
            guard let number = Double(text), (0...1).contains(number) else {
                throw ValueProblem("is not a number from 0 to 1")
            }
            return number
        }
    }
}

extension ValueForm where Value == String {
    static var words: ValueForm {
        ValueForm(wording: "a text without control characters") { text, _ throws(ValueProblem) in
            guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw ValueProblem("has a control character")
            }
            return text
        }
    }
}
