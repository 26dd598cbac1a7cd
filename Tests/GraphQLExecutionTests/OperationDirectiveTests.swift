import GraphQLExecution
import GraphQLTypes
import GraphQLValidation
import Reactor
import TestSupport
import Testing

@Suite struct OperationDirectiveTests {
    init() { LoopThread.start() }

    /// The directives that a query bears, with the value of `if`.
    @EventLoop private func directives(
        _ document: String, variables: String? = nil
    ) throws -> [String] {
        let schema = """
            directive @calmly(if: Boolean! = true) on QUERY
            directive @twice repeatable on QUERY | FIELD
            type Query { a: Int }
            """
        let request = EngineRequest(
            source: Array(document.utf8), variables: try variables.map { try json($0) })
        let engine = Engine(try Schema.checked(schema))
        return try engine.prepare(request).directives.map { directive in
            directive["if"].map { "\(directive.name) \($0 == .boolean(true))" } ?? directive.name
        }
    }

    @EventLoop @Test func `a request knows what its operation bears`() throws {
        #expect(try directives("{ a }") == [])
        #expect(try directives("{ a @twice }") == [])
        #expect(try directives("query @calmly { a }") == ["calmly true"])
        #expect(try directives("query @calmly(if: false) { a }") == ["calmly false"])
        #expect(
            try directives("query @twice @calmly @twice { a }") == [
                "twice", "calmly true", "twice",
            ]
        )
    }

    @EventLoop @Test func `variables decide where they stand`() throws {
        let document = "query ($on: Boolean = true) @calmly(if: $on) { a }"
        #expect(try directives(document) == ["calmly true"])
        #expect(try directives(document, variables: #"{"on":false}"#) == ["calmly false"])
        let error = #expect(throws: GraphQLErrors.self) {
            try directives(document, variables: #"{"on":null}"#)
        }
        #expect(
            error?.errors.map(\.message) == [
                "Argument \"if\" of non-null type \"Boolean!\" must not be null."
            ])
    }
}
