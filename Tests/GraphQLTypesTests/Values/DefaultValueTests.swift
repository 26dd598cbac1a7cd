import GraphQLLanguage
import GraphQLTypes
import Testing

@Suite struct DefaultValueTests {
    /// The defaults of the arguments of the first field.
    private func defaults(_ arguments: String, _ rest: String = "") throws -> [String?] {
        let schema = try Schema(
            building: Document.parse("type Query { f(\(arguments)): Int } \(rest)"))
        return schema[FieldID(0)].arguments.map { schema.defaultText(of: $0) }
    }

    @Test func `defaults are written as their types have them`() throws {
        #expect(
            try defaults("a: Int, b: Int = 5, c: Float = 5.0, d: Float = 1.50, e: Int = -0")
                == [nil, "5", "5", "1.5", "0"])
        #expect(
            try defaults(#"a: ID = 5, b: ID = "5", c: ID = "05", d: ID = "-1", e: ID = "x""#)
                == ["5", "5", "\"05\"", "-1", "\"x\""])
        #expect(
            try defaults(#"a: String = """x " \ y""", b: [Boolean] = true, c: [Int] = null"#)
                == [#""x \" \\ y""#, "[true]", "null"])
    }

    @Test func `objects have the fields of their type in its order`() throws {
        #expect(
            try defaults(
                "a: N = {}, b: [N] = {e: Y, x: [1]}, c: S = {z: \"1\", a: [X]}, d: M = {n: {}}",
                """
                enum E { X Y } scalar S
                input N { x: [Float] = 1 e: E = X id: ID i: Int = 3 }
                input M { m: N = {i: 4}, n: N, o: Int }
                """)
                == [
                    "{x: [1], e: X, i: 3}", "[{x: [1], e: Y, i: 3}]", "{z: \"1\", a: [\"X\"]}",
                    "{m: {x: [1], e: X, i: 4}, n: {x: [1], e: X, i: 3}}",
                ])
    }

    @Test func `a default that is none, or takes its value from itself, is no value`() throws {
        #expect(try defaults(#"a: Int = "x", b: [Int!] = [null]"#) == [nil, nil])
        #expect(
            try defaults("a: N = {}", "input N { n: N = {} i: Int = 1 }") == ["{n: {i: 1}, i: 1}"])
    }

    @Test func `defaults take values from each other only so deep`() throws {
        func chain(_ length: Int) -> String {
            (1...length).map { "input I\($0) { i: I\($0 + 1) = {} }" }.joined(separator: " ")
                + " input I\(length + 1) { a: Int }"
        }
        #expect(try defaults("a: I1", chain(500)) == [nil])
        let error = #expect(throws: GraphQLError.self) { try defaults("a: I1", chain(501)) }
        #expect(
            error?.message == "Default values may take values from each other at most 500 deep.")
    }

    @Test func `defaults do not grow without end by taking several values each`() throws {
        func doubling(_ length: Int) -> String {
            (1...length).map { "input I\($0) { a: I\($0 + 1) = {} b: I\($0 + 1) = {} }" }
                .joined(separator: " ") + " input I\(length + 1) { a: Int }"
        }
        #expect(try defaults("a: I1", doubling(16)) == [nil])
        let error = #expect(throws: GraphQLError.self) { try defaults("a: I1", doubling(40)) }
        #expect(
            error?.message
                == "Default values may take values from each other at most 100000 nodes large.")
    }

    @Test func `numbers are written as short as they can be`() throws {
        #expect(
            try defaults("a: Float = 1e2, b: Float = 0.0000001, c: [Float] = [1e21, -0.0, 1.50]")
                == ["100", "1e-7", "[1e+21, 0, 1.5]"])
        #expect(
            try defaults("a: S = 12345678901234567890, b: S = 1e999", "scalar S")
                == ["12345678901234567000", nil])
    }
}
