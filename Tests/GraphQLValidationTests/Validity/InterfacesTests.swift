import Testing

@Suite struct InterfacesTests {
    @Test func `a type may give more than its interface asks for`() throws {
        let errors = try schemaErrors(
            """
            interface I { a(x: Int): I b: [I] c: U @deprecated }
            interface J implements I { a(x: Int): J! b: [J!]! c: A @deprecated }
            type A implements I & J { a(x: Int, y: Int! = 1, z: Int): A!
              b: [A!]! c: A! @deprecated }
            union U = A
            type Query { ok: Int }
            """)
        #expect(errors == [])
    }

    @Test func `only interfaces are implemented`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int }
            type A implements Query & U & A { a: Int }
            union U = A
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Type A must only implement Interface types, it cannot implement Query. (2:19)",
                "Type A must only implement Interface types, it cannot implement U. (2:27)",
                "Type A must only implement Interface types, it cannot implement A. (2:31)",
            ])
    }

    @Test func `an interface does not implement itself`() throws {
        let errors = try schemaErrors(
            """
            interface I implements I { a: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Type I cannot implement itself because it would create a circular "
                    + "reference. (1:24)"
            ])
    }

    @Test func `a type implements an interface once`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int }
            type A implements I { a: Int }
            extend type A implements I
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Type A can only implement I once. (2:19) (3:26)"
            ])
    }

    @Test func `a type implements what its interfaces implement`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int }
            interface J implements I { a: Int }
            type A implements J { a: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Type A must implement I because it is implemented by J. (2:24) (3:19)"
            ])
    }

    @Test func `being a member of a union is not implementing it`() throws {
        let errors = try schemaErrors(
            """
            union U = A
            interface J implements U { a: Int }
            type A implements J { a: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Type J must only implement Interface types, it cannot implement U. (2:24)",
                "Type A must implement U because it is implemented by J. (2:24) (3:19)",
            ])
    }

    @Test func `interfaces do not implement each other`() throws {
        let errors = try schemaErrors(
            """
            interface I implements J { a: Int }
            interface J implements I { a: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Type I cannot implement J because it would create a circular "
                    + "reference. (2:24) (1:24)",
                "Type J cannot implement I because it would create a circular "
                    + "reference. (1:24) (2:24)",
            ])
    }

    @Test func `a type has the fields of its interfaces`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int
             b: Int }
            type A implements I { a: Int }
            extend type A { c: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Interface field I.b expected but A does not provide it. (2:2) (3:1) (4:1)"
            ])
    }

    @Test func `a field has the type of its interface or one below it`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int b: [Int] c: U d: Int! e: [I] f: I }
            union U = Query
            type A implements I { a: Float b: Int c: A d: Int e: [Query] f: U }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Interface field I.a expects type Int but A.a is type Float. (1:18) (3:26)",
                "Interface field I.b expects type [Int] but A.b is type Int. (1:25) (3:35)",
                "Interface field I.c expects type U but A.c is type A. (1:34) (3:42)",
                "Interface field I.d expects type Int! but A.d is type Int. (1:39) (3:47)",
                "Interface field I.e expects type [I] but A.e is type [Query]. (1:47) (3:54)",
                "Interface field I.f expects type I but A.f is type U. (1:54) (3:65)",
            ])
    }

    @Test func `a field has the arguments of its interface, of the same types`() throws {
        let errors = try schemaErrors(
            """
            interface I { a(x: Int, y: Int): Int }
            type A implements I { a(x: Int!, z: Int): Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Interface field argument I.a(x:) expects type Int but A.a(x:) is "
                    + "type Int!. (1:20) (2:28)",
                "Interface field argument I.a(y:) expected but A.a does not provide "
                    + "it. (1:25) (2:23)",
            ])
    }

    @Test func `a field requires no more arguments than its interface`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int }
            type A implements I { a(x: Int!, y: Int, z: Int! = 1): Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Object field A.a includes required argument x that is missing from "
                    + "the Interface field I.a. (2:25) (1:15)"
            ])
    }

    @Test func `a field is not deprecated if that of its interface is not`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int b: Int @deprecated }
            type A implements I { a: Int @deprecated b: Int @deprecated }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Interface field I.a is not deprecated, so implementation field A.a "
                    + "must not be deprecated. (2:30) (2:26)"
            ])
    }
}
