import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ValidDocumentTests {
    @Test func `a valid document is made from one that keeps all rules`() throws {
        let document = try Document.parse("{ dog { name } }")
        let valid = try ValidDocument.check(document, against: harness)
        #expect(valid.document === document)
        #expect(valid.schema === harness)
    }

    @Test func `what breaks a rule is thrown, with its code`() throws {
        let document = try Document.parse("{ dog { nam } }")
        let errors = #expect(throws: GraphQLErrors.self) {
            try ValidDocument.check(document, against: harness)
        }
        #expect(
            errors?.errors == [
                GraphQLError(
                    #"Cannot query field "nam" on type "Dog". Did you mean "name"?"#,
                    locations: [SourceLocation(line: 1, column: 9)], code: .validationFailed)
            ])
    }

    @Test func `errors of all rules stand in the order of the walk`() throws {
        let query = """
            query Q($a: Boolean, $b: Nothing) {
              dog { x @unknown name(surname: 1, surnam: $c) { length } ...F }
            }
            fragment F on Dog { ...F }
            fragment G on Dog { name @skip }
            """
        #expect(
            try found(query) { $0.suggestsNames = false } == [
                #"Unknown type "Nothing". (1:26)"#,
                #"Cannot query field "x" on type "Dog". (2:9)"#,
                #"Unknown directive "@unknown". (2:11)"#,
                #"""
                Field "name" must not have a selection since type "String" has no \#
                subfields. (2:49)
                """#,
                "Boolean cannot represent a non boolean value: 1 (2:34)",
                #"Unknown argument "surnam" on field "Dog.name". (2:37)"#,
                #"Variable "$c" is not defined by operation "Q". (2:45) (1:1)"#,
                #"Variable "$a" is never used in operation "Q". (1:9)"#,
                #"Variable "$b" is never used in operation "Q". (1:22)"#,
                #"Cannot spread fragment "F" within itself. (4:21)"#,
                #"Directive "@skip" argument "if" of type "Boolean!" is required, "#
                    + "but it was not provided. (5:26)",
                #"Fragment "G" is never used. (5:1)"#,
            ])
    }

    @Test func `a hundred errors are reported, and that there are more`() throws {
        let query = { (count: Int) in "{" + String(repeating: " x", count: count) + " }" }
        #expect(try found(query(100)).count == 100)
        let errors = try found(query(101))
        #expect(errors.count == 101)
        #expect(
            errors.last
                == "Too many validation errors, error limit reached. Validation aborted.")
        #expect(try found(query(50)) { $0.maximumErrors = 3 }.count == 4)
    }

    @Test func `errors found after the walk are not lost behind those found in it`() throws {
        let query =
            "query Q { dog { name(surname: $a) } } query R {"
            + String(repeating: " x", count: 200) + " }"
        let errors = try found(query)
        #expect(errors.count == 101)
        #expect(
            errors.first == #"Variable "$a" is not defined by operation "Q". (1:31) (1:1)"#)
    }

    @Test func `columns count UTF-16 code units`() throws {
        let query = "{ dog { name(surname: \"😀é\") nam } }"
        #expect(
            try found(query) { $0.suggestsNames = false } == [
                "Boolean cannot represent a non boolean value: \"😀é\" (1:23)",
                #"Cannot query field "nam" on type "Dog". (1:30)"#,
            ])
    }
}
