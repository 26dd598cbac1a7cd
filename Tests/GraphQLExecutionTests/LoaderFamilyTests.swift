import GraphQLExecution
import Reactor
import TestSupport
import Testing

@Suite struct LoaderFamilyTests {
    init() { LoopThread.start() }

    private struct First: Hashable { let count: Int }

    @EventLoop @Test func `equal arguments share a loader and its batches`() async throws {
        let loaders = LoaderSet()
        var batches: [String] = []
        let reviews: LoaderFamily<First, Int, [String]> = loaders.makeFamily("reviews") {
            arguments, batch in
            batches.append("first \(arguments.count) of \(batch.keys)")
            for key in batch.keys {
                batch.answer(key, with: (0..<arguments.count).map { "review \($0) of \(key)" })
            }
        }
        let two = [reviews[First(count: 2)][1], reviews[First(count: 2)][2]]
        let one = reviews[First(count: 1)][1]
        let again = reviews[First(count: 2)][1]
        #expect(again.reference == two[0].reference)
        await ConcurrentDispatcher().dispatch(loaders.takeBatches())
        #expect(batches.sorted() == ["first 1 of [1]", "first 2 of [1, 2]"])
        #expect(
            try reviews[First(count: 2)].value(two[1].reference.slot)
                == ["review 0 of 2", "review 1 of 2"])
        #expect(try reviews[First(count: 1)].value(one.reference.slot) == ["review 0 of 1"])
    }
}
