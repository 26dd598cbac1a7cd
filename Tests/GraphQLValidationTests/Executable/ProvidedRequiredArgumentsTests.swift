import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ProvidedRequiredArgumentsTests {
    @Test func `required arguments are given, others may be`() throws {
        #expect(
            try found(
                """
                { complicatedArgs { multipleReqs(req1: 1, req2: 2) \
                nonNullFieldWithDefault multipleOptAndReq(req1: 1, req2: 2, opt1: 3) } }
                """
            ) == [])
    }

    @Test func `missing ones are found, after what is inside`() throws {
        #expect(
            try found(#"{ complicatedArgs { multipleReqs(req1: "x") } }"#) == [
                #"Int cannot represent non-integer value: "x" (1:40)"#,
                #"""
                Field "multipleReqs" argument "req2" of type "Int!" is required, but it \#
                was not provided. (1:21)
                """#,
            ])
    }

    @Test func `their names are told only where that is allowed`() throws {
        #expect(
            try found("{ complicatedArgs { multipleReqs } }") { $0.suggestsNames = false } == [
                #"Field "multipleReqs" lacks an argument that is required. (1:21)"#
            ])
        #expect(
            try found("{ complicatedArgs { complexArgField(complexArg: {}) } }") {
                $0.suggestsNames = false
            } == ["A required field was not provided. (1:49)"])
        #expect(
            try found("{ dog }") { $0.suggestsNames = false } == [
                #"Field "dog" of type "Dog" must have a selection of subfields. (1:3)"#
            ])
    }

    @Test func `of directives too`() throws {
        #expect(
            try found("{ dog @include { name } }") == [
                #"""
                Directive "@include" argument "if" of type "Boolean!" is required, but it \#
                was not provided. (1:7)
                """#
            ])
    }
}
