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
        let length = name.utf16.count
        guard length <= longestName else { return [] }
        let threshold = length * 2 / 5 + 1
        let near = options.compactMap { option in
            distance(name, option, atMost: threshold).map { (distance: $0, option: option) }
        }
        let sorted = near.sorted {
            $0.distance != $1.distance
                ? $0.distance < $1.distance : isNaturallyBefore($0.option, $1.option)
        }.map(\.option)
        return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
    }

    /// How many letters must be changed, added, removed or swapped with their neighbour; only
    /// another case counts one in all. Nothing when it is more than `limit`.
    private static func distance(_ name: String, _ option: String, atMost limit: Int) -> Int? {
        if name == option { return 0 }
        let length = option.utf16.count
        guard length <= longestName, abs(name.utf16.count - length) <= limit else { return nil }
        let left = Array(name.lowercased().utf16)
        let right = Array(option.lowercased().utf16)
        if left == right { return 1 }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...max(left.count, 1) where row <= left.count {
            var current = [row]
            for column in 1...max(right.count, 1) where column <= right.count {
                let isEqual = left[row - 1] == right[column - 1]
                var cost = min(
                    last[column] + 1, current[column - 1] + 1, last[column - 1] + (isEqual ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2],
                    left[row - 2] == right[column - 1]
                {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            guard current.contains(where: { $0 <= limit }) else { return nil }
            (beforeLast, last) = (last, current)
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }

    /// Whether `left` stands before `right` when runs of digits are compared as numbers.
    package static func isNaturallyBefore(_ left: String, _ right: String) -> Bool {
        var (left, right) = (Array(left.utf8)[...], Array(right.utf8)[...])
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

extension ArraySlice<UInt8> {
    /// A run of digits is a number; a zero in front of one is a number of its own.
    fileprivate var leadingDigits: ArraySlice<UInt8> {
        if first == zero { return prefix(1) }
        return prefix { $0 >= zero && $0 <= UInt8(ascii: "9") }
    }
}

private let zero = UInt8(ascii: "0")
