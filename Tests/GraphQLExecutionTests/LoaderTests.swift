import GraphQLExecution
import Reactor
import TestSupport
import Testing

@Suite struct LoaderTests {
    init() { LoopThread.start() }

    /// A loader whose value of each key is its text, and which writes down what it was asked.
    @EventLoop private final class Asked {
        let loaders = LoaderSet()
        private(set) var batches: [[Int]] = []
        lazy var loader: Loader<Int, String> = loaders.makeLoader("texts") { [unowned self] batch in
            batches.append(batch.keys)
            for key in batch.keys { batch.answer(key, with: "\(key)") }
        }

        func load() async { await ConcurrentDispatcher().dispatch(loaders.takeBatches()) }

        func value(_ load: Load<String>) throws -> String? {
            try loader.value(load.reference.slot)
        }
    }

    @EventLoop @Test(arguments: [1, 8, 9, 16, 17, 5_000])
    func `each of many keys is asked for once and keeps its answer`(count: Int) async throws {
        let asked = Asked()
        let keys = (0..<count).map { $0 * 1_000_003 - 7 }
        let loads = keys.map { asked.loader[$0] }
        let again = keys.reversed().map { asked.loader[$0] }
        #expect(Array(again.reversed()).map(\.reference) == loads.map(\.reference))
        await asked.load()
        #expect(asked.batches == [keys])
        for (key, load) in zip(keys, loads) { #expect(try asked.value(load) == "\(key)") }
        let counters = asked.loader.counters
        #expect(counters.asked == 2 * count && counters.unique == count && counters.batches == 1)
    }

    @EventLoop @Test func `keys of any type are found again`() async throws {
        let loaders = LoaderSet()
        let loader: Loader<String, Int> = loaders.makeLoader("lengths") { batch in
            for key in batch.keys { batch.answer(key, with: key.utf8.count) }
        }
        let words = (0..<100).map { String(repeating: "a", count: $0) }
        let loads = words.map { loader[$0] }
        #expect(words.map { loader[$0].reference } == loads.map(\.reference))
        await ConcurrentDispatcher().dispatch(loaders.takeBatches())
        #expect(try loads.map { try loader.value($0.reference.slot) } == Array(0..<100))
    }

    @EventLoop @Test func `what is known already is in no batch`() async throws {
        let asked = Asked()
        let first = asked.loader[1]
        asked.loader.prime(2, with: "two")
        let (second, third) = (asked.loader[2], asked.loader[3])
        #expect(!first.reference.isKnown && second.reference.isKnown)
        await asked.load()
        #expect(asked.batches == [[1, 3]])
        #expect(try [first, second, third].map { try asked.value($0) } == ["1", "two", "3"])
    }

    @EventLoop @Test(arguments: [3, 100])
    func `what is forgotten is asked for again`(count: Int) async throws {
        let asked = Asked()
        let before = (0..<count).map { asked.loader[$0] }
        await asked.load()
        asked.loader.clear(1)
        let (forgotten, kept) = (asked.loader[1], asked.loader[2])
        #expect(forgotten.reference.slot != before[1].reference.slot)
        #expect(kept.reference.slot == before[2].reference.slot)
        await asked.load()
        #expect(asked.batches.last == [1])
        asked.loader.clearAll()
        for key in 0..<count { #expect(!asked.loader[key].reference.isKnown) }
        await asked.load()
        #expect(asked.batches.last == Array(0..<count))
        #expect(try before.map { try asked.value($0) } == (0..<count).map { "\($0)" })
    }

    @EventLoop @Test func `a loader of what is in memory answers without being sent`() throws {
        let loaders = LoaderSet()
        let loader: Loader<Int, Int> = loaders.makeMemoryLoader("doubles") { batch in
            for (index, key) in batch.keys.enumerated() where key != 3 {
                batch.answer(at: index, with: 2 * key)
            }
        }
        let (first, second) = (loader[1], loader[3])
        #expect(loader.loadFromMemory() == 1)
        #expect(loaders.takeBatches().isEmpty)
        #expect(try loader.value(first.reference.slot) == 2)
        #expect(try loader.value(second.reference.slot) == nil)
    }
}
