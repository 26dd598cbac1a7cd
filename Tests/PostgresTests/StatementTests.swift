import Reactor
import TestSupport
import Testing

@testable import Postgres

@Suite struct StatementTests {
    @Test func `an interpolated value is bound and never part of the text`() {
        let title = "'; DROP TABLE movie; --"
        let statement: Statement = "SELECT \(1), \(title) WHERE \(true)"
        #expect(statement.text == "SELECT $1, $2 WHERE $3")
        #expect(statement.parameters.types == [.int8, .text, .bool])
    }

    @Test func `text is put into the SQL by an explicit word only`() {
        let statement: Statement = "SELECT 1 ORDER BY 1 \(unescaped: "DESC") LIMIT \(2)"
        #expect(statement.text == "SELECT 1 ORDER BY 1 DESC LIMIT $1")
        #expect(!statement.isPrepared)
    }

    @Test func `the same text has one number wherever it stands`() async throws {
        func first(_ id: Int) -> Statement { "SELECT 'numbered' WHERE 1 = \(id)" }
        func second(_ id: Int) -> Statement { "SELECT 'numbered' WHERE 1 = \(id)" }
        func third(_ id: String) -> Statement { "SELECT 'numbered' WHERE 1 = \(id)" }
        let numbers = try await onLoop {
            [first(1), first(2), second(3), third("")].map {
                StatementNumbers.shared.number(of: $0)
            }
        }
        #expect(numbers[0] != nil && numbers[0] == numbers[1] && numbers[1] == numbers[2])
        #expect(numbers[3] != numbers[0], "other types are another statement")
    }

    @Test(arguments: [
        "0", "1", "-1", "10000", "12.50", "-0.0001", "0.00010001", "123456789.987654321",
        "100000000000000000000", "0.00",
    ])
    func `a decimal is written as it was read`(_ text: String) {
        #expect(Decimal(text)?.description == text)
    }

    @Test(arguments: ["", "-", ".", "1.", ".5", "1e3", "1,5", "--1", "1.2.3", "NaN"])
    func `what is no decimal is refused`(_ text: String) {
        #expect(Decimal(text) == nil)
    }

    @Test func `a UUID is written as it was read`() {
        let text = "0123abcd-4567-89ef-0123-456789abcdef"
        #expect(UUID(text)?.description == text)
        #expect(UUID("0123abcd456789ef0123456789abcdef") == nil)
        #expect(UUID("+123abcd-4567-89ef-0123-456789abcdef") == nil)
    }
}
