import GraphQLExecution
import GraphQLTypes
import Postgres

/// A place in a list: the sort keys of the object there, so that the place is found again when the
/// object itself is gone.
struct Cursor: Hashable, Sendable {
    let numbers: [Int]
    let word: String?

    init(_ numbers: Int..., word: String? = nil) { (self.numbers, self.word) = (numbers, word) }

    /// The form that clients keep: numbers, and the word in hexadecimal digits behind a colon.
    var text: String {
        var text = numbers.map { String($0) }.joined(separator: ".")
        if let word {
            text += ":"
            for byte in word.utf8 { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        }
        return text
    }

    init(_ text: String) throws(GraphQLError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers =
            parts[0].isEmpty && parts.count > 1
            ? [] : parts[0].split(separator: ".", omittingEmptySubsequences: false)
        self.numbers = numbers.compactMap { Int($0) }
        word = parts.count > 1 ? Self.word(parts[1]) : nil
        guard self.numbers.count == numbers.count, parts.count == 1 || word != nil else {
            throw Self.unknown(text)
        }
    }

    private static func word(_ digits: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = digits
        while !rest.isEmpty {
            guard rest.utf8.count > 1, let byte = UInt8(rest.prefix(2), radix: 16), byte > 0
            else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A number as a moment that the database can have.
    func moment(at index: Int) throws(GraphQLError) -> Timestamp {
        let years1To9999 = -62_135_596_800_000_000..<253_402_300_800_000_000
        guard years1To9999.contains(numbers[index]) else { throw Self.unknown(text) }
        return Timestamp(microseconds: Int64(numbers[index]))
    }

    /// A number as a day that the database can have.
    func day(at index: Int) throws(GraphQLError) -> CalendarDate {
        guard let days = Int32(exactly: numbers[index]), abs(days) < 1_000_000 else {
            throw Self.unknown(text)
        }
        return CalendarDate(days: days)
    }

    static func unknown(_ text: String) -> GraphQLError {
        GraphQLError(
            "\"\(text.prefix(100))\" is no cursor of this list: use one that it gave you.",
            code: .badUserInput)
    }
}

/// How many objects of a list are asked for.
struct PageSize: Hashable, Sendable {
    let count: Int

    static let maximum = 100

    init(first: Int) throws(GraphQLError) {
        guard 1...Self.maximum ~= first else {
            throw GraphQLError(
                "first has to be from 1 to \(Self.maximum); it is \(first).", code: .badUserInput)
        }
        count = first
    }
}

/// Which part of a list was read.
struct PageInfo: PageInfoFields, Sendable {
    let hasNextPage: Bool
    let hasPreviousPage: Bool
    let startCursor: Text?
    let endCursor: Text?
}
