import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

/// How much is looked at to find out whether fields can be merged, counted, not timed.
@Suite struct MergeWorkTests {
    private func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: " ")
    }

    /// Checks that twice the document is not much more than twice the work.
    private func expectLinear(
        _ query: (Int) -> String, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let half = try work(query(500))
        let whole = try work(query(1000))
        let all = { (work: ValidationWork) in work.comparisons + work.mergeSteps + work.nodes }
        #expect(all(whole) < all(half) * 5 / 2, sourceLocation: sourceLocation)
        #expect(all(whole) < 40_000, sourceLocation: sourceLocation)
    }

    @Test func `the same field many times`() throws {
        try expectLinear { "{ dog { \(list($0) { _ in "name" }) } }" }
    }

    @Test func `the same object many times`() throws {
        try expectLinear { "{ \(list($0) { _ in "dog { name }" }) }" }
    }

    @Test func `the same field with arguments many times`() throws {
        try expectLinear { "{ dog { \(list($0) { _ in "isAtLocation(x: 1, y: 2)" }) } }" }
    }

    @Test func `many fragments, each spread once`() throws {
        try expectLinear { count in
            "{ dog { \(list(count) { "...F\($0)" }) } } "
                + list(count) { "fragment F\($0) on Dog { name }" }
        }
    }

    @Test func `many fragments, each in the one before`() throws {
        try expectLinear { count in
            "{ dog { ...F0 } } "
                + list(count) { "fragment F\($0) on Dog { name ...F\($0 + 1) }" }
                + " fragment F\(count) on Dog { name }"
        }
    }

    @Test func `many fragments, each in the one behind`() throws {
        try expectLinear { count in
            "{ dog { ...F\(count) } } fragment F0 on Dog { name } "
                + list(count) { "fragment F\($0 + 1) on Dog { name ...F\($0) }" }
        }
    }

    @Test(arguments: ["...F0", "name ...F0", "mother { name } ...F0 ...F1", "mother { ...F0 }"])
    func `many operations over the same chain of fragments`(selection: String) throws {
        try expectLinear { count in
            list(count / 2) { "query Q\($0) { dog { \(selection) } }" }
                + list(count / 2) { "fragment F\($0) on Dog { name ...F\($0 + 1) }" }
                + " fragment F\(count / 2) on Dog { name }"
        }
    }

    @Test func `many operations over the same chain, each through a fragment of its own`() throws {
        try expectLinear { count in
            list(count / 3) { "query Q\($0) { dog { ...G\($0) } }" }
                + list(count / 3) { "fragment G\($0) on Dog { nickname ...F0 }" }
                + list(count / 3) { "fragment F\($0) on Dog { name ...F\($0 + 1) }" }
                + " fragment F\(count / 3) on Dog { name }"
        }
    }

    @Test func `operations that begin a chain at different places pass`() throws {
        let query =
            list(500) { "query Q\($0) { dog { ...F\($0) } }" }
            + list(500) { "fragment F\($0) on Dog { a\($0): name ...F\($0 + 1) }" }
            + " fragment F500 on Dog { name }"
        #expect(try found(query) == [])
    }

    @Test(arguments: ["x: nickname ...F0", "...F0 ...G", "mother { ...F0 ...G }"])
    func `a conflict with fragments that are met often is found`(selection: String) throws {
        let query =
            list(50) { "query Q\($0) { dog { ...F0 mother { ...F0 } } }" }
            + " query Last { dog { \(selection) } } fragment G on Dog { x: nickname }"
            + list(50) { "query R\($0) { dog { ...G mother { ...G } } }" }
            + list(50) { "fragment F\($0) on Dog { name ...F\($0 + 1) }" }
            + " fragment F50 on Dog { x: name }"
        #expect(try found(query).count == 1)
    }

    @Test func `many fragments that spread the next one twice`() throws {
        try expectLinear { count in
            "{ dog { ...F0 } } "
                + list(count) {
                    "fragment F\($0) on Dog { mother { ...F\($0 + 1) } father { ...F\($0 + 1) } }"
                }
                + " fragment F\(count) on Dog { name }"
        }
    }

    @Test func `a field of many types`() throws {
        try expectLinear { count in
            let both = "... on Dog { mother { name } } ... on Cat { name }"
            return "{ pet { \(list(count) { _ in both }) } }"
        }
    }

    @Test func `fragments in cycles`() throws {
        try expectLinear { count in
            "{ dog { ...F0 } } "
                + list(count) { "fragment F\($0) on Dog { mother { ...F\(($0 + 1) % count) } }" }
        }
    }

    @Test func `many uses of a variable, in many operations`() throws {
        let operations = list(20) { "query Q\($0)($a: Boolean) { dog { ...F } }" }
        let uses = list(2000) { _ in "name(surname: $a)" }
        #expect(try found("\(operations) fragment F on Dog { \(uses) }") == [])
    }

    @Test func `a fragment with many fields, spread in many places`() throws {
        let spreads = list(300) { "a\($0): dog { name ...F }" }
        let fields = list(3000) { "b\($0): name" }
        let query = "{ \(spreads) } fragment F on Dog { \(fields) }"
        #expect(try found(query) == [])
        let work = try work(query)
        #expect(work.mergeSteps + work.comparisons < 80 * work.nodes)
    }

    @Test func `conflicts are looked for only so long`() throws {
        let fragments = { (count: Int) in
            "{ dog { \(list(count) { "...F\($0)" }) } } "
                + list(count) { "fragment F\($0) on Dog { x: name(surname: \($0 == 0)) }" }
        }
        let work = try work(fragments(3000))
        #expect(work.comparisons < 250_000)
        #expect(try found(fragments(3000)).count == 101)
    }

    @Test func `many fields that conflict far below are looked at only so long`() throws {
        let query =
            "{ "
            + list(2000) { "dog { mother { x: \($0 == 1999 ? "name" : "nickname") } }" } + " }"
        #expect(try work(query).comparisons < 250_000)
        #expect(try found(query).count > 0)
    }
}
