import Testing

@testable import GraphQLLanguage

/// Each production once, as the tree it becomes.
@Suite struct GrammarTests {
    @Test(
        arguments: [
            (
                "{ a }", "(operationDefinition query (selectionSet (field a)))"
            ),
            (
                "query Q { a }", "(operationDefinition Q query (selectionSet (field a)))"
            ),
            (
                "mutation { a }", "(operationDefinition mutation (selectionSet (field a)))"
            ),
            (
                "subscription query { query }",
                "(operationDefinition query subscription (selectionSet (field query)))"
            ),
            (
                "\"d\" query Q { a }",
                "(operationDefinition Q query (description 'd') (selectionSet (field a)))"
            ),
            (
                "query @a @b { c }",
                "(operationDefinition query (directive a) (directive b) (selectionSet (field c)))"
            ),
            (
                "query ($a: B, $c: [D!]! = [1] @e) { f }",
                "(operationDefinition query (variableDefinition (variable a) (namedType B)) "
                    + "(variableDefinition (variable c) (listType ! (namedType D !)) "
                    + "(listValue (intValue 1)) (directive e)) (selectionSet (field f)))"
            ),
            (
                "query (\"d\" $a: B) { c }",
                "(operationDefinition query (variableDefinition (description 'd') (variable a) "
                    + "(namedType B)) (selectionSet (field c)))"
            ),
        ])
    func `an operation`(source: String, tree: String) throws {
        #expect(try trees(source) == [tree])
    }

    @Test(
        arguments: [
            ("a", "(field a)"), ("a: b", "(field b (alias a))"),
            ("a { b c }", "(field a (selectionSet (field b) (field c)))"),
            ("a(b: 1)", "(field a (argument b (intValue 1)))"),
            (
                "a: b(c: $d, e: 2) @f(g: $h) { i }",
                "(field b (alias a) (argument c (variable d)) (argument e (intValue 2)) "
                    + "(directive f (argument g (variable h))) (selectionSet (field i)))"
            ),
            ("on: true fragment: null", "(field true (alias on)) (field null (alias fragment))"),
            ("...a", "(fragmentSpread a)"), ("...onA @b", "(fragmentSpread onA (directive b))"),
            ("... { a }", "(inlineFragment (selectionSet (field a)))"),
            ("... @a { b }", "(inlineFragment (directive a) (selectionSet (field b)))"),
            (
                "... on A @b { c }",
                "(inlineFragment (namedType A) (directive b) (selectionSet (field c)))"
            ),
            ("...on on { c }", "(inlineFragment (namedType on) (selectionSet (field c)))"),
        ])
    func `a selection`(source: String, tree: String) throws {
        let whole = "(operationDefinition query (selectionSet \(tree)))"
        #expect(try trees("{\(source)}") == [whole])
    }

    @Test(
        arguments: [
            (
                "fragment A on B { c }",
                "(fragmentDefinition A (namedType B) (selectionSet (field c)))"
            ),
            (
                "\"\"\"d\"\"\" fragment fragment on on @c { d }",
                "(fragmentDefinition fragment (description 'd') (namedType on) (directive c) "
                    + "(selectionSet (field d)))"
            ),
        ])
    func `a fragment`(source: String, tree: String) throws {
        #expect(try trees(source) == [tree])
    }

    @Test(
        arguments: [
            ("$a", "(variable a)"), ("1", "(intValue 1)"), ("-1.5e3", "(floatValue -1.5e3)"),
            ("\"a\\n\"", "(stringValue 'a\n')"), ("\"\"\"\n a\n\"\"\"", "(stringValue 'a')"),
            ("true", "(booleanValue true)"), ("false", "(booleanValue false)"),
            ("null", "(nullValue null)"), ("A", "(enumValue A)"), ("nulls", "(enumValue nulls)"),
            ("[]", "(listValue)"), ("{}", "(objectValue)"),
            ("[1 [$a]]", "(listValue (intValue 1) (listValue (variable a)))"),
            (
                "{a: {b: 1}, null: [null]}",
                "(objectValue (objectField a (objectValue (objectField b (intValue 1)))) "
                    + "(objectField null (listValue (nullValue null))))"
            ),
        ])
    func `a value`(source: String, tree: String) throws {
        #expect(try GraphQLLanguageTests.tree(Value.parse(source).node) == tree)
    }

    @Test(
        arguments: [
            ("A", "(namedType A)"), ("A!", "(namedType A !)"), ("[A]", "(listType (namedType A))"),
            ("[A!]", "(listType (namedType A !))"), ("[A]!", "(listType ! (namedType A))"),
            ("[[A!]!]!", "(listType ! (listType ! (namedType A !)))"),
        ])
    func `a type`(source: String, tree: String) throws {
        #expect(try GraphQLLanguageTests.tree(TypeReference.parse(source).node) == tree)
    }
}
