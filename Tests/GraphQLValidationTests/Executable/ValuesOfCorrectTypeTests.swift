import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ValuesOfCorrectTypeTests {
    @Test func `literals of the right type are fine`() throws {
        #expect(
            try found(
                #"""
                { complicatedArgs { intArgField(intArg: -2147483648) \#
                floatArgField(floatArg: 1) idArgField(idArg: 1) a: idArgField(idArg: "x") \#
                enumArgField(enumArg: BROWN) stringListArgField(stringListArg: ["a", \#
                null]) b: stringListArgField(stringListArg: "a") \#
                complexArgField(complexArg: {requiredField: true, intField: null}) \#
                anythingArgField(anythingArg: {a: [1, {b: X}]}) } }
                """#
            ) == [])
    }

    @Test func `integers have 32 bits`() throws {
        #expect(
            try found(#"{ complicatedArgs { intArgField(intArg: "1") } }"#) == [
                #"Int cannot represent non-integer value: "1" (1:41)"#
            ])
        #expect(
            try found("{ complicatedArgs { intArgField(intArg: 2147483648) } }") == [
                #"Int cannot represent non 32-bit signed integer value: 2147483648 (1:41)"#
            ])
        #expect(
            try found("{ complicatedArgs { intArgField(intArg: 1.0) } }") == [
                #"Int cannot represent non-integer value: 1.0 (1:41)"#
            ])
        #expect(
            try found("{ complicatedArgs { intArgField(intArg: 829384293849283498239482938) } }")
                == [
                    #"""
                    Int cannot represent non 32-bit signed integer value: \#
                    829384293849283498239482938 (1:41)
                    """#
                ])
    }

    @Test func `other scalars take their literals only`() throws {
        #expect(
            try found("{ complicatedArgs { stringArgField(stringArg: 1) } }") == [
                #"String cannot represent a non string value: 1 (1:47)"#
            ])
        #expect(
            try found("{ complicatedArgs { booleanArgField(booleanArg: 2) } }") == [
                #"Boolean cannot represent a non boolean value: 2 (1:49)"#
            ])
        #expect(
            try found(#"{ complicatedArgs { floatArgField(floatArg: "3.3") } }"#) == [
                #"Float cannot represent non numeric value: "3.3" (1:45)"#
            ])
        #expect(
            try found("{ complicatedArgs { idArgField(idArg: 1.0) } }") == [
                #"ID cannot represent a non-string and non-integer value: 1.0 (1:39)"#
            ])
    }

    @Test func `numbers that no double holds are no values`() throws {
        let float = "{ complicatedArgs { floatArgField(floatArg: 1e400) } }"
        let anything = "{ complicatedArgs { anythingArgField(anythingArg: {a: [1e400]}) } }"
        #expect(try found(float).count == 1)
        #expect(try found(anything).count == 1)
        #expect(try found(float.replacing("400", with: "4")) == [])
        #expect(try found(anything.replacing("400", with: "4")) == [])
    }

    @Test func `enum values are names that the enum defines`() throws {
        #expect(
            try found("{ complicatedArgs { enumArgField(enumArg: BROWNISH) } }") == [
                #"""
                Value "BROWNISH" does not exist in "FurColor" enum. Did you mean the enum \#
                value "BROWN"? (1:43)
                """#
            ])
        #expect(
            try found(#"{ complicatedArgs { enumArgField(enumArg: "BROWN") } }"#) == [
                #"""
                Enum "FurColor" cannot represent non-enum value: "BROWN". Did you mean \#
                the enum value "BROWN"? (1:43)
                """#
            ])
    }

    @Test func `null is no value of a non-null type`() throws {
        #expect(
            try found("{ complicatedArgs { nonNullIntArgField(nonNullIntArg: null) } }") == [
                #"Expected value of type "Int!", found null. (1:55)"#
            ])
    }

    @Test func `items of lists are values of their type`() throws {
        #expect(
            try found(#"{ complicatedArgs { stringListArgField(stringListArg: ["a", 2]) } }"#) == [
                #"String cannot represent a non string value: 2 (1:61)"#
            ])
        #expect(
            try found(
                "{ complicatedArgs { stringListNonNullArgField(stringListNonNullArg: [null]) } }")
                == [
                    #"Expected value of type "String!", found null. (1:70)"#
                ])
        #expect(
            try found("{ complicatedArgs { intArgField(intArg: [1]) } }") == [
                #"Int cannot represent non-integer value: [1] (1:41)"#
            ])
    }

    @Test func `input objects have the fields that their type defines`() throws {
        #expect(
            try found("{ complicatedArgs { complexArgField(complexArg: {intField: 4}) } }") == [
                #"""
                Field "ComplexInput.requiredField" of required type "Boolean!" was not \#
                provided. (1:49)
                """#
            ])
        #expect(
            try found(
                #"""
                { complicatedArgs { complexArgField(complexArg: {requiredField: true, \#
                invalidField: 1, intFeild: "a"}) } }
                """#
            ) == [
                #"""
                Field "invalidField" is not defined by type "ComplexInput". Did you mean \#
                "intField" or "oldField"? (1:71)
                """#,
                #"""
                Field "intFeild" is not defined by type "ComplexInput". Did you mean \#
                "intField" or "oldField"? (1:88)
                """#,
            ])
        #expect(
            try found("{ complicatedArgs { complexArgField(complexArg: [1]) } }") == [
                #"Expected value of type "ComplexInput", found [1]. (1:49)"#
            ])
        #expect(
            try found(#"{ complicatedArgs { intArgField(intArg: {a: "b"}) } }"#) == [
                #"Int cannot represent non-integer value: {a: "b"} (1:41)"#
            ])
    }

    @Test func `objects of which one field is given need exactly one`() throws {
        #expect(
            try found(#"{ complicatedArgs { oneOfArgField(oneOfArg: {stringField: "a"}) } }"#) == []
        )
        #expect(
            try found(
                #"{ complicatedArgs { oneOfArgField(oneOfArg: {stringField: "a", intField: 1}) } }"#
            ) == [
                #"OneOf Input Object "OneOfInput" must specify exactly one key. (1:45)"#
            ])
        #expect(
            try found("{ complicatedArgs { oneOfArgField(oneOfArg: {}) } }") == [
                #"OneOf Input Object "OneOfInput" must specify exactly one key. (1:45)"#
            ])
        #expect(
            try found("{ complicatedArgs { oneOfArgField(oneOfArg: {stringField: null}) } }") == [
                #"Field "OneOfInput.stringField" must be non-null. (1:45)"#
            ])
    }

    @Test func `defaults of variables and arguments of directives are values too`() throws {
        #expect(
            try found(#"query Q($a: Boolean = 1) { dog @skip(if: "a") { name(surname: $a) } }"#)
                == [
                    #"Boolean cannot represent a non boolean value: 1 (1:23)"#,
                    #"Boolean cannot represent a non boolean value: "a" (1:42)"#,
                ])
    }
}
