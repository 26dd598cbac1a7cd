import Bytes

/// How a value is written: the words that explain it and the function that reads it.
struct ValueForm<Value: Sendable>: Sendable {
    /// Stands behind "Give": "a whole number from 1 to 64".
    let wording: String
    let read: @Sendable (String, ReadingContext) throws(ValueProblem) -> Value
}

/// What the meaning of a value may depend on.
struct ReadingContext: Sendable {
    /// Nil while the mode itself is unreadable: then nothing is refused for its sake.
    let mode: Configuration.Mode?
    let machine: ConfigurationFacts
}

/// Why a text is not a value.
struct ValueProblem: Error, Equatable {
    let complaint: String
    /// What to do; nil leaves it to the wording of the form.
    var remedy: String?
    /// The faulty entry of a list, counted from 1.
    var entry: Int?

    init(_ complaint: String, remedy: String? = nil, entry: Int? = nil) {
        (self.complaint, self.remedy, self.entry) = (complaint, remedy, entry)
    }
}

extension ValueForm where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> ValueForm {
        let wording = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return ValueForm(wording: wording) { text, _ throws(ValueProblem) in
            guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else {
                throw ValueProblem("is not a whole number")
            }
            return try within(range, Int(text))
        }
    }

    /// Milliseconds, written `250ms`, `10s`, `5m` or `2h`.
    static func duration(_ least: String, _ most: String) -> ValueForm {
        measured(
            by: ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000], from: least, to: most,
            wording: "a duration from \(least) to \(most), in ms, s, m or h",
            noun: "duration")
    }

    /// Bytes, written `512`, `64KiB`, `1MiB` or `20GiB`.
    static func size(_ least: String, _ most: String) -> ValueForm {
        measured(
            by: ["": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30], from: least, to: most,
            wording: "a size from \(least) to \(most), in bytes, KiB, MiB or GiB",
            noun: "size")
    }

    private static func measured(
        by units: [String: Int], from least: String, to most: String, wording: String, noun: String
    ) -> ValueForm {
        guard let lowest = try? measure(least, by: units, noun: noun),
            let highest = try? measure(most, by: units, noun: noun)
        else { preconditionFailure("the bounds of a \(noun) are written like its values") }
        return ValueForm(wording: wording) { text, _ throws(ValueProblem) in
            try within(lowest...highest, try measure(text, by: units, noun: noun))
        }
    }

    /// `digits unit`; nil where the number does not fit in an `Int`.
    private static func measure(
        _ text: String, by units: [String: Int], noun: String
    ) throws(ValueProblem) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
        guard !digits.isEmpty else { throw ValueProblem("is not a \(noun)") }
        let unit = String(text.dropFirst(digits.count))
        guard let factor = units[unit] else {
            throw ValueProblem(
                unit.isEmpty ? "has no unit" : "has an unknown unit behind its digits")
        }
        guard let number = Int(digits) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }

    private static func within(
        _ range: ClosedRange<Int>, _ number: Int?
    ) throws(ValueProblem) -> Int {
        guard let number, number <= range.upperBound else { throw ValueProblem("is too large") }
        guard number >= range.lowerBound else { throw ValueProblem("is too small") }
        return number
    }
}

extension ValueForm where Value == Bool {
    static var boolean: ValueForm {
        ValueForm(wording: "on or off") { text, _ throws(ValueProblem) in
            switch text.lowercased() {
            case "on", "true", "yes", "1": return true
            case "off", "false", "no", "0": return false
            default: throw ValueProblem("is neither on nor off")
            }
        }
    }
}

extension ValueForm where Value: RawRepresentable<String> & CaseIterable {
    /// One of the cases, by its raw value.
    static var choice: ValueForm {
        let names = Value.allCases.map(\.rawValue)
        let wording = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        return ValueForm(wording: wording) { text, _ throws(ValueProblem) in
            if let value = Value(rawValue: text) { return value }
            let near = Suggestion.nearest(to: text, among: names)
            throw ValueProblem(
                "is not one of the choices",
                remedy: near.map { "Did you mean \($0)? Give \(wording)" })
        }
    }
}

extension ValueForm {
    /// Entries between commas, blanks around them ignored; none is empty.
    static func list<Entry: Sendable>(
        _ wording: String, _ entry: @escaping @Sendable (String) throws(ValueProblem) -> Entry
    ) -> ValueForm where Value == [Entry] {
        ValueForm(wording: wording) { text, _ throws(ValueProblem) in
            var entries: [Entry] = []
            for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false)
                .enumerated()
            {
                do throws(ValueProblem) {
                    let trimmed = String(part).trimmingBlanks
                    guard !trimmed.isEmpty else { throw ValueProblem("is empty") }
                    entries.append(try entry(trimmed))
                } catch {
                    throw ValueProblem(
                        error.complaint, remedy: error.remedy, entry: error.entry ?? index + 1)
                }
            }
            return entries
        }
    }
}

extension String {
    /// Without spaces, tabs and line ends at either end.
    var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
