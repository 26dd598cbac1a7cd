import GraphQLExecution
import GraphQLTypes
import Reactor
import TestSupport
import Testing

@Suite struct LoadingObserverTests {
    init() { LoopThread.start() }

    @EventLoop private final class Listener: LoadingObserver {
        private(set) var heard: [String] = []

        func levelBegins(isLast: Bool) { heard.append(isLast ? "last" : "level") }

        func loadingEnds() { heard.append("end") }
    }

    @EventLoop private func heard(
        _ document: String, options: ExecutionOptions = ExecutionOptions()
    ) async throws -> [String] {
        let (library, listener) = (Library(), Listener())
        library.loaders.observer = listener
        _ = try await library.answer(document, options: options)
        return listener.heard
    }

    @EventLoop @Test func `each level is told, and whether it is the last`() async throws {
        #expect(try await heard("{ books { id } }") == ["end"])
        #expect(try await heard("{ book(id: 1) { id } }") == ["last", "end"])
        #expect(try await heard("{ books { author { name } } }") == ["last", "end"])
        #expect(try await heard("{ book(id: 1) { author { name } } }") == ["level", "last", "end"])
        #expect(
            try await heard("{ book(id: 1) { id } books { author { books { shelf } } } }")
                == ["level", "level", "last", "end"])
    }

    @EventLoop @Test func `a field of the root that waits may ask for more`() async throws {
        #expect(try await heard("{ wait }") == ["level", "end"])
    }

    @EventLoop @Test func `the end is told once, and also of what was interrupted`() async throws {
        #expect(
            try await heard("mutation { a: add(id: 1) { id } b: add(id: 2) { id } }")
                == ["last", "last", "end"])
        var options = ExecutionOptions()
        options.interruption = { GraphQLError("enough") }
        #expect(try await heard("{ book(id: 1) { id } }", options: options) == ["end"])
    }
}
