import Bytes

/// The pairs of a query or of a form, `application/x-www-form-urlencoded`, in order.
package struct QueryString: Sendable {
    package struct Pair: Equatable, Sendable {
        package var name: String
        package var value: String
    }

    package private(set) var pairs: [Pair] = []

    package static let maximumPairs = 256

    /// Takes `name=value&name=value` apart; a name alone has an empty value, empty pairs are
    /// passed over. Faults with 400 on a bad percent escape, on what is not UTF-8, and on more
    /// pairs than `maximumPairs`. O(n).
    package init(_ text: ArraySlice<UInt8>) throws(RequestFault) {
        for part in text.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.maximumPairs else {
                throw .badRequest(
                    "There are more than \(Self.maximumPairs) parameters; send fewer.")
            }
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            let name = try Self.text(part[..<(equals ?? part.endIndex)])
            let value = try equals.map { (index) throws(RequestFault) in
                try Self.text(part[(index + 1)...])
            }
            pairs.append(Pair(name: name, value: value ?? ""))
        }
    }

    /// The value of the first pair with this name.
    package subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(RequestFault) -> String {
        guard let decoded = bytes.percentDecoded(plusIsSpace: true) else {
            throw .badRequest("A % in the parameters needs two hexadecimal digits.")
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw .badRequest("The parameters are not UTF-8; encode them so.")
        }
        return text
    }
}
