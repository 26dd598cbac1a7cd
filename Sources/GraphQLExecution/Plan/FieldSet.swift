public import GraphQLTypes

/// A set of a schema's fields.
public struct FieldSet: Hashable, Sendable {
    /// One bit for each field, by its number.
    private var words: [UInt64] = []

    public init() {}

    /// The fields of these numbers.
    public init(numbers: [Int32]) {
        for number in numbers { insert(FieldID(rawValue: number)) }
    }

    public mutating func insert(_ field: FieldID) {
        let (word, bit) = Self.place(of: field)
        while words.count <= word { words.append(0) }
        words[word] |= 1 << bit
    }

    public func contains(_ field: FieldID) -> Bool {
        let (word, bit) = Self.place(of: field)
        return word < words.count && words[word] >> bit & 1 == 1
    }

    public func isDisjoint(with other: FieldSet) -> Bool {
        !zip(words, other.words).contains { $0 & $1 != 0 }
    }

    private static func place(of field: FieldID) -> (word: Int, bit: Int) {
        (field.index / UInt64.bitWidth, field.index % UInt64.bitWidth)
    }
}
