import GraphQLExecution
import GraphQLTypes
import Reactor
import TestSupport
import Testing

@Suite struct SubscriptionTests {
    init() { LoopThread.start() }

    @EventLoop private func start(_ library: Library) async throws -> SubscriptionStart {
        let plan = try Library.plan("subscription { added { id author { id } } }")
        return await Executor.subscribe(
            plan, resolvers: library, variables: try .coerce(nil, for: plan))
    }

    @EventLoop private func text(_ stream: ResponseStream) async -> String? {
        guard let response = await stream.next() else { return nil }
        return response.text
    }

    @EventLoop @Test func `each event is an execution of its own`() async throws {
        let library = Library()
        library.events = Books([1, 2])
        guard case .stream(let stream) = try await start(library) else {
            Issue.record("the subscription did not begin")
            return
        }
        #expect(await text(stream) == #"{"data":{"added":{"id":1,"author":{"id":1}}}}"#)
        #expect(await text(stream) == #"{"data":{"added":{"id":2,"author":{"id":2}}}}"#)
        #expect(await text(stream) == nil)
    }

    @EventLoop @Test func `a stream that fails says so and ends`() async throws {
        let library = Library()
        library.events = Books([1, -1, 2])
        guard case .stream(let stream) = try await start(library) else {
            Issue.record("the subscription did not begin")
            return
        }
        _ = await stream.next()
        #expect(await text(stream) == #"{"errors":[{"message":"the stream broke"}]}"#)
        #expect(await text(stream) == nil)
    }

    @EventLoop @Test func `what cannot be followed is refused at its field`() async throws {
        guard case .refused(let response) = try await start(Library()) else {
            Issue.record("the subscription began")
            return
        }
        #expect(
            response.text == """
                {"errors":[{"message":"nothing to follow","locations":[{"line":1,"column":16}],\
                "path":["added"]}]}
                """)
    }

    @EventLoop @Test func `a cancelled stream ends`() async throws {
        let library = Library()
        library.events = Books([1, 2])
        guard case .stream(let stream) = try await start(library) else {
            Issue.record("the subscription did not begin")
            return
        }
        stream.cancel()
        #expect(await text(stream) == nil)
    }
}

/// Events from a list; -1 breaks the stream.
@EventLoop private final class Books: EventStream {
    private var ids: [Int]

    init(_ ids: [Int]) { self.ids = ids }

    func next() async throws -> Event? {
        guard !ids.isEmpty else { return nil }
        let id = ids.removeFirst()
        if id < 0 { throw GraphQLError("the stream broke") }
        let library = Library()
        return Event(resolvers: library, root: library.add(Library.Book(id: id, author: id)))
    }

    func cancel() { ids = [] }
}
