import Bytes
import GraphQLExecution
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor
import TestSupport
import Testing

/// What a request is told of its own execution, without a database.
@Suite struct TraceTests {
    init() { LoopThread.start() }

    /// The trace of a document that a new library answers.
    @EventLoop private func trace(
        _ document: String, in library: Library = Library(), twice: Bool = false
    ) async throws -> JSONValue {
        var planning = PlanOptions()
        planning.roads = Library.Roads()
        var options = EngineOptions()
        options.planning = planning
        let engine = Engine(try Schema.checked(Library.schema), options: options)
        var text = ""
        for _ in 0..<(twice ? 2 : 1) {
            text = try await answer(document, library, engine)
        }
        return try #require(try json(text)["extensions"]?["trace"])
    }

    @EventLoop private func answer(
        _ document: String, _ library: Library, _ engine: Engine
    ) async throws -> String {
        let trace = ExecutionTrace()
        library.trace = trace
        var options = ExecutionOptions()
        options.trace = trace
        return await engine.answer(
            EngineRequest(source: Array(document.utf8)), resolvers: library, options: options
        ).text
    }

    /// Of each level what left: loaders with keys asked, unique and remembered, and fields.
    private func work(_ trace: JSONValue) throws -> [[String]] {
        try Array(try #require(trace["levels"]).elements).map { level in
            let loaders = Array(try #require(level["loaders"]).elements).map { loader in
                let numbers = ["keysAsked", "keysUnique", "keysRemembered"].map {
                    number(loader, $0)
                }
                return "\(loader["name"]?.stringValue ?? "") \(numbers)"
            }
            let fields = Array(try #require(level["fields"]).elements).map { field in
                let path = field["path"]?.elements.first { _ in true }?.stringValue
                return "\(path ?? ""): \(field["coordinate"]?.stringValue ?? "")"
            }
            return fields + loaders
        }
    }

    private func number(_ value: JSONValue, _ key: String) -> Int {
        value[key]?.number?.int64.map { Int($0) } ?? -1
    }

    @EventLoop @Test func `keys are counted by level, as asked, unique and remembered`()
        async throws
    {
        // Authors 0 to 3 of six books; then all books of theirs, and authors that are known.
        let trace = try await trace(
            "{ books(first: 6) { a: author { id } b: author { books { author { id } } } } }")
        #expect(
            try work(trace) == [
                ["author [12, 4, 0]"], ["booksOfAuthor [6, 4, 0]"], ["author [12, 0, 12]"],
            ])
        let levels = try Array(#require(trace["levels"]).elements)
        #expect(levels.map { number($0, "level") } == [1, 2, 3])
    }

    @EventLoop @Test func `fields of the root that wait are told by alias and place`()
        async throws
    {
        let trace = try await trace("{ one: wait two: wait book(id: 3) { id } }")
        #expect(
            try work(trace) == [["one: Query.wait", "two: Query.wait", "book [1, 1, 0]"]])
    }

    @EventLoop @Test func `the levels of a mutation's fields follow one another`() async throws {
        let trace = try await trace(
            "mutation { a: add(id: 5) { author { id } } b: add(id: 5) { id } }")
        #expect(
            try work(trace) == [["book [1, 1, 0]"], ["author [1, 1, 0]"], ["book [1, 0, 1]"]])
    }

    @EventLoop @Test func `times lie within one another`() async throws {
        let trace = try await trace("{ books { author { books { id } } } wait }")
        let total = number(trace, "totalMicroseconds")
        var end = 0
        for level in try #require(trace["levels"]).elements {
            #expect(number(level, "startMicroseconds") >= end)
            #expect(number(level, "microseconds") >= number(level, "waitMicroseconds"))
            end = number(level, "startMicroseconds") + number(level, "microseconds")
        }
        #expect(end > 0 && end <= total)
        let plan = try #require(trace["plan"])
        #expect(plan["cached"]?.booleanValue == false)
        let steps = ["parseMicroseconds", "validateMicroseconds", "compileMicroseconds"]
        let sum = steps.reduce(0) { $0 + number(plan, $1) }
        #expect(sum > 0 && sum <= total)
    }

    @EventLoop @Test func `a plan that was there took no time`() async throws {
        let plan = try #require(try await trace("{ book(id: 1) { id } }", twice: true)["plan"])
        #expect(plan["cached"]?.booleanValue == true)
        #expect(number(plan, "parseMicroseconds") == 0)
        #expect(number(plan, "compileMicroseconds") == 0)
    }

    @EventLoop @Test func `what needs no loader has no levels`() async throws {
        let trace = try await trace("{ books { id } __typename }")
        #expect(try work(trace).isEmpty)
        #expect(number(trace, "roundTrips") == 0)
    }

    @EventLoop @Test func `a loader that splits its keys is one loader still`() async throws {
        let trace = try await trace("{ books(first: 4) { author { id } } }")
        #expect(try work(trace) == [["author [4, 4, 0]"]])
    }

    @EventLoop @Test func `statements go with whoever begins them`() async throws {
        let library = Library()
        library.begins = { trace, name in trace.note(Sent("SELECT \(name)", rows: 2)) }
        let trace = try await trace("{ book(id: 1) { author { id } } slow { id } }", in: library)
        #expect(number(trace, "roundTrips") == 2)
        let level = try #require(trace["levels"]?.elements.first { _ in true })
        #expect(number(level, "roundTrips") == 2)
        for (kind, name) in [("loaders", "book"), ("fields", "Query.slow")] {
            let work = try #require(level[kind]?.elements.first { _ in true })
            let statements = try Array(#require(work["statements"]).elements)
            #expect(statements.map { $0["sql"]?.stringValue } == ["SELECT \(name)"])
            #expect(statements.map { number($0, "rows") } == [2])
            #expect(statements.map { number($0, "microseconds") } == [1])
        }
    }

    @EventLoop @Test func `failures and texts are written as JSON has them`() async throws {
        let library = Library()
        library.begins = { trace, _ in
            trace.note(Sent("SELECT '\"\\'\n", rows: 0, failure: "SQLSTATE 22012"))
        }
        let trace = try await trace("{ book(id: 1) { id } }", in: library)
        let level = try #require(trace["levels"]?.elements.first { _ in true })
        let loader = try #require(level["loaders"]?.elements.first { _ in true })
        let statement = try #require(loader["statements"]?.elements.first { _ in true })
        #expect(statement["sql"]?.stringValue == "SELECT '\"\\'\n")
        #expect(statement["failure"]?.stringValue == "SQLSTATE 22012")
    }

    @EventLoop @Test func `who did not ask is told nothing`() async throws {
        let library = Library()
        library.begins = { _, _ in Issue.record("nobody asked") }
        #expect(try await library.answer("{ book(id: 1) { id } slow { id } }").contains("data"))
    }
}

/// A statement that has been answered.
@EventLoop private final class Sent: TracedStatement {
    let text: String
    let rows: Int
    let failure: String?
    let begunMicroseconds: Int64 = 0
    let answeredMicroseconds: Int64? = 1
    let resumedMicroseconds: Int64? = nil
    let bytes = 0
    let roundTrips = 1

    init(_ text: String, rows: Int, failure: String? = nil) {
        (self.text, self.rows, self.failure) = (text, rows, failure)
    }
}
