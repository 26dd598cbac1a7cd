import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct NoUndefinedVariablesTests {
    @Test func `variables of the operation can be used in fragments`() throws {
        #expect(
            try found(
                "query Q($a: Boolean) { dog { ...F } } fragment F on Dog { name(surname: $a) }")
                == [])
    }

    @Test func `others cannot`() throws {
        #expect(
            try found("query Q { dog { name(surname: $a) } }") == [
                #"Variable "$a" is not defined by operation "Q". (1:31) (1:1)"#
            ])
    }

    @Test func `nor in the fragments of an operation without a name`() throws {
        #expect(
            try found("{ dog { ...F } } fragment F on Dog { name(surname: $a) }") == [
                #"Variable "$a" is not defined. (1:52) (1:1)"#
            ])
    }

    @Test func `each operation answers for its fragments`() throws {
        #expect(
            try found(
                """
                query A($a: Boolean) { dog { ...F } } query B { dog { ...F } } fragment F \
                on Dog { name(surname: $a) }
                """
            ) == [
                #"Variable "$a" is not defined by operation "B". (1:98) (1:39)"#
            ])
    }

    private func document(operations: Int, uses: Int) -> String {
        let queries = (0..<operations).map { "query Q\($0) { complicatedArgs { ...F } }" }
        let fields = (0..<uses).map { "s\($0): stringArgField(stringArg: $v\($0))" }
        return (queries + ["fragment F on ComplicatedArgs {"] + fields + ["}"])
            .joined(separator: "\n")
    }

    @Test func `once there are too many errors no operation is looked at`() throws {
        let text = document(operations: 1_000, uses: 1_000)
        #expect(try found(text).count == 101)
        #expect(try work(text).variableSteps < 300)
        #expect(try work(document(operations: 1_000, uses: 1)).variableSteps < 300)
    }

    @Test func `nor when other rules have found too many before it`() throws {
        let fields = (0..<102).map { "x\($0)" }.joined(separator: " ")
        let text = "query A { dog { \(fields) } }\n" + document(operations: 50, uses: 50)
        #expect(try work(text).variableSteps == 0)
        #expect(try found(text).count == 101)
    }

    @Test func `errors that come before the limit stay the same`() throws {
        let text = document(operations: 4, uses: 60) + " query Z($z: Int) { nope dog { no } }"
        let all = try found(text) { $0.maximumErrors = 10_000 }
        for limit in [1, 59, 60, 61, 100, 130] {
            let few = try found(text) { $0.maximumErrors = limit }
            #expect(few.dropLast() == all.prefix(limit))
        }
    }
}
