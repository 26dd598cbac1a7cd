import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct QueryLimitsTests {
    private func limited(
        _ text: String, _ change: (inout QueryLimits) -> Void
    ) throws -> [String] {
        var limits = QueryLimits()
        change(&limits)
        return try found(text) { $0.limits = limits }
    }

    private func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: " ")
    }

    @Test func `bytes and tokens are limited`() throws {
        let query = "{ dog { name } }"
        #expect(try limited(query) { $0.maximumDocumentBytes = 16 } == [])
        #expect(
            try limited(query) { $0.maximumDocumentBytes = 15 } == [
                "The document has 16 bytes, which is more than the limit of 15."
            ])
        #expect(try limited(query) { $0.maximumTokens = 6 } == [])
        #expect(
            try limited(query) { $0.maximumTokens = 5 } == [
                "The document has 6 tokens, which is more than the limit of 5."
            ])
    }

    @Test func `the parser keeps the limits too`() throws {
        var limits = QueryLimits()
        limits.maximumTokens = 5
        let error = #expect(throws: SyntaxError.self) {
            try Document.parse("{ dog { name } }", limits: limits.parseLimits)
        }
        #expect(
            error?.message
                == "Syntax Error: Document contains more that 5 tokens. Parsing aborted.")
    }

    @Test func `operations are limited`() throws {
        let query = "query A { dog { name } } query B { dog { name } }"
        #expect(try limited(query) { $0.maximumOperations = 2 } == [])
        #expect(
            try limited(query) { $0.maximumOperations = 1 } == [
                "The document has 2 operations, which is more than the limit of 1. (1:26)"
            ])
    }

    @Test func `depth is limited, through fragments too`() throws {
        let query = """
            { dog { mother { ...F } name } }
            fragment F on Dog { ... on Pet { ...G } father { name } }
            fragment G on Dog { mother { mother { name } } }
            """
        #expect(try limited(query) { $0.maximumDepth = 5 } == [])
        #expect(
            try limited(query) { $0.maximumDepth = 4 } == [
                "The document has 5 levels of fields, which is more than the limit of 4. (1:18)"
            ])
        #expect(
            try limited("{ dog { mother { name } } }") { $0.maximumDepth = 2 } == [
                "The document has 3 levels of fields, which is more than the limit of 2. (1:18)"
            ])
    }

    @Test func `aliases and directives are limited`() throws {
        let query = "{ dog { a: name @onField b: name @onField @tag } }"
        #expect(try limited(query) { $0.maximumAliases = 2 } == [])
        #expect(
            try limited(query) { $0.maximumAliases = 1 } == [
                "The document has 2 aliases, which is more than the limit of 1. (1:26)"
            ])
        #expect(
            try limited(query) { $0.maximumDirectives = 2 } == [
                "The document has 3 directives, which is more than the limit of 2. (1:43)"
            ])
    }

    @Test func `root fields, through fragments, each fragment once`() throws {
        let query = """
            { dog { name } ...F ... on QueryRoot { ...F cat { name } } }
            fragment F on QueryRoot { pet { name } human { name } ...F }
            """
        let few = try limited(query) { $0.maximumRootFields = 4 }
        #expect(few == [#"Cannot spread fragment "F" within itself. (2:55)"#])
        let tooMany = try limited(query) { $0.maximumRootFields = 3 }
        #expect(
            tooMany.map { $0.prefix(70) } == [
                "The document has 4 root fields, which is more than the limit of 3. (2:"
            ])
    }

    @Test func `asking for the schema is within the limits`() throws {
        let wrapped = list(9) { _ in "ofType { kind name" } + list(9) { _ in "}" }
        let query = """
            { __schema { queryType { name } types { ...T } directives { name args { ...V } } } }
            fragment T on __Type { kind name fields(includeDeprecated: true) { args { ...V }
              type { ...R } } inputFields { ...V } interfaces { ...R } possibleTypes { ...R } }
            fragment V on __InputValue { name type { ...R } defaultValue }
            fragment R on __Type { kind name \(wrapped) }
            """
        #expect(try limited(query) { _ in } == [])
    }
}

/// What is looked at before a document that asks for too much is refused.
@Suite struct LimitWorkTests {
    private func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: " ")
    }

    /// Checks that no rule runs, and that each node and spread is counted a few times only.
    private func expectRefused(
        _ query: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let work = try work(query) { $0.limits = QueryLimits() }
        #expect(work.rules == 0, sourceLocation: sourceLocation)
        #expect(work.nodes == 0, sourceLocation: sourceLocation)
        #expect(work.limitSteps <= 4 * work.tokens, sourceLocation: sourceLocation)
    }

    @Test func `deep documents are refused`() throws {
        let query = list(400) { _ in "{ mother" } + list(400) { _ in "}" }
        try expectRefused(query)
    }

    @Test func `a huge document is refused unseen`() throws {
        let query = "{ dog { \(list(50_000) { _ in "name" }) } }"
        let work = try work(query) { $0.limits = QueryLimits() }
        #expect(
            work
                == {
                    var work = ValidationWork(); work.tokens = 50_005; return work
                }())
    }

    @Test func `a bomb of aliases is refused`() throws {
        try expectRefused("{ \(list(1000) { "a\($0): dog { name }" }) }")
    }

    @Test func `a bomb of directives is refused`() throws {
        try expectRefused("{ dog { name \(list(2000) { _ in "@tag" }) } }")
    }

    @Test func `fragments that double at each level are deep, and cost no more to count`() throws {
        let query =
            "{ dog { ...F0 } } "
            + list(300) {
                "fragment F\($0) on Dog { mother { ...F\($0 + 1) } father { ...F\($0 + 1) } }"
            } + " fragment F300 on Dog { name }"
        try expectRefused(query)
    }

    @Test func `fragments in cycles end`() throws {
        let query =
            "{ ...F0 } "
            + list(300) { "fragment F\($0) on QueryRoot { ...F\(($0 + 1) % 300) ...F\($0) a b }" }
        try expectRefused(query)
    }

    @Test func `a cycle is named before any rule follows it`() throws {
        let all = (0..<65).map { "...F\($0)" }.joined(separator: " ")
        let query =
            "{ ...A } fragment A on QueryRoot { ...B } fragment B on QueryRoot { ...A a }"
            + (0..<65).map { " fragment F\($0) on QueryRoot { \(all) }" }.joined()
        #expect(
            try found(query) { $0.limits = QueryLimits() }
                == [#"Cannot spread fragment "A" within itself via "B". (1:36) (1:69)"#])
        try expectRefused(query)
    }

    @Test func `rules see each node once`() throws {
        let query = "{ dog { name mother { name(surname: true) } } }"
        let work = try work(query)
        #expect(work.rules == 30)
        #expect(work.nodes == 10)
        #expect(work.tokens == 15)
    }
}
