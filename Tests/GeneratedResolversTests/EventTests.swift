import Bytes
import GraphQLExecution
import GraphQLTypes
import Reactor
import TestSupport
import Testing

@Suite struct EventTests {
    @Test func `each event is the root of an execution`() async throws {
        let answers = try await answers(
            "subscription { movieAdded(genre: DRAMA) { title director { name } } }")
        #expect(
            answers == [
                #"{"data":{"movieAdded":{"title":"Sunrise","director":{"name":"F. W. Murnau"}}}}"#,
                #"{"data":{"movieAdded":{"title":"Spies","director":{"name":"Fritz Lang"}}}}"#,
            ])
    }

    @Test func `an event may be a leaf`() async throws {
        let answers = try await answers("subscription { ticks }")
        #expect(answers == (1...3).map { #"{"data":{"ticks":\#($0)}}"# })
    }

    @EventLoop @Test func `who waits comes back when the stream is cancelled`() async throws {
        LoopThread.start()
        let (elements, _) = AsyncThrowingStream.makeStream(of: Int.self, throwing: (any Error).self)
        let events = SequencedEvents(elements) { _ in
            Event(resolvers: GeneratedResolvers(context: RequestContext()))
        }
        let waiting = Task { @EventLoop in try await events.next() == nil }
        await Task.yield()
        events.cancel()
        #expect(try await waiting.value)
        #expect(try await events.next() == nil)
    }

    @EventLoop private func answers(_ document: String) async throws -> [String] {
        LoopThread.start()
        let plan = try plan(document)
        let start = await Executor.subscribe(
            plan, resolvers: GeneratedResolvers(context: RequestContext()),
            variables: try VariableValues.coerce(nil, for: plan))
        guard case .stream(let stream) = start else { return ["refused"] }
        var answers: [String] = []
        while let response = await stream.next() {
            answers.append(String(decoding: response.bytes.array(), as: UTF8.self))
        }
        return answers
    }
}
