import Bytes
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor
import TestSupport
import Testing

/// Mutations of which all fields count, or none.
@Suite struct TogetherTests {
    private static let schema =
        "type Query { a: Int } type Mutation { a: Int b: T c: Int } type T { n: Int! m: Int }"

    /// Runs a mutation over `root`, and tells the answer and how its transaction went.
    @EventLoop private static func run(
        _ document: String, root: String, schema: String = schema,
        _ script: ScriptedTransaction = ScriptedTransaction()
    ) async throws -> (text: String, steps: [String]) {
        let schema = try Schema(building: Document.parse(schema))
        let plan = try Plan.compile(
            ValidDocument.check(Document.parse(document), against: schema),
            roads: CheckedListRoads())
        let resolvers = JSONResolvers(schema, data: try json(root))
        resolvers.loaders.transaction = script
        let values = try VariableValues.coerce(nil, for: plan)
        let text = await EventLoopTests.text {
            await Executor.execute(
                plan, resolvers: resolvers, variables: values)
        }
        return (text, script.steps)
    }

    init() { LoopThread.start() }

    @EventLoop
    @Test func `what has no error is committed as it is answered`() async throws {
        let (text, steps) = try await Self.run(
            "mutation { a t: __typename b { n } }", root: #"{"a":1,"b":{"n":2}}"#)
        #expect(text == #"{"data":{"a":1,"t":"Mutation","b":{"n":2}}}"#)
        #expect(steps == ["commit \(text)"])
    }

    @EventLoop
    @Test func `an error far below undoes all, and each field says what became of it`()
        async throws
    {
        let (text, steps) = try await Self.run(
            "mutation { a t: __typename again: a b { n } c }", root: #"{"a":1,"b":{},"c":3}"#)
        #expect(
            text == """
                {"data":{"a":null,"t":"Mutation","again":null,"b":null,"c":null},"errors":[\
                {"message":"Cannot return null for non-nullable field T.n.","locations":\
                [{"line":1,"column":41}],"path":["b","n"]},\
                {"message":"This was undone, as \\"b\\" has failed.","locations":\
                [{"line":1,"column":12}],"path":["a"],"extensions":{"code":"UNDONE"}},\
                {"message":"This was undone, as \\"b\\" has failed.","locations":\
                [{"line":1,"column":28}],"path":["again"],"extensions":{"code":"UNDONE"}},\
                {"message":"This was not begun, as \\"b\\" has failed.","locations":\
                [{"line":1,"column":45}],"path":["c"],"extensions":{"code":"UNDONE"}}]}
                """)
        #expect(steps == ["rollback"])
    }

    @EventLoop
    @Test func `where null may not stand, there is no data`() async throws {
        let (text, steps) = try await Self.run(
            "mutation { a b }", root: #"{"a":1}"#,
            schema: "type Query { a: Int } type Mutation { a: Int b: Int! }")
        #expect(text.hasPrefix(#"{"data":null,"errors":[{"message":"Cannot return null for "#))
        #expect(text.contains(#""message":"This was undone, as \"b\" has failed.""#))
        #expect(steps == ["rollback"])
    }

    @EventLoop
    @Test func `what fails when it is committed is told of every field`() async throws {
        let script = ScriptedTransaction()
        script.failure = GraphQLError("too late")
        let (text, steps) = try await Self.run(
            "mutation { a t: __typename b { n } }", root: #"{"a":1,"b":{"n":2}}"#, script)
        #expect(
            text == """
                {"data":{"a":null,"t":"Mutation","b":null},"errors":[{"message":"too late",\
                "locations":[{"line":1,"column":12}],"path":["a"]},{"message":"too late",\
                "locations":[{"line":1,"column":28}],"path":["b"]}]}
                """)
        #expect(steps.count == 1)
    }

    @EventLoop
    @Test(arguments: [#"{"a":1}"#, "{}"])
    func `an earlier answer stands for this one, and a refusal does`(_ root: String) async throws {
        for document in ["mutation { a }", "mutation { b { n } a }"] {
            let script = ScriptedTransaction()
            script.end = .asBefore(Array("{\"data\":7}".utf8))
            #expect(try await Self.run(document, root: root, script).text == #"{"data":7}"#)
            script.end = .refused(GraphQLError("no"))
            let refused = try await Self.run(document, root: root, script).text
            #expect(refused == #"{"errors":[{"message":"no"}]}"#)
        }
        let broken = ScriptedTransaction()
        broken.end = .asBefore(Array("{}".utf8))
        let text = try await Self.run("mutation { b { n } }", root: #"{"b":{}}"#, broken).text
        #expect(text == "{}" && broken.steps == ["rollback"])
    }

    @EventLoop
    @Test func `a query has no transaction, whatever there is`() async throws {
        let (text, steps) = try await Self.run("{ a }", root: #"{"a":1}"#)
        #expect(text == #"{"data":{"a":1}}"# && steps.isEmpty)
    }
}

@EventLoop private final class ScriptedTransaction: OperationTransaction {
    var failure: GraphQLError?
    var end = TransactionEnd.asResolved
    var next: (any Resolvers)?
    private(set) var steps: [String] = []

    func commit(_ response: [UInt8]) async throws -> TransactionEnd {
        steps.append("commit \(String(decoding: response, as: UTF8.self))")
        if let failure { throw failure }
        return end
    }

    func rollBack() async -> TransactionEnd {
        steps.append("rollback")
        return end
    }

    func again() async -> (any Resolvers)? { next }
}
