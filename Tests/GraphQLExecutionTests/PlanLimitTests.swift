import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct PlanLimitTests {
    @Test func `fragments under twice as many conditions each are refused in time`() throws {
        let count = 24
        let schema = try Schema(building: Document.parse("type Query { a: Int }"))
        let variables = (0..<count).map { "$v\($0): Boolean!" }.joined(separator: " ")
        let fragments = (0..<count).map { index in
            """
            fragment F\(index) on Query {
              ...F\(index + 1) @include(if: $v\(index)) ...F\(index + 1) @skip(if: $v\(index))
            }
            """
        }
        let text = """
            query (\(variables)) { ...F0 }
            \(fragments.joined(separator: "\n"))
            fragment F\(count) on Query { a }
            """
        let start = ContinuousClock.now
        let error = #expect(throws: GraphQLErrors.self) {
            try PlanOptions().plan(for: Array(text.utf8), nil, schema)
        }
        #expect(
            error?.errors.map(\.message) == [
                """
                The operation is too large: its fragments and conditions make more than 1000000 \
                selections to look at. Select less, or split it.
                """
            ])
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `thousands of variables take no longer than as many fields`() throws {
        let count = 20_000
        let schema = try Schema(building: Document.parse("type Query { a(b: Int): Int }"))
        let names = (0..<count).map { "v\($0)" }
        let text = """
            query (\(names.map { "$\($0): Int" }.joined(separator: " "))) {
              \(names.map { "\($0): a(b: $\($0))" }.joined(separator: "\n"))
            }
            """
        let given = names.reversed().map { "\"\($0)\":1" }.joined(separator: ",")
        var options = ValidationOptions()
        options.limits = nil
        let start = ContinuousClock.now
        let plan = try Plan.compile(
            ValidDocument.check(Document.parse(text), against: schema, options: options),
            operationName: nil, roads: PlainRoads())
        _ = try VariableValues.coerce(json("{\(given)}"), for: plan)
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
