import GraphQLExecution
import GraphQLTypes
import Postgres
import Telemetry

/// A place in a list: the sort keys of the object there, so that the place is found again when the
/// object itself is gone. A cursor is good for the list that gave it, and in its order.
struct Cursor: Hashable, Sendable {
    let list: String
    let numbers: [Int]
    let word: String?

    init(of list: String, _ numbers: Int..., word: String? = nil) {
        (self.list, self.numbers, self.word) = (list, numbers, word)
    }

    /// The form that clients keep: the list and the numbers, and the word in hexadecimal digits
    /// behind a colon.
    var text: Text {
        var text = list
        for number in numbers { text += ".\(number)" }
        if let word {
            text += ":"
            for byte in word.utf8 { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        }
        return Text(text)
    }

    /// A cursor of that list with so many numbers, and a word or none.
    init(
        _ text: String, of list: String, numbers count: Int, hasWord: Bool = false
    ) throws(GraphQLError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let keys = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        self.list = list
        numbers = keys.dropFirst().compactMap { Int($0) }
        word = parts.count > 1 ? Self.word(parts[1]) : nil
        guard keys[0] == list, keys.count == count + 1, numbers.count == count,
            parts.count == (hasWord ? 2 : 1), (word != nil) == hasWord
        else { throw Self.unknown(text) }
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
        let seconds = Int64(numbers[index]).floorDivided(by: 1_000_000)
        guard DateTime.writableSeconds.contains(Int(seconds)) else {
            throw Self.unknown(text.string)
        }
        return Timestamp(microseconds: Int64(numbers[index]))
    }

    /// A number as a day that the database can have.
    func day(at index: Int) throws(GraphQLError) -> CalendarDate {
        guard let days = Int32(exactly: numbers[index]), abs(days) < 1_000_000 else {
            throw Self.unknown(text.string)
        }
        return CalendarDate(days: days)
    }

    static func unknown(_ text: String) -> GraphQLError {
        GraphQLError(
            "\"\(text.prefix(100))\" is no cursor of this list: use one that it gave you.",
            breaking: "CURSOR")
    }
}

/// How many objects of a list are asked for.
struct PageSize: Hashable, Sendable {
    let count: Int

    static let maximum = 100
}

/// A place among what was made at some time, and by number among what was made at the same.
struct CreationPlace: Hashable, Sendable {
    let created: Timestamp
    let number: Int

    init(after text: String, in list: String) throws(GraphQLError) {
        let cursor = try Cursor(text, of: list, numbers: 2)
        created = try cursor.moment(at: 0)
        number = cursor.numbers[1]
    }

    /// What comes behind it, the newest first.
    var condition: Statement { "(created_at, id) < (\(created), \(number))" }
}

/// Which part of a list was read.
struct PageInfo: PageInfoFields, Sendable {
    let hasNextPage: Bool
    let hasPreviousPage: Bool
    let startCursor: Text?
    let endCursor: Text?
}

/// A part of a list that was read, with its objects in their order.
protocol ListPart {
    associatedtype Node
    var nodes: [Node] { get }
    var hasNextPage: Bool { get }
    var hasPreviousPage: Bool { get }
    func cursor(of node: Node) throws -> Cursor
}

extension ListPart {
    var pageInfo: PageInfo {
        get throws {
            PageInfo(
                hasNextPage: hasNextPage, hasPreviousPage: hasPreviousPage,
                startCursor: try nodes.first.map { try cursor(of: $0).text },
                endCursor: try nodes.last.map { try cursor(of: $0).text })
        }
    }
}
