import Testing

@Suite struct UniqueEnumValueNamesTests {
    @Test func `values of different enums may share a name`() throws {
        let errors = try definitionErrors(
            """
            enum A { X Y }
            enum B { X }
            extend enum A { Z }
            """)
        #expect(errors == [])
    }

    @Test func `values are unique in an enum and its extensions`() throws {
        let errors = try definitionErrors(
            """
            enum A { X Y X }
            extend enum A { Y }
            extend enum B { X X }
            enum B { X }
            """)
        #expect(
            errors == [
                "Enum value \"A.X\" can only be defined once. (1:10) (1:14)",
                "Enum value \"A.Y\" can only be defined once. (1:12) (2:17)",
                "Enum value \"B.X\" can only be defined once. (3:17) (3:19)",
                "Enum value \"B.X\" can only be defined once. (3:17) (4:10)",
            ])
    }
}
