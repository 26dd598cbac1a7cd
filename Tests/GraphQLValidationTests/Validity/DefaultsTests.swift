import Testing

@Suite struct DefaultsTests {
    @Test func `defaults are values of their types`() throws {
        let errors = try schemaErrors(
            """
            type A { a(b: Int = 1, c: [Int!] = 2, d: ID = 3, e: Float! = 4,
              f: E = X, g: N = {a: 1}, h: S = {x: [Y]}): Int }
            enum E { X } scalar S input N { a: Int! b: [E] = [X, null] c: N = null }
            type Query { ok: Int }
            """)
        #expect(errors == [])
    }

    @Test func `a default that is no value of its type is reported where it stands`() throws {
        let errors = try schemaErrors(
            """
            type A { a(b: Int = "x", c: [Int!] = [1, null], d: E = Y): Int }
            directive @d(e: E = "X") on FIELD
            input N { f: Int = 1.5 g: ID = 1.5 h: Boolean = 1 i: String = 1
              j: Float = "1" k: Int = 2147483648 l: Int! = null m: N = 5 }
            enum E { X }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "@d(e:) has invalid default value: Enum \"E\" cannot represent "
                    + "non-enum value: \"X\". Did you mean the enum value \"X\"? (2:21)",
                "A.a(b:) has invalid default value: Int cannot represent "
                    + "non-integer value: \"x\" (1:21)",
                "A.a(c:) has invalid default value at [1]: Expected value of type "
                    + "\"Int!\", found null. (1:42)",
                "A.a(d:) has invalid default value: Value \"Y\" does not exist in "
                    + "\"E\" enum. Did you mean the enum value \"X\"? (1:56)",
                "N.f has invalid default value: Int cannot represent non-integer value: 1.5 (3:20)",
                "N.g has invalid default value: ID cannot represent a non-string "
                    + "and non-integer value: 1.5 (3:32)",
                "N.h has invalid default value: Boolean cannot represent a non "
                    + "boolean value: 1 (3:49)",
                "N.i has invalid default value: String cannot represent a non "
                    + "string value: 1 (3:63)",
                "N.j has invalid default value: Float cannot represent non numeric "
                    + "value: \"1\" (4:14)",
                "N.k has invalid default value: Int cannot represent non 32-bit "
                    + "signed integer value: 2147483648 (4:27)",
                "N.l has invalid default value: Expected value of type \"Int!\", "
                    + "found null. (4:48)",
                "N.m has invalid default value: Expected value of type \"N\", found 5. (4:60)",
            ])
    }

    @Test func `faults inside objects name their paths`() throws {
        let errors = try schemaErrors(
            """
            type A { a(n: [N!] = [{a: 1}, {b: {a: 2, c: 3}, aa: 4}]): Int }
            input N { a: Int! b: N }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "A.a(n:) has invalid default value at [1]: Field \"N.a\" of "
                    + "required type \"Int!\" was not provided. (1:31)",
                "A.a(n:) has invalid default value at [1].b.c: Field \"c\" is not "
                    + "defined by type \"N\". Did you mean \"a\" or \"b\"? (1:42)",
                "A.a(n:) has invalid default value at [1].aa: Field \"aa\" is not "
                    + "defined by type \"N\". Did you mean \"a\"? (1:49)",
            ])
    }

    @Test func `a oneOf input object has exactly one field`() throws {
        let errors = try schemaErrors(
            """
            type A { a(b: N = {}, c: N = {x: 1, y: 2}, d: N = {x: null}, e: N = {y: 1}): Int }
            input N @oneOf { x: Int y: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "A.a(b:) has invalid default value: OneOf Input Object \"N\" must "
                    + "specify exactly one key. (1:19)",
                "A.a(c:) has invalid default value: OneOf Input Object \"N\" must "
                    + "specify exactly one key. (1:30)",
                "A.a(d:) has invalid default value: Field \"N.x\" must be non-null. (1:51)",
            ])
    }

    @Test func `a default does not take a value from itself`() throws {
        let errors = try schemaErrors(
            """
            input A { x: A = {} y: Int = 1 }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Invalid circular reference. The default value of Input Object "
                    + "field A.x references itself. (1:18)"
            ])
    }

    @Test func `defaults do not take values from each other in turn`() throws {
        let errors = try schemaErrors(
            """
            input A { b: B = {} }
            input B { c: [C] = [{a: {}}, {}] }
            input C { a: A = {b: {}} }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Invalid circular reference. The default value of Input Object "
                    + "field A.b references itself via the default values of: B.c. (1:18) "
                    + "(2:20)",
                "Invalid circular reference. The default value of Input Object "
                    + "field B.c references itself via the default values of: C.a. (2:20) "
                    + "(3:18)",
            ])
    }

    @Test func `a field that is given ends a cycle`() throws {
        let errors = try schemaErrors(
            """
            input A { b: B = {c: null} }
            input B { c: A = {} }
            type Query { ok: Int }
            """)
        #expect(errors == [])
    }
}
