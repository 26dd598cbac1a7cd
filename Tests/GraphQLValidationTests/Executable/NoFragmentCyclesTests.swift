import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct NoFragmentCyclesTests {
    @Test func `a fragment may be spread twice`() throws {
        #expect(
            try found("{ dog { ...A ...B } } fragment A on Dog { ...B } fragment B on Dog { name }")
                == [])
    }

    @Test func `a fragment must not spread itself`() throws {
        #expect(
            try found("{ dog { ...A } } fragment A on Dog { mother { ...A } }") == [
                #"Cannot spread fragment "A" within itself. (1:47)"#
            ])
    }

    @Test func `nor through others`() throws {
        #expect(
            try found(
                """
                { dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { ...C } \
                fragment C on Dog { ...A ...C name }
                """
            ) == [
                #"Cannot spread fragment "A" within itself via "B", "C". (1:38) (1:65) (1:92)"#,
                #"Cannot spread fragment "C" within itself. (1:97)"#,
            ])
    }

    @Test func `once there are too many errors no spread is followed`() throws {
        let fragments = (0..<1_000).map {
            "fragment F\($0) on Dog { mother { ...F0 ...F\(($0 + 1) % 1_000) } }"
        }
        let text = "{ dog { ...F0 } } " + fragments.joined(separator: " ")
        #expect(try found(text).count == 101)
        #expect(try work(text).cycleSteps < 300)
    }
}
