import Postgres
import Testing

@testable import Events

@Suite struct EventPlaceTests {
    private static let epoch = "6f0c2a51-0b7e-4a39-9d33-7f1a2b3c4d5e"

    @Test func `a cursor is read as it was written`() throws {
        let place = EventPlace(
            epoch: try #require(UUID(Self.epoch)),
            position: EventPosition(transaction: 1_234, sequence: 56))
        #expect(place.cursor == "\(Self.epoch).1234.56")
        #expect(EventPlace(cursor: place.cursor) == place)
    }

    @Test(arguments: [
        "", "1.2", "..", "\(epoch)", "\(epoch).1", "\(epoch).1.2.3", "\(epoch).-1.2",
        "\(epoch).1.-2", "\(epoch).01.2", "\(epoch).+1.2", "\(epoch).1.2 ", "x.1.2",
        "\(epoch).99999999999999999999.1", "\(epoch.uppercased()).1.2",
    ])
    func `what nobody was given is no cursor`(text: String) {
        #expect(EventPlace(cursor: text) == nil)
    }

    @Test func `transactions come before sequences`() {
        let positions = [(1, 9), (2, 0), (2, 1), (10, 0)].map {
            EventPosition(transaction: $0.0, sequence: $0.1)
        }
        #expect(positions.shuffled().sorted() == positions)
    }
}
