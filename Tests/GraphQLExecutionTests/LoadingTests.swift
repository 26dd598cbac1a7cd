import GraphQLExecution
import GraphQLTypes
import Reactor
import TestSupport
import Testing

@Suite struct LoadingTests {
    init() { LoopThread.start() }

    @EventLoop @Test func `the keys of a level are asked for once, over aliases`() async throws {
        let library = Library()
        let text = try await library.answer(
            "{ a: books(first: 2) { author { id } } b: books(first: 2) { author { name } } }")
        #expect(library.asked == ["author [0, 1]"])
        #expect(
            text == """
                {"data":{"a":[{"author":{"id":0}},{"author":{"id":1}}],"b":[{"author":{"name":\
                null}},{"author":{"name":"author 1"}}]}}
                """)
        #expect(library.authorByID.counters.asked == 4)
        #expect(library.authorByID.counters.unique == 2)
        #expect(library.authorByID.counters.batches == 1)
    }

    @EventLoop @Test func `more keys than a batch may have are split`() async throws {
        let library = Library()
        _ = try await library.answer("{ books(first: 4) { author { id } } }")
        #expect(library.asked == ["author [0, 1]", "author [2, 3]"])
        #expect(library.authorByID.counters.batches == 2)
    }

    @EventLoop @Test func `each level of the data costs one dispatch`() async throws {
        let library = Library()
        let counter = CountingDispatcher()
        var options = ExecutionOptions()
        options.dispatcher = counter
        let text = try await library.answer(
            """
            { books(first: 2) { author { books { id author { id } } } shelf sequels { id } } \
            book(id: 3) { id author { name } } }
            """, options: options)
        // book 3, the authors of the list, shelves and sequels; the author's books and the author
        // of book 3, who is remembered; the authors of the books are remembered, too.
        #expect(
            counter.dispatches == [
                ["book", "author"], ["booksOfAuthor"],
            ])
        #expect(text.contains(#""sequels":[{"id":7},null,{"id":8}]"#))
        #expect(library.asked.filter { $0.hasPrefix("author") } == ["author [0, 1]"])
    }

    @EventLoop @Test func `fields of the root that wait leave with the loads of their level`()
        async throws
    {
        let counter = CountingDispatcher()
        var options = ExecutionOptions()
        options.dispatcher = counter
        let text = try await Library().answer(
            "{ slow { id author { id } } book(id: 1) { author { id } } }", options: options)
        #expect(counter.dispatches == [["Query.slow", "book"], ["author"]])
        #expect(text.hasPrefix(#"{"data":{"slow":{"id":"#))
        #expect(text.contains(#""book":{"author":{"id":1}}"#))
    }

    @EventLoop @Test func `fields of the root that have not begun fail with an interruption`()
        async throws
    {
        var options = ExecutionOptions()
        options.interruption = { GraphQLError("The request took too long.", code: .timeout) }
        let text = try await Library().answer(
            "{ slow { id } wait books(first: 1) { id } }", options: options)
        #expect(text.hasPrefix(#"{"data":{"slow":null,"wait":null,"books":[{"id":0}]},"errors":["#))
    }

    @EventLoop @Test func `an error of one key stays with that key`() async throws {
        let library = Library()
        library.authorByID.prime(0, with: nil)
        let text = try await library.answer(
            "{ slow { author { id } } books(first: 2) { author { id } } }")
        #expect(
            text == """
                {"data":{"slow":{"author":null},"books":[{"author":null},{"author":{"id":1}}]},\
                "errors":[{"message":"author 13 is away","locations":[{"line":1,"column":10}],\
                "path":["slow","author"]}]}
                """)
        #expect(library.asked == ["author [1]", "Query.slow waited", "author [13]"])
    }

    @EventLoop @Test func `a batch that throws fails with all its keys`() async throws {
        let library = Library()
        library.authorByID.prime(0, with: Library.Author(id: 99))
        library.authorByID.prime(1, with: Library.Author(id: 1))
        let text = try await library.answer(
            "{ books(first: 2) { author { id books { id } } } }")
        #expect(
            text.contains(#"{"author":{"id":99,"books":null}},{"author":{"id":1,"books":null}}"#))
        #expect(text.contains(#""path":["books",1,"author","books"]"#))
    }

    @EventLoop @Test func `what is cleared is asked for again`() async throws {
        let library = Library()
        _ = try await library.answer("{ book(id: 3) { id } }")
        _ = try await library.answer("{ book(id: 3) { id } }")
        #expect(library.asked == ["book [3]"])
        library.bookByID.clear(3)
        _ = try await library.answer("{ book(id: 3) { id } }")
        #expect(library.asked == ["book [3]", "book [3]"])
        #expect(library.bookByID.counters.remembered == 1)
    }

    @EventLoop @Test func `root fields that wait are waited for together`() async throws {
        let library = Library()
        let text = try await library.answer("{ slow { id } wait again: wait }")
        #expect(text == #"{"data":{"slow":{"id":1},"wait":42,"again":42}}"#)
    }

    @EventLoop @Test func `each mutation is written before the next begins`() async throws {
        let library = Library()
        let text = try await library.answer(
            """
            mutation { a: add(id: 5) { id } b: add(id: 6) { id author { id } } fail \
            c: add(id: 7) { id } }
            """
        )
        #expect(library.asked == ["book [5]", "book [6]", "author [0]"])
        #expect(
            text == """
                {"data":null,"errors":[{"message":"it failed","locations":[{"line":1,"column":68}],\
                "path":["fail"]}]}
                """)
    }

    @EventLoop @Test func `an interruption between levels leaves what is there`() async throws {
        let library = Library()
        var options = ExecutionOptions()
        options.interruption = {
            library.asked.count < 1
                ? nil : GraphQLError("The request took too long.", code: .timeout)
        }
        let text = try await library.answer(
            "{ books(first: 1) { id author { id books { id } } tags } }", options: options)
        #expect(
            text == """
                {"data":{"books":[{"id":0,"author":{"id":0,"books":null},\
                "tags":[["a"],["b","c"]]}]},\
                "errors":[{"message":"The request took too long.","locations":\
                [{"line":1,"column":36}],"path":["books",0,"author","books"],"extensions":\
                {"code":"TIMEOUT"}}]}
                """)
    }

    @EventLoop @Test func `an error that is no GraphQL error tells nothing`() async throws {
        struct Secret: Error {}
        #expect(ExecutionOptions.masked(Secret()).code == .internalError)
        #expect(!ExecutionOptions.masked(Secret()).message.contains("Secret"))
    }
}

/// Notes which loaders leave together.
@EventLoop private final class CountingDispatcher: BatchDispatcher {
    private(set) var dispatches: [[String]] = []

    init() {}

    func dispatch(_ batches: [any PendingBatch]) async {
        dispatches.append(
            batches.map { batch in
                switch batch.origin {
                case .loader(let loader): "\(loader.name)"
                case .rootField(_, let coordinate): coordinate
                }
            })
        await ConcurrentDispatcher().dispatch(batches)
    }
}
