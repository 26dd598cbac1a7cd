import GraphQLLanguage
import GraphQLTypes
import Testing

@Suite struct LiteralTests {
    private let schema: Schema

    init() throws {
        schema = try Schema(
            building: Document.parse(
                """
                type Query { a: Int b: Float c: ID }
                enum E { X Y }
                scalar S
                input N { a: Int! b: [E!] = [X] c: N d: Int! = 7 e: Int }
                input One @oneOf { a: Int b: String }
                """))
    }

    private func coerce(
        _ literal: String, _ type: String, _ variables: [String: InputValue] = [:]
    ) throws -> InputValue {
        let reference = try TypeReference.parse(type)
        let named = try #require(schema.type(named: reference.named.name))
        let wrapped = try #require(WrappedType(named, wrappedLike: reference))
        return try schema.coerce(literal: Value.parse(literal), to: wrapped) { variables[$0.text] }
    }

    private func faults(
        _ literal: String, _ type: String, _ variables: [String: InputValue] = [:]
    ) -> [String] {
        do {
            return ["no fault: \(try coerce(literal, type, variables))"]
        } catch let error as LiteralFaults {
            return error.faults.map { "\($0.path.map(text).joined())\($0.reason)" }
        } catch {
            return ["\(error)"]
        }
    }

    private func text(_ segment: PathSegment) -> String {
        switch segment {
        case .key(let key): "\(key) > "
        case .index(let index): "\(index) > "
        }
    }

    @Test func `Int takes integers of 32 bits`() throws {
        #expect(try coerce("2147483647", "Int") == .int(2_147_483_647))
        #expect(try coerce("-2147483648", "Int!") == .int(-2_147_483_648))
        #expect(try coerce("-0", "Int") == .int(0))
        #expect(
            faults("2147483648", "Int") == [
                "Int cannot represent non 32-bit signed integer value: 2147483648"
            ])
        #expect(
            faults("99999999999999999999", "Int") == [
                "Int cannot represent non 32-bit signed integer value: 99999999999999999999"
            ])
        #expect(faults("1.0", "Int") == ["Int cannot represent non-integer value: 1.0"])
        #expect(faults("[1]", "Int") == ["Int cannot represent non-integer value: [1]"])
    }

    @Test func `Float takes all finite numbers`() throws {
        #expect(try coerce("5", "Float") == .float(5))
        #expect(try coerce("-1.5e3", "Float") == .float(-1500))
        #expect(faults("1e999", "Float") == ["Float cannot represent non numeric value: 1e999"])
        #expect(faults("X", "Float") == ["Float cannot represent non numeric value: X"])
    }

    @Test func `String, Boolean and ID take what they are`() throws {
        #expect(try coerce(#""a\n""#, "String") == .string("a\n"))
        #expect(try coerce("true", "Boolean") == .boolean(true))
        #expect(try coerce(#""x""#, "ID") == .string("x"))
        #expect(
            try coerce("123456789012345678901234567890", "ID")
                == .string("123456789012345678901234567890"))
        #expect(faults("1", "String") == ["String cannot represent a non string value: 1"])
        #expect(
            faults(#""true""#, "Boolean") == [
                "Boolean cannot represent a non boolean value: \"true\""
            ])
        #expect(
            faults("true", "ID") == [
                "ID cannot represent a non-string and non-integer value: true"
            ])
    }

    @Test func `an enum takes its values`() throws {
        #expect(try coerce("X", "E") == .enumeration("X"))
        #expect(
            faults("Z", "E") == [
                "Value \"Z\" does not exist in \"E\" enum. Did you mean the enum value "
                    + "\"X\" or \"Y\"?"
            ])
        #expect(
            faults(#""Long""#, "E") == ["Enum \"E\" cannot represent non-enum value: \"Long\"."])
    }

    @Test func `a scalar of the schema takes everything`() throws {
        #expect(
            try coerce("{a: [1, 2.5, X, null], b: true}", "S")
                == .object([
                    InputField(
                        name: "a", value: .list([.int(1), .float(2.5), .string("X"), .null])),
                    InputField(name: "b", value: .boolean(true)),
                ]))
        #expect(try coerce("9223372036854775808", "S") == .float(9_223_372_036_854_775_808))
        #expect(
            try coerce("{a: $v, b: [$no], c: $no}", "S", ["v": .int(1)])
                == .object([
                    InputField(name: "a", value: .int(1)),
                    InputField(name: "b", value: .list([.null])),
                ]))
    }

    @Test func `a single item stands for a list of one`() throws {
        #expect(try coerce("1", "[Int]") == .list([.int(1)]))
        #expect(try coerce("1", "[[Int!]!]") == .list([.list([.int(1)])]))
        #expect(try coerce("[]", "[Int!]!") == .list([]))
        #expect(try coerce("[null]", "[Int]") == .list([.null]))
        #expect(try coerce("null", "[Int]") == .null)
        #expect(
            faults("[1, null, true]", "[Int!]") == [
                "1 > Expected value of type \"Int!\", found null.",
                "2 > Int cannot represent non-integer value: true",
            ])
        #expect(faults("5", "[N!]!") == ["Expected value of type \"[N!]!\", found 5."])
        #expect(faults("[5]", "N!") == ["Expected value of type \"N\", found [5]."])
    }

    @Test func `an input object has the fields in the order of the type, with defaults`() throws {
        #expect(
            try coerce("{e: null, a: 1}", "N")
                == .object([
                    InputField(name: "a", value: .int(1)),
                    InputField(name: "b", value: .list([.enumeration("X")])),
                    InputField(name: "d", value: .int(7)),
                    InputField(name: "e", value: .null),
                ]))
        #expect(
            faults("{c: {x: 1}, d: null}", "N") == [
                "Field \"N.a\" of required type \"Int!\" was not provided.",
                "c > Field \"N.a\" of required type \"Int!\" was not provided.",
                "c > x > Field \"x\" is not defined by type \"N\". "
                    + "Did you mean \"a\", \"b\", \"c\", \"d\", or \"e\"?",
                "d > Expected value of type \"Int!\", found null.",
            ])
        #expect(faults("1", "N") == ["Expected value of type \"N\", found 1."])
    }

    @Test func `a oneOf input object has one field`() throws {
        #expect(try coerce("{a: 1}", "One")["a"] == .int(1))
        #expect(try coerce("{b: $v}", "One", ["v": .string("x")])["b"] == .string("x"))
        let oneKey = "OneOf Input Object \"One\" must specify exactly one key."
        #expect(faults("{}", "One") == [oneKey])
        #expect(faults("{a: 1, b: null}", "One") == [oneKey])
        #expect(faults("{b: null}", "One") == ["Field \"One.b\" must be non-null."])
        #expect(faults("{b: $v}", "One", ["v": .null]) == ["Field \"One.b\" must be non-null."])
        #expect(faults("{b: $v}", "One") == ["Field \"One.b\" must be non-null."])
    }

    @Test func `a variable stands for its value`() throws {
        let variables: [String: InputValue] = ["v": .int(3), "null": .null]
        #expect(try coerce("$v", "Int!", variables) == .int(3))
        #expect(try coerce("[$v, $no]", "[Int]", variables) == .list([.int(3), .null]))
        #expect(
            try coerce("{a: $v, b: $no, d: $no, e: $no}", "N", variables)
                == .object([
                    InputField(name: "a", value: .int(3)),
                    InputField(name: "b", value: .list([.enumeration("X")])),
                    InputField(name: "d", value: .int(7)),
                ]))
        #expect(faults("$no", "Int", variables) == ["Expected value of type \"Int\", found $no."])
        #expect(
            faults("[$no, $null]", "[Int!]", variables) == [
                "0 > Expected value of type \"Int!\", found $no.",
                "1 > Expected value of type \"Int!\", found $null.",
            ])
        #expect(
            faults("{a: $no}", "N", variables) == [
                "Field \"N.a\" of required type \"Int!\" was not provided."
            ])
    }

    @Test func `faults are collected up to a limit`() {
        let items = String(repeating: "true ", count: 1000)
        #expect(faults("[\(items)]", "[Int]").count == LiteralFaults.maximumCount)
    }
}
