import Bytes
import HTTP
import Reactor
import Secrets

/// The forms of single variables.
extension ValueForm where Value == Int {
    static let mostWorkers = 64

    /// `auto` is one worker for each online core.
    static var workers: ValueForm {
        automatic(1...mostWorkers) { min(max(1, $0.machine.onlineCores), mostWorkers) }
    }

    /// `auto` is zero until the number of workers is known.
    static var connections: ValueForm { automatic(1...64) { _ in 0 } }

    private static func automatic(
        _ range: ClosedRange<Int>, _ choice: @escaping @Sendable (ReadingContext) -> Int
    ) -> ValueForm {
        let numbers = ValueForm.integer(range)
        return ValueForm(wording: "auto or \(numbers.wording)") {
            text, context throws(ValueProblem) in
            text == "auto" ? choice(context) : try numbers.read(text, context)
        }
    }
}

extension ValueForm where Value == [ListenAddress] {
    static var addresses: ValueForm {
        let entries = ValueForm.list("host:port, [IPv6]:port, *:port or unix:/path, with commas") {
            text throws(ValueProblem) in try ListenAddress(parsing: text)
        }
        return ValueForm(wording: entries.wording) { text, context throws(ValueProblem) in
            let addresses = try entries.read(text, context)
            for (index, address) in addresses.enumerated()
            where !address.hasAnyFreePort && addresses[..<index].contains(address) {
                throw ValueProblem(
                    "repeats an address", remedy: "Name each address once", entry: index + 1)
            }
            return addresses
        }
    }
}

extension ListenAddress {
    /// Whether the system chooses the port.
    package var hasAnyFreePort: Bool {
        switch self {
        case .everywhere(let port), .internet(_, let port): port == 0
        case .unix: false
        }
    }
}

extension ValueForm where Value == AllowedOrigins {
    static var origins: ValueForm {
        let origins = ValueForm<[String]>.list("") { text throws(ValueProblem) in
            try Origin.parse(text)
        }
        let wording = "exact origins (scheme://host or scheme://host:port) with commas, or none"
        return ValueForm(wording: wording) { text, context throws(ValueProblem) in
            if text == "none" { return .listed([]) }
            guard text == "*" else { return .listed(try origins.read(text, context)) }
            guard context.mode != .production else {
                throw ValueProblem("lets every web page in, which only development may")
            }
            return .any
        }
    }
}

extension ValueForm where Value == [AddressBlock] {
    static var blocks: ValueForm {
        let wording = "IP addresses and CIDR blocks with commas, private, any or none"
        let entries = ValueForm<[[AddressBlock]]>.list(wording) { text throws(ValueProblem) in
            try AddressBlock.blocks(named: text)
        }
        return ValueForm(wording: wording) { text, context throws(ValueProblem) in
            text == "none" ? [] : try entries.read(text, context).flatMap { $0 }
        }
    }
}

extension ValueForm where Value == [SigningKey] {
    static var signingKeys: ValueForm {
        let entries = ValueForm.list(
            "id:key or id:ed25519:key with commas, each key 32 random bytes in base64 or "
                + "hexadecimal, as `openssl rand -base64 32` makes them"
        ) { text throws(ValueProblem) in try SigningKey(parsing: text) }
        return ValueForm(wording: entries.wording) { text, context throws(ValueProblem) in
            let keys = try entries.read(text, context)
            for (index, key) in keys.enumerated()
            where keys[..<index].contains(where: { $0.id == key.id }) {
                throw ValueProblem(
                    "repeats an id", remedy: "Give each key its own id", entry: index + 1)
            }
            return keys
        }
    }
}

extension ValueForm where Value == DatabaseURL? {
    static var database: ValueForm {
        let wording =
            "postgres://user:password@host:port/database, special characters as %40 and so on"
        return ValueForm(wording: wording) { text, _ throws(ValueProblem) in
            try DatabaseURL(parsing: text)
        }
    }
}

extension ValueForm where Value == String {
    static var timeZone: ValueForm {
        ValueForm(wording: "the name of a time zone, such as UTC or Europe/Berlin") {
            text, context throws(ValueProblem) in
            guard text == "UTC" || context.machine.hasTimeZone(text) else {
                throw ValueProblem("is not a time zone this machine knows")
            }
            return text
        }
    }
}

extension ValueForm where Value == Bool {
    /// False, whatever the variable holds (https://no-color.org).
    static var offWhenSet: ValueForm {
        ValueForm(wording: "any text") { _, _ in false }
    }
}
