import Bytes
import GraphQLExecution
import GraphQLTypes
import Reactor
import TestSupport
import Testing

@Suite struct EventTests {
    @Test func `each event is the root of an execution`() async throws {
        let answers = try await answers(
            "subscription { movieAdded(genre: DRAMA) { title director { name } } }",
            field: "movieAdded", arguments: [.enumeration("DRAMA")])
        #expect(
            answers == [
                #"{"data":{"movieAdded":{"title":"Sunrise","director":{"name":"F. W. Murnau"}}}}"#,
                #"{"data":{"movieAdded":{"title":"Spies","director":{"name":"Fritz Lang"}}}}"#,
            ])
    }

    @Test func `an event may be a leaf`() async throws {
        let answers = try await answers(
            "subscription { ticks }", field: "ticks", arguments: [])
        #expect(answers == (1...3).map { #"{"data":{"ticks":\#($0)}}"# })
    }

    private func answers(
        _ document: String, field: String, arguments: [InputValue?]
    ) async throws -> [String] {
        LoopThread.start()
        let plan = try plan(document)
        let schema = plan.schema
        let root = try #require(schema.subscriptionType)
        let name = try #require(schema.names.find(field))
        let field = try #require(schema.field(name, of: root))
        let values = try VariableValues.coerce(nil, for: plan)
        return try await { @EventLoop in
            let stream = try await GeneratedEvents.stream(
                of: field, arguments: FieldArguments(arguments), in: RequestContext())
            var answers: [String] = []
            for try await event in stream {
                let resolvers = GeneratedResolvers(context: RequestContext())
                let response = await Executor.execute(
                    plan, root: resolvers.root(of: event), resolvers: resolvers,
                    variables: values)
                answers.append(String(decoding: response.bytes.array(), as: UTF8.self))
            }
            return answers
        }()
    }
}
