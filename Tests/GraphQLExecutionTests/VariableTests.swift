import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import JSON
import Testing

@Suite struct VariableTests {
    /// What is wrong with a variable `$p` of `type`, which is given to an argument.
    private func errors(
        _ type: String, for argument: String, _ variables: String
    ) throws -> [String] {
        try coercionErrors(type, for: argument, variables).map(\.message)
    }

    private func coercionErrors(
        _ type: String, for argument: String, _ variables: String, suggestsNames: Bool = true
    ) throws -> [GraphQLError] {
        let schema = try Schema(
            building: Document.parse(
                """
                type Query {
                  a(int: Int, float: Float, id: ID, list: [Int], point: Point, color: Color,
                    one: One): Int
                }
                input Point { x: Int! y: Int = 3 deep: [Point!] }
                input One @oneOf { a: Int b: String one: One }
                enum Color { RED GREEN }
                """))
        let text = "query ($p: \(type)) { a(\(argument): $p) }"
        let plan = try PlanOptions().plan(for: Array(text.utf8), nil, schema)
        do {
            _ = try VariableValues.coerce(
                json(variables), for: plan, suggestsNames: suggestsNames)
            return []
        } catch let error as GraphQLErrors {
            return error.errors
        }
    }

    @Test(
        arguments: [
            ("Int!", "int", "{}", "Variable \"$p\" of required type \"Int!\" was not provided."),
            (
                "Int!", "int", #"{"p":null}"#,
                "Variable \"$p\" of non-null type \"Int!\" must not be null."
            ),
            (
                "Int", "int", #"{"p":"1"}"#,
                #"Variable "$p" got invalid value "1"; Int cannot represent non-integer value: "1""#
            ),
            (
                "Float", "float", #"{"p":1e400}"#,
                """
                Variable "$p" got invalid value Infinity; Float cannot represent non numeric \
                value: Infinity
                """
            ),
            (
                "[Int]", "list", #"{"p":[-1e400]}"#,
                """
                Variable "$p" got invalid value -Infinity at "p[0]"; Int cannot represent \
                non-integer value: -Infinity
                """
            ),
            (
                "Point", "point", #"{"p":{"x":1,"deep":[{"y":2}]}}"#,
                """
                Variable "$p" got invalid value { y: 2 } at "p.deep[0]"; Field "x" of required \
                type "Int!" was not provided.
                """
            ),
            (
                "Point", "point", #"{"p":{"x":1,"yy":2}}"#,
                """
                Variable "$p" got invalid value { x: 1, yy: 2 }; Field "yy" is not defined by type \
                "Point". Did you mean "y"?
                """
            ),
            (
                "Color", "color", #"{"p":"GREN"}"#,
                """
                Variable "$p" got invalid value "GREN"; Value "GREN" does not exist in "Color" \
                enum. Did you mean the enum value "GREEN" or "RED"?
                """
            ),
            (
                "One", "one", #"{"p":{"a":1,"b":"x"}}"#,
                """
                Variable "$p" got invalid value { a: 1, b: "x" }; Exactly one key must be \
                specified for OneOf type "One".
                """
            ),
            (
                "One", "one", #"{"p":{"a":null}}"#,
                """
                Variable "$p" got invalid value null at "p.a"; Field "a" must be non-null.
                """
            ),
            (
                "Point", "point", #"{"p":[]}"#,
                """
                Variable "$p" got invalid value []; Expected type "Point" to be an object.
                """
            ),
            (
                "Int", "int", #"{"p":1e20}"#,
                """
                Variable "$p" got invalid value 100000000000000000000; Int cannot represent non \
                32-bit signed integer value: 100000000000000000000
                """
            ),
            (
                "Int", "int", #"{"p":{"a":{"b":[1]},"c":[[1]],"d":[{}]}}"#,
                """
                Variable "$p" got invalid value { a: { b: [Array] }, c: [[Array]], d: [{}] }; Int \
                cannot represent non-integer value: { a: { b: [Array] }, c: [[Array]], d: [{}] }
                """
            ),
        ])
    func `what is wrong with a value is said with its place`(
        type: String, argument: String, variables: String, expected: String
    ) throws {
        #expect(try errors(type, for: argument, variables) == [expected])
    }

    @Test(
        arguments: [
            ("Int!", "int", "{}", ["p REQUIRED"]), ("Int!", "int", #"{"p":null}"#, ["p REQUIRED"]),
            ("Int", "int", #"{"p":"1"}"#, ["p TYPE"]),
            ("[Int!]", "list", #"{"p":[1,true,null]}"#, ["p.1 TYPE", "p.2 REQUIRED"]),
            (
                "Point", "point", #"{"p":{"y":"z","deep":[{"x":1},{"yy":2}]}}"#,
                ["p.x REQUIRED", "p.y TYPE", "p.deep.1.x REQUIRED", "p.deep.1.yy UNKNOWN_FIELD"]
            ),
            ("Point", "point", #"{"p":[]}"#, ["p TYPE"]),
            ("Color", "color", #"{"p":"GREN"}"#, ["p ENUM_VALUE"]),
            ("Color", "color", #"{"p":1}"#, ["p ENUM_VALUE"]),
            ("One", "one", #"{"p":{"a":1,"b":"x"}}"#, ["p ONE_OF"]),
            ("One", "one", #"{"p":{"a":null}}"#, ["p.a REQUIRED"]),
        ])
    func `a program is told the path of a value, and the rule it breaks`(
        type: String, argument: String, variables: String, expected: [String]
    ) throws {
        #expect(told(try coercionErrors(type, for: argument, variables)) == expected)
    }

    private func told(_ errors: [GraphQLError]) -> [String] {
        errors.flatMap(\.details).map { fault in
            let path = fault.path.map { segment in
                switch segment {
                case .key(let key): key
                case .index(let index): "\(index)"
                }
            }
            return "\(path.joined(separator: ".")) \(fault.rule)"
        }
    }

    @Test func `names of fields that are missing are told only where that is allowed`() throws {
        let errors = try coercionErrors(
            "Point", for: "point", #"{"p":{"deep":[{}]}}"#, suggestsNames: false)
        #expect(told(errors) == ["p REQUIRED", "p.deep.0 REQUIRED"])
        #expect(
            errors.map(\.message) == [
                """
                Variable "$p" got invalid value { deep: [{}] }; A required field was not provided.
                """,
                """
                Variable "$p" got invalid value {} at "p.deep[0]"; A required field was not \
                provided.
                """,
            ])
    }

    @Test(
        arguments: [
            ("Float!", "float", #"{"p":1}"#), ("Int", "int", #"{"p":1.0}"#),
            ("ID", "id", #"{"p":7}"#), ("ID", "id", #"{"p":1e20}"#),
            ("[Int!]", "list", #"{"p":1}"#), ("Point", "point", #"{"p":{"x":1}}"#),
            ("Int = 1", "int", "{}"),
            ("One", "one", #"{"p":{"b":"x"}}"#), ("Int", "int", #"{"p":null,"q":1}"#),
        ])
    func `what fits is taken`(type: String, argument: String, variables: String) throws {
        #expect(try errors(type, for: argument, variables) == [])
    }

    @Test(
        arguments: [
            "1e-400", "-1e-400", "0.1e-400", "1e-324", "1.00000000000000000001",
            "2147483647.00000000001", "0.\(String(repeating: "0", count: 400))1",
        ])
    func `what no double tells from an integer is one`(number: String) throws {
        #expect(try errors("Int", for: "int", #"{"p":\#(number)}"#) == [])
    }

    @Test(
        arguments: [
            (#"{"a":null,"b":"x"}"#, "{ a: null, b: \"x\" }", "", ["a"]),
            (#"{"a":null,"b":null}"#, "{ a: null, b: null }", "", ["a"]),
            (#"{"b":null,"a":1}"#, "{ b: null, a: 1 }", "", []),
            (#"{"one":{"b":null,"one":{"a":1}}}"#, "{ b: null, one: { a: 1 } }", "one", ["b"]),
        ] as [(String, String, String, [String])])
    func `of several keys the first must not be null either`(
        value: String, shown: String, path: String, null: [String]
    ) throws {
        let place = path.isEmpty ? "p" : "p.\(path)"
        let at = path.isEmpty ? "" : " at \"\(place)\""
        let expected =
            [
                """
                Variable "$p" got invalid value \(shown)\(at); Exactly one key must be specified \
                for OneOf type "One".
                """
            ]
            + null.map { key in
                """
                Variable "$p" got invalid value null at "\(place).\(key)"; Field "\(key)" must \
                be non-null.
                """
            }
        #expect(try errors("One", for: "one", #"{"p":\#(value)}"#) == expected)
    }

    @Test func `beyond fifty errors no more is looked at`() throws {
        let items = Array(repeating: "true", count: 200).joined(separator: ",")
        let errors = try errors("[Int]", for: "list", #"{"p":[\#(items)]}"#)
        #expect(errors.count == 51)
        #expect(
            errors.last == """
                Too many errors processing variables, error limit reached. Execution aborted.
                """)
    }
}
