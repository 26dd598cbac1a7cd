import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

/// Documents as deep as the parser lets them be.
@Suite struct NestingTests {
    private let depth = 490

    private func nested(_ open: String, _ inside: String, _ close: String) -> String {
        String(repeating: open, count: depth) + inside + String(repeating: close, count: depth)
    }

    @Test func `selection sets are walked and merged at any depth`() throws {
        #expect(try found("{ dog \(nested("{ mother ", "{ name }", "}")) }") == [])
        let both = nested("{ mother ", "{ name }", "}")
        let conflict = nested("{ mother ", "{ name: nickname }", "}")
        #expect(try found("{ dog \(both) dog \(both) }") == [])
        // Too deep to say where, so it is refused as too much to look at.
        #expect(try found("{ dog \(both) dog \(conflict) }").count == 1)
    }

    @Test func `values are compared at any depth`() throws {
        let list = nested("[", "1", "]")
        let field = "anythingArgField(anythingArg: \(list))"
        #expect(try found("{ complicatedArgs { \(field) \(field) } }") == [])
        let object = nested("{a: ", "1", "}")
        let other = "anythingArgField(anythingArg: \(object))"
        #expect(try found("{ complicatedArgs { \(other) \(other) } }") == [])
        #expect(try found("{ complicatedArgs { \(field) \(other) } }").count == 1)
        #expect(try found("{ complicatedArgs { intArgField(intArg: \(object)) } }").count == 1)
    }

    @Test func `types of variables end at their limit`() throws {
        let type = nested("[", "Int", "]")
        #expect(try found("query Q($a: \(type)) { dog { name(surname: $a) } }").count == 1)
    }

    @Test func `chains of fragments need no stack`() throws {
        let fragments = (0..<3000).map { "fragment F\($0) on Dog { mother { ...F\($0 + 1) } }" }
        let query =
            "{ dog { ...F0 } } " + fragments.joined(separator: " ")
            + " fragment F3000 on Dog { name }"
        #expect(try found(query) == [])
        let document = try Document.parse(query)
        var options = ValidationOptions()
        options.limits = nil
        let valid = try ValidDocument.check(document, against: harness, options: options)
        let operation = try #require(document.operations.first)
        // Deeper than anything that is meant.
        #expect(
            try harness.costModel().cost(of: operation, in: valid) == 9_007_199_254_740_991)
        let looped = query.replacing("fragment F3000 on Dog { name }", with: "")
        #expect(try found(looped).count == 1)
    }
}
