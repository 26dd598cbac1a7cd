import Bytes

/// What a person may have meant by a name that does not exist.
package enum Suggestions {
    private static let maximumSuggestions = 5
    /// Nothing is suggested for, or instead of, a longer name: looking at two names takes as long
    /// as one times the other.
    package static let longestName = 256

    /// ` Did you mean "A", "B", or "C"?`, with `words` behind "mean", or nothing.
    package static func sentence(_ names: [String], words: String? = nil) -> String {
        guard !names.isEmpty else { return "" }
        let lead = words.map { $0 + " " } ?? ""
        let quoted = names.prefix(maximumSuggestions).map { "\"\($0)\"" }
        return " Did you mean \(lead)\(alternatives(quoted))?"
    }

    /// `A`, `A or B`, `A, B, or C`
    package static func alternatives(_ items: [String]) -> String {
        guard items.count > 2 else { return items.joined(separator: " or ") }
        return items.dropLast().joined(separator: ", ") + ", or " + items[items.count - 1]
    }

    /// The options that are near `name`, the nearest first, each once.
    package static func similar(to name: String, among options: some Sequence<String>) -> [String] {
        guard name.utf16.count <= longestName else { return [] }
        var distance = NameDistance(from: name)
        var near: [(distance: Int, option: String)] = []
        for option in options {
            if let distance = distance.measure(option) { near.append((distance, option)) }
        }
        near.sort {
            $0.distance != $1.distance
                ? $0.distance < $1.distance : isNaturallyBefore($0.option, $1.option)
        }
        return near.indices.filter { $0 == 0 || near[$0].option != near[$0 - 1].option }
            .map { near[$0].option }
    }

    /// Whether `left` stands before `right` when runs of digits are compared as numbers.
    package static func isNaturallyBefore(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left.utf8[...], right.utf8[...])
        while let first = left.first, let second = right.first {
            let (leftNumber, rightNumber) = (left.leadingDigits, right.leadingDigits)
            if !leftNumber.isEmpty, !rightNumber.isEmpty {
                if leftNumber.count != rightNumber.count {
                    return leftNumber.count < rightNumber.count
                }
                if !leftNumber.elementsEqual(rightNumber) {
                    return leftNumber.lexicographicallyPrecedes(rightNumber)
                }
                left = left.dropFirst(leftNumber.count)
                right = right.dropFirst(rightNumber.count)
            } else {
                if first != second { return first < second }
                (left, right) = (left.dropFirst(), right.dropFirst())
            }
        }
        return left.count < right.count
    }
}

extension Substring.UTF8View {
    /// A run of digits is a number; a zero in front of one is a number of its own.
    fileprivate var leadingDigits: Substring.UTF8View {
        if first == UInt8(ascii: "0") { return prefix(1) }
        return prefix(while: \.isDigit)
    }
}
