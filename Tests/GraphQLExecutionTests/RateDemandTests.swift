import GraphQLExecution
import GraphQLTypes
import GraphQLValidation
import Reactor
import TestSupport
import Testing

@Suite struct RateDemandTests {
    init() { LoopThread.start() }

    private static let schema = """
        directive @rateLimit(limit: Int!, window: String!, by: RateLimitScope! = CALLER)
          repeatable on FIELD_DEFINITION
        enum RateLimitScope { ADDRESS CALLER }
        interface Rated { stars: Int @rateLimit(limit: 9, window: "1m") }
        type Film implements Rated {
          stars: Int
          sequel: Film
          cast(first: Int): [Film] @rateLimit(limit: 3, window: "10s", by: ADDRESS)
        }
        type Series implements Rated { stars: Int }
        union Show = Film | Series
        type Query { film: Film, shows: [Show], plain: Int }
        """

    /// Field and count of what a query asks for.
    @EventLoop private func demands(
        _ document: String, variables: String? = nil
    ) throws -> [String] {
        let schema = try Schema.checked(Self.schema)
        var options = EngineOptions()
        options.rates = try FieldRateLimits(schema)
        let engine = Engine(schema, options: options)
        let request = EngineRequest(
            source: Array(document.utf8), variables: try variables.map { try json($0) })
        return try engine.rateDemands(of: engine.prepare(request)).map {
            "\($0.limit.coordinate) \($0.count)"
        }
    }

    @EventLoop @Test func `nothing is asked of who asks for nothing limited`() throws {
        #expect(try demands("{ plain film { sequel { __typename } } }") == [])
    }

    @EventLoop @Test func `every position counts, whatever brings a field there`() throws {
        #expect(try demands("{ film { cast { __typename } } }") == ["Film.cast 1"])
        #expect(
            try demands("{ film { a: cast { __typename } b: cast { __typename } } }")
                == ["Film.cast 2"])
        #expect(
            try demands(
                "{ x: film { ...F } y: film { ...F } } fragment F on Film { cast { stars } }")
                == ["Rated.stars 2", "Film.cast 2"])
        #expect(
            try demands("{ film { cast { cast { cast { __typename } } } } }") == ["Film.cast 3"])
    }

    @EventLoop @Test func `what is asked for twice at one position counts once`() throws {
        #expect(
            try demands("{ film { cast { __typename } ... { cast { __typename } } } }")
                == ["Film.cast 1"])
    }

    @EventLoop @Test func `of types that exclude each other the most counts`() throws {
        #expect(
            try demands("{ shows { ... on Film { a: stars b: stars } ... on Series { stars } } }")
                == ["Rated.stars 2"])
    }

    @EventLoop @Test func `what is skipped does not count`() throws {
        let query = "query ($no: Boolean!) { film { cast @skip(if: $no) { __typename } } }"
        #expect(try demands(query, variables: #"{"no":true}"#) == [])
        #expect(try demands(query, variables: #"{"no":false}"#) == ["Film.cast 1"])
    }

    @EventLoop @Test func `fragments that multiply are counted without being walked`() throws {
        let fragments = (0..<14).map {
            "fragment F\($0) on Film { a: sequel { ...F\($0 + 1) } b: sequel { ...F\($0 + 1) } }"
        }
        let document =
            "{ film { ...F0 } } \(fragments.joined(separator: " ")) fragment F14 on Film { stars }"
        #expect(try demands(document) == ["Rated.stars 16384"])
    }
}

@Suite struct FieldRateLimitsTests {
    private func faults(_ directive: String) throws -> [String] {
        let schema = try Schema.checked(
            """
            directive @rateLimit(limit: Int!, window: String!, by: RateLimitScope! = CALLER)
              repeatable on FIELD_DEFINITION
            enum RateLimitScope { ADDRESS CALLER }
            type Query { a: Int \(directive) }
            """)
        do throws(GraphQLErrors) {
            return try FieldRateLimits(schema).all.map { "\($0.limit) in \($0.windowSeconds) s" }
        } catch {
            return error.errors.map(\.description)
        }
    }

    @Test(arguments: [
        (#"@rateLimit(limit: 5, window: "10s")"#, "5 in 10 s"),
        (#"@rateLimit(limit: 1000000, window: "24h", by: ADDRESS)"#, "1000000 in 86400 s"),
        (
            #"@rateLimit(limit: 0, window: "1m")"#,
            "@rateLimit of Query.a: limit has to be a whole number from 1 to 1000000. (4:39)"
        ),
        (
            #"@rateLimit(limit: 1, window: "1 m")"#,
            "@rateLimit of Query.a: window has to be a time from \"1s\" to \"24h\", "
                + "in s, m or h. (4:50)"
        ),
        (
            #"@rateLimit(limit: 1, window: "25h")"#,
            "@rateLimit of Query.a: window has to be a time from \"1s\" to \"24h\", "
                + "in s, m or h. (4:50)"
        ),
        (
            #"@rateLimit(limit: 1, window: "1m", by: MOON)"#,
            "@rateLimit of Query.a: by has to be ADDRESS or CALLER. (4:60)"
        ),
    ])
    func `a limit is read, or said to be none`(directive: String, outcome: String) throws {
        #expect(try faults(directive) == [outcome])
    }

    @Test func `several limits of a field all hold`() throws {
        #expect(
            try faults(
                #"@rateLimit(limit: 5, window: "1s") @rateLimit(limit: 50, window: "1m")"#)
                == ["5 in 1 s", "50 in 60 s"])
    }
}
