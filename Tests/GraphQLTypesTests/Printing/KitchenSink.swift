/// A schema with something of everything.
enum KitchenSink {
    static let schema = #"""
        """
        This is a description of the schema as a whole.
        """
        schema { query: QueryType mutation: MutationType }
        extend schema @onSchema { subscription: SubscriptionType }

        """
        This is a description
        of the `Foo` type.
        """
        type Foo implements Bar & Baz & Two {
          "Description of the `one` field."
          one: Type
          """
          This is a description of the `two` field.
          """
          two(
            """
            This is a description of the `argument` argument.
            """
            argument: InputType!
          ): Type
          three(argument: InputType, other: String): Int
          four(argument: String = "string"): String
          five(argument: [String] = ["string", "string"]): String
          six(argument: InputType = {key: "value"}): Type
          seven(argument: Int = null): Type
        }

        interface Bar { one: Type four(argument: String = "string"): String }
        interface Baz { one: Type two(argument: InputType!): Type }
        interface Two { three(argument: InputType, other: String): Int }
        extend interface Two @onInterface { five(argument: [String]): String }

        type AnnotatedObject @onObject(arg: "value") {
          annotatedField(arg: Type = "default" @onArgument): Type @onField
        }

        union Feed = Foo | AnnotatedObject
        extend union Feed = QueryType | MutationType
        scalar Type @onScalar
        enum Site { DESKTOP MOBILE @deprecated(reason: "small\nscreens") }
        extend enum Site { "for watches" WATCH }

        input InputType {
          key: String!
          answer: Int = 42
          site: Site = MOBILE @deprecated
          id: ID = "12"
          ratio: Float = 1e3
        }

        type QueryType { feed(sites: [Site!]! = DESKTOP): Feed }
        type MutationType { set(input: InputType!): Foo }
        type SubscriptionType { changes: [Bar!]! }

        "Stands on a schema"
        directive @onSchema on SCHEMA
        directive @onInterface on INTERFACE
        directive @onObject("why" arg: String!, other: Int = 1) repeatable on OBJECT | FIELD
        directive @onArgument on ARGUMENT_DEFINITION
        directive @onField on FIELD_DEFINITION
        directive @onScalar on SCALAR
        """#
}
