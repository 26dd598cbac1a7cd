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

    /// A stream whose books are kept by somebody who is away for so many times.
    @EventLoop private func stream(
        failures: [ErrorCode?], patienceMilliseconds: UInt64 = 60_000
    ) async throws -> (stream: ResponseStream, attempts: Attempts) {
        let plan = try Library.plan("subscription { added { id shelf } }")
        let library = Library()
        let attempts = Attempts(failures)
        let ids = AsyncThrowingStream<Int, any Error> { elements in
            for id in [1, 2] { elements.yield(id) }
            elements.finish()
        }
        library.events = SequencedEvents(ids) { id in
            let library = Library()
            library.obstacle = attempts.next()
            return Event(
                resolvers: library, root: library.add(Library.Book(id: id, author: id)))
        }
        var options = ExecutionOptions()
        options.eventPatienceMilliseconds = patienceMilliseconds
        let start = await Executor.subscribe(
            plan, resolvers: library, variables: try .coerce(nil, for: plan), options: options)
        guard case .stream(let stream) = consume start else {
            throw NeverHappened(what: "the subscription")
        }
        return (stream, attempts)
    }

    @EventLoop @Test func `an event is answered anew while something is away`() async throws {
        let (stream, attempts) = try await stream(
            failures: [.serviceUnavailable, .serviceUnavailable, nil, .timeout])
        #expect(await text(stream) == #"{"data":{"added":{"id":1,"shelf":0}}}"#)
        #expect(attempts.count == 3)
        let other = try #require(await text(stream))
        #expect(
            other.hasPrefix(#"{"data":{"added":null},"errors":[{"message":"no shelf"#), "\(other)")
        #expect(attempts.count == 4)
        #expect(await text(stream) == nil)
    }

    @EventLoop @Test func `an event that cannot be answered ends its stream in front of it`()
        async throws
    {
        let (stream, _) = try await stream(
            failures: Array(repeating: .serviceUnavailable, count: 100), patienceMilliseconds: 60)
        #expect(
            await text(stream) == #"{"errors":[{"message":"no shelf today","extensions":"#
                + #"{"code":"SERVICE_UNAVAILABLE"}}]}"#)
        #expect(await text(stream) == nil)
    }

    @EventLoop @Test func `who is cancelled answers nothing anew`() async throws {
        let (stream, attempts) = try await stream(
            failures: Array(repeating: .serviceUnavailable, count: 100))
        let waiting = Task { @EventLoop in await stream.next() == nil }
        while attempts.count < 2 { try await EventLoop.sleep(milliseconds: 1) }
        stream.cancel()
        waiting.cancel()
        #expect(await waiting.value)
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

/// How each attempt to answer an event ends.
@EventLoop private final class Attempts {
    private let failures: [ErrorCode?]
    private(set) var count = 0

    init(_ failures: [ErrorCode?]) { self.failures = failures }

    func next() -> GraphQLError? {
        defer { count += 1 }
        guard count < failures.count, let code = failures[count] else { return nil }
        return GraphQLError("no shelf today", code: code)
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
