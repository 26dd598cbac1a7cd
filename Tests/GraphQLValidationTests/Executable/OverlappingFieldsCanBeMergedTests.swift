import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct OverlappingFieldsCanBeMergedTests {
    @Test func `equal fields can be merged`() throws {
        #expect(
            try found(
                """
                { dog { name name n: nickname n: nickname ...F } } fragment F on Dog { \
                name mother { name } mother { nickname } }
                """
            ) == [])
    }

    @Test func `arguments may come in another order`() throws {
        #expect(
            try found(
                """
                { dog { isAtLocation(x: 1, y: 2) isAtLocation(y: 2, x: 1) } \
                complicatedArgs { complexArgField(complexArg: {requiredField: true, \
                intField: 1}) complexArgField(complexArg: {intField: 1, requiredField: \
                true}) } }
                """
            ) == [])
    }

    @Test func `objects that never meet may differ`() throws {
        #expect(
            try found(
                "{ pet { ... on Dog { x: name(surname: true) } ... on Cat { x: nickname } } }")
                == [])
    }

    @Test func `but not in shape`() throws {
        #expect(
            try found("{ pet { ... on Dog { x: name } ... on Cat { x: meowVolume } } }") == [
                #"""
                Fields "x" conflict because they return conflicting types "String" and \#
                "Int". Use different aliases on the fields to fetch both if this was \#
                intentional. (1:22) (1:45)
                """#
            ])
    }

    @Test func `different fields conflict`() throws {
        #expect(
            try found("{ dog { x: name x: nickname } }") == [
                #"""
                Fields "x" conflict because "name" and "nickname" are different fields. \#
                Use different aliases on the fields to fetch both if this was \#
                intentional. (1:9) (1:17)
                """#
            ])
    }

    @Test func `different arguments conflict`() throws {
        #expect(
            try found("{ dog { name(surname: true) name } }") == [
                #"""
                Fields "name" conflict because they have differing arguments. Use \#
                different aliases on the fields to fetch both if this was intentional. \#
                (1:9) (1:29)
                """#
            ])
    }

    @Test func `different fields below make the fields around conflict`() throws {
        #expect(
            try found(
                """
                { dog { mother { x: name } } ...F } fragment F on QueryRoot { dog { \
                mother { x: nickname y: barks } mother { y: barkVolume } } }
                """
            ) == [
                #"""
                Fields "dog" conflict because subfields "mother" conflict because \#
                subfields "x" conflict because "name" and "nickname" are different \#
                fields. Use different aliases on the fields to fetch both if this was \#
                intentional. (1:3) (1:9) (1:18) (1:63) (1:69) (1:78)
                """#,
                #"""
                Fields "mother" conflict because subfields "y" conflict because "barks" \#
                and "barkVolume" are different fields. Use different aliases on the \#
                fields to fetch both if this was intentional. (1:69) (1:90) (1:101) \#
                (1:110)
                """#,
            ])
    }

    @Test func `fields of a fragment in a cycle are compared`() throws {
        #expect(
            try found("{ dog { ...A } } fragment A on Dog { name mother { ...A name: nickname } }")
                == [
                    #"Cannot spread fragment "A" within itself. (1:52)"#,
                    #"""
                    Fields "name" conflict because "nickname" and "name" are different \#
                    fields. Use different aliases on the fields to fetch both if this was \#
                    intentional. (1:57) (1:38)
                    """#,
                ])
    }
}
