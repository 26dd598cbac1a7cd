import Bytes

/// How far other names are from one: how many letters must be changed, added, removed or swapped
/// with their neighbour; only another case counts one in all.
///
/// One name is compared with every other of a schema, so that all memory is kept from one
/// comparison to the next.
struct NameDistance {
    private let name: String
    private let length: Int
    /// What is further away is not near.
    private let limit: Int
    private let letters: [UInt16]
    /// The letters of the other name.
    private var others: [UInt16] = []
    /// The distances between the beginnings of both names: a row for each letter of the other one,
    /// a column for each letter of this one. Only two rows are kept.
    private var last: [Int]
    private var current: [Int]

    init(from name: String) {
        self.name = name
        length = name.utf16.count
        limit = length * 2 / 5 + 1
        var letters: [UInt16] = []
        Self.read(name, into: &letters)
        self.letters = letters
        last = Array(repeating: 0, count: letters.count + 1)
        current = last
    }

    /// Nothing if `option` is not near.
    mutating func measure(_ option: String) -> Int? {
        if name == option { return 0 }
        let optionLength = option.utf16.count
        guard optionLength <= Suggestions.longestName, abs(length - optionLength) <= limit
        else { return nil }
        Self.read(option, into: &others)
        if letters == others { return 1 }
        return measureLetters()
    }

    /// The letters of a name in lower case, as many as it has in JavaScript.
    private static func read(_ name: String, into letters: inout [UInt16]) {
        letters.removeAll(keepingCapacity: true)
        for byte in name.utf8 {
            guard byte < 0x80 else {
                letters = Array(name.lowercased().utf16)
                return
            }
            letters.append(UInt16(byte.lowercased))
        }
    }

    private mutating func measureLetters() -> Int? {
        for column in letters.indices { current[column] = column }
        current[letters.count] = letters.count
        for row in others.indices {
            swap(&last, &current)
            guard fillRow(row) <= limit else { return nil }
        }
        return current[letters.count] <= limit ? current[letters.count] : nil
    }

    /// Returns the smallest distance in the row behind the letter at `row` of the other name.
    private mutating func fillRow(_ row: Int) -> Int {
        let other = others[row]
        // What stood in this row two letters ago, at the two columns before.
        var (early, earlier) = (current[0], 0)
        current[0] = row + 1
        var smallest = row + 1
        for column in letters.indices {
            let letter = letters[column]
            var cost = min(
                last[column + 1] + 1, current[column] + 1,
                last[column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == others[row - 1], letters[column - 1] == other {
                cost = min(cost, earlier + 1)
            }
            (earlier, early) = (early, current[column + 1])
            current[column + 1] = cost
            smallest = min(smallest, cost)
        }
        return smallest
    }
}
