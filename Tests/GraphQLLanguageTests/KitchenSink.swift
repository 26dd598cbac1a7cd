/// Documents in which every production occurs, as typed and as printed.
enum KitchenSink {
    /// Executable.
    static let query = ##"""
        # Everything that can be executed, in no tidy shape.
        query A($id: ID!, $grid: [[Int!]]! = [[1, 2], [], null] @hint(text: "\u{41}")) @on(is: 1) {
          shown: movie(id: $id, filter: {kind: $kind, years: [1999, 2001], rating: {above: 7.5e0}})
            @include(if: true) { id title
            ... on Series @skip(if: false) {
              seasons(first: 3, after: null) { ...SeasonParts @hint, number } }
            ... @include(if: $wide) { tagline }
            ... { runtime }
            reviews(author: "somebody with a rather long name", text: "and \"quotes\" \t é 😀"
              stars: -5, helpful: false) { stars }
          }
        }
        mutation Rate @traced { rate(movie: 42, note: """
            Indented by four,
              and by six with \""" inside.

            """) { movie { id } } }
        subscription ($topic: Topic @hint) { published(topic: $topic) { at } }
        fragment SeasonParts on Season @hint(text: """one line""") {
          episodes(order: {by: NUMBER, ascending: true}) { title(language: "de") } }
        query Small { anonymous(a: true, b: false, c: null, d: ENUM, e: {}, f: [], g: "")
          query mutation fragment on }
        { __typename }
        """##

    /// The same, printed.
    static let printedQuery = ##"""
        query A($id: ID!, $grid: [[Int!]]! = [[1, 2], [], null] @hint(text: "A")) @on(is: 1) {
          shown: movie(
            id: $id
            filter: {kind: $kind, years: [1999, 2001], rating: {above: 7.5e0}}
          ) @include(if: true) {
            id
            title
            ... on Series @skip(if: false) {
              seasons(first: 3, after: null) {
                ...SeasonParts @hint
                number
              }
            }
            ... @include(if: $wide) {
              tagline
            }
            ... {
              runtime
            }
            reviews(
              author: "somebody with a rather long name"
              text: "and \"quotes\" \t é 😀"
              stars: -5
              helpful: false
            ) {
              stars
            }
          }
        }

        mutation Rate @traced {
          rate(movie: 42, note: """
          Indented by four,
            and by six with \""" inside.
          """) {
            movie {
              id
            }
          }
        }

        subscription ($topic: Topic @hint) {
          published(topic: $topic) {
            at
          }
        }

        fragment SeasonParts on Season @hint(text: """one line""") {
          episodes(order: {by: NUMBER, ascending: true}) {
            title(language: "de")
          }
        }

        query Small {
          anonymous(a: true, b: false, c: null, d: ENUM, e: {}, f: [], g: "")
          query
          mutation
          fragment
          on
        }

        {
          __typename
        }
        """##

    /// A schema, with an operation among the definitions.
    static let schema = ##"""
        """
        What the house shows.
        """
        schema @link(url: "https://example.org") {
          query: Query mutation: Mutation subscription: Subscription }
        "A moment." scalar DateTime @specifiedBy(url: "https://example.org/d")
        scalar Bare
        """
        A film, or a part of one:
          indented,

        and on after an empty line.
        """
        type Movie implements & Node & Titled @key(fields: "id") {
          "Opaque." id: ID!
          title("The language." language: String = "en" @lower, exact: Boolean! = true): String
          """
          Newest first.
          """
          reviews(first: Int = 20, order: Order = {by: A, up: false}): [Review!]! @cost(weight: 2)
          cast(
            """
            Only these roles.
            """
            roles: [[Role!]!] = [[ACTOR], []]
            limit: Int
          ): [Person]
        }
        type Nothing
        extend type Movie { trailer: String }
        extend type Movie @shared
        extend type Movie implements Playable
        extend type Movie implements Playable & Rated @shared { rating: Float }
        interface Node { id: ID! }
        interface Titled implements Node @documented { id: ID! title(language: String): String }
        interface Empty
        extend interface Node @shared
        extend interface Titled implements Rated { rating: Float }
        union Found @documented = | Movie | Person
        union One = Movie
        union None
        extend union Found = Series
        extend union Found @shared
        enum Role @documented { "On screen." ACTOR @deprecated(reason: "o") """Behind.""" DIRECTOR }
        enum Never
        extend enum Role { PERFORMER }
        extend enum Role @shared
        input Order @oneOf { by: Field = DATE @lower up: Boolean "T." then: [Order!] = [{by: T}] }
        input Hollow
        extend input Order { random: Float = -1.5E3 }
        extend input Order @shared
        directive @lower on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
        "Says what a field costs."
        directive @cost(weight: Int! = 1, "A reason." because: String) repeatable
          on | FIELD_DEFINITION | OBJECT
        extend schema @link(url: "x")
        extend schema { query: OtherQuery }
        extend schema @a @b { mutation: OtherMutation }
        extend scalar DateTime @shared
        query Mixed { in @a(b: 1) { a: document } }
        fragment Parts on Movie { id }
        """##

    /// The same, printed.
    static let printedSchema = ##"""
        """What the house shows."""
        schema @link(url: "https://example.org") {
          query: Query
          mutation: Mutation
          subscription: Subscription
        }

        "A moment."
        scalar DateTime @specifiedBy(url: "https://example.org/d")

        scalar Bare

        """
        A film, or a part of one:
          indented,

        and on after an empty line.
        """
        type Movie implements Node & Titled @key(fields: "id") {
          "Opaque."
          id: ID!
          title(
            "The language."
            language: String = "en" @lower
            exact: Boolean! = true
          ): String
          """Newest first."""
          reviews(first: Int = 20, order: Order = {by: A, up: false}): [Review!]! @cost(weight: 2)
          cast(
            """Only these roles."""
            roles: [[Role!]!] = [[ACTOR], []]
            limit: Int
          ): [Person]
        }

        type Nothing

        extend type Movie {
          trailer: String
        }

        extend type Movie @shared

        extend type Movie implements Playable

        extend type Movie implements Playable & Rated @shared {
          rating: Float
        }

        interface Node {
          id: ID!
        }

        interface Titled implements Node @documented {
          id: ID!
          title(language: String): String
        }

        interface Empty

        extend interface Node @shared

        extend interface Titled implements Rated {
          rating: Float
        }

        union Found @documented = Movie | Person

        union One = Movie

        union None

        extend union Found = Series

        extend union Found @shared

        enum Role @documented {
          "On screen."
          ACTOR @deprecated(reason: "o")
          """Behind."""
          DIRECTOR
        }

        enum Never

        extend enum Role {
          PERFORMER
        }

        extend enum Role @shared

        input Order @oneOf {
          by: Field = DATE @lower
          up: Boolean
          "T."
          then: [Order!] = [{by: T}]
        }

        input Hollow

        extend input Order {
          random: Float = -1.5E3
        }

        extend input Order @shared

        directive @lower on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION

        "Says what a field costs."
        directive @cost(
          weight: Int! = 1
          "A reason."
          because: String
        ) repeatable on FIELD_DEFINITION | OBJECT

        extend schema @link(url: "x")

        extend schema {
          query: OtherQuery
        }

        extend schema @a @b {
          mutation: OtherMutation
        }

        extend scalar DateTime @shared

        query Mixed {
          in @a(b: 1) {
            a: document
          }
        }

        fragment Parts on Movie {
          id
        }
        """##
}
