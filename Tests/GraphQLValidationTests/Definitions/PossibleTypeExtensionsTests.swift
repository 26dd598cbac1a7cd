import Testing

@Suite struct PossibleTypeExtensionsTests {
    @Test func `extensions of the kind of their types are possible`() throws {
        let errors = try definitionErrors(
            """
            directive @d on SCALAR | OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT
            extend scalar S @d
            extend type T @d
            extend interface I @d
            extend union U @d
            extend enum E @d
            extend input N @d
            scalar S type T interface I union U enum E input N
            """)
        #expect(errors == [])
    }

    @Test func `a type that is not defined cannot be extended`() throws {
        let errors = try definitionErrors(
            """
            type Known { a: Int }
            extend type Knwn { b: Int }
            extend scalar Int @specifiedBy(url: "u")
            """)
        #expect(
            errors == [
                "Cannot extend type \"Knwn\" because it is not defined. Did you "
                    + "mean \"Known\"? (2:13)",
                "Cannot extend type \"Int\" because it is not defined. (3:15)",
            ])
    }

    @Test func `extensions are of the kind of the type`() throws {
        let errors = try definitionErrors(
            """
            scalar S type T interface I
            extend type S { a: Int }
            extend interface T { a: Int }
            extend union I = T
            extend enum S { X }
            extend input T { b: Int }
            extend scalar T @specifiedBy(url: "u")
            """)
        #expect(
            errors == [
                "Cannot extend non-object type \"S\". (1:1) (2:1)",
                "Cannot extend non-interface type \"T\". (1:10) (3:1)",
                "Cannot extend non-union type \"I\". (1:17) (4:1)",
                "Cannot extend non-enum type \"S\". (1:1) (5:1)",
                "Cannot extend non-input object type \"T\". (1:10) (6:1)",
                "Cannot extend non-scalar type \"T\". (1:10) (7:1)",
            ])
    }
}
