import GraphQLExecution
import GraphQLTypes
import GraphQLValidation
import Reactor
import TestSupport
import Testing

@Suite struct PlanCacheTests {
    private let schema: Schema

    init() throws {
        LoopThread.start()
        schema = try Schema.checked("type Query { a: Int b: Int c: Int }")
    }

    @EventLoop private func cache(bytes: Int = 1 << 20) -> PlanCache {
        var options = PlanOptions()
        options.maximumCacheBytes = bytes
        return PlanCache(schema, options: options)
    }

    @EventLoop @Test func `a document is planned once for each of its operations`() throws {
        let cache = cache()
        let source = Array("query A { a } query B { b }".utf8)
        let first = try cache.plan(for: source, operationName: "A")
        #expect(try cache.plan(for: source, operationName: "A") === first)
        #expect(try cache.plan(for: source, operationName: "B") !== first)
        #expect(cache.counters.hits == 1)
        #expect(cache.counters.misses == 2)
        #expect(cache.counters.plans == 2)
    }

    @EventLoop @Test func `the plans not asked for longest go first`()
        throws
    {
        let one = try cache().bytes(of: "{ a }")
        let cache = cache(bytes: 2 * one + one / 2)
        for text in ["{ a }", "{ b }", "{ a }", "{ c }"] {
            _ = try cache.plan(for: Array(text.utf8))
        }
        #expect(cache.counters.evictions == 1)
        #expect(cache.counters.plans == 2)
        #expect(cache.counters.bytes <= 2 * one + one / 2)
        let hits = cache.counters.hits
        _ = try cache.plan(for: Array("{ a }".utf8))
        #expect(cache.counters.hits == hits + 1)
        _ = try cache.plan(for: Array("{ b }".utf8))
        #expect(cache.counters.hits == hits + 1)
    }

    @EventLoop @Test func `a plan larger than the cache is used but not kept`() throws {
        let cache = cache(bytes: 10)
        _ = try cache.plan(for: Array("{ a }".utf8))
        #expect(cache.counters.plans == 0)
        #expect(cache.counters.bytes == 0)
    }

    @EventLoop @Test func `what is refused is not kept, and says why each time`() throws {
        let cache = cache()
        for text in ["{ a", "{ nope }", "query A { a } query B { b }"] {
            for _ in 0..<2 {
                #expect(throws: GraphQLErrors.self) { try cache.plan(for: Array(text.utf8)) }
            }
        }
        #expect(cache.counters.plans == 0)
        #expect(cache.counters.misses == 6)
    }

    @EventLoop @Test func `many documents pass through a small cache`() throws {
        let cache = cache(bytes: 10_000)
        for number in 0..<2_000 {
            _ = try cache.plan(for: Array("{ x\(number % 700): a }".utf8))
            #expect(cache.counters.bytes <= 10_000)
        }
        #expect(cache.counters.misses + cache.counters.hits == 2_000)
        cache.removeAll()
        #expect(cache.counters.bytes == 0)
    }
}

extension PlanCache {
    fileprivate func bytes(of text: String) throws -> Int {
        _ = try plan(for: Array(text.utf8))
        return counters.bytes
    }
}
