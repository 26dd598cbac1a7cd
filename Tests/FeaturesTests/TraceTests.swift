import GraphQLExecution
import JSON
import Postgres
import Reactor
import TestSupport
import Testing

/// What requests of the product are told of their execution: it is what the database has seen.
@Suite(.serialized) struct TraceTests {
    @Test func `keys, statements, rows and round trips are those of the request`() async throws {
        try await withCinema("traced") { cinema in
            let (trace, counted) = try await cinema.traced(
                """
                { movies(first: 4) { nodes { a: uploader { id } b: uploader { id }
                    reviews(first: 4) { nodes { author { name } } } } } categories { name } }
                """)
            #expect((trace.roundTrips, trace.statements.count) == (counted.0, counted.1))
            #expect(trace.levels.map(\.roundTrips) == [1, 1, 1])
            #expect(
                trace.levels.map(\.names) == [
                    ["Query.categories", "lists of movies", "pages of movies"],
                    ["users", "reviews of movies"], ["users"],
                ])
            for statement in trace.statements {
                #expect(statement["sql"]?.stringValue?.hasPrefix("SELECT ") == true)
                #expect(statement.integer("bytes") > 0 && statement.integer("rows") > 0)
                #expect(statement["failure"] == nil)
            }
            // Two uploaders of four movies, asked for twice; then of each of three movies four
            // authors, of whom two are the uploaders.
            #expect(trace.levels[1].loaders["users"] == [8, 2, 0])
            #expect(trace.levels[2].loaders["users"] == [12, 2, 6])
            #expect(trace.statements.map { $0.integer("rows") } == [3, 5, 2, 12, 2])
        }
    }

    @Test func `each argument's own loader is told by itself`() async throws {
        let cinema = try await Cinema.shared.value
        let trace = try await onLoop {
            try await cinema.traced(
                """
                { movie(id: "movie-1") { a: reviews(first: 1) { nodes { id } }
                    b: reviews(first: 2) { nodes { id } }
                    c: reviews(first: 2) { nodes { text } } } }
                """
            ).trace
        }
        #expect(trace.levels.map(\.names)[1] == ["reviews of movies", "reviews of movies"])
        #expect(trace.levels[1].roundTrips == 1)
        #expect(trace.statements.count == 3)
    }

    @Test func `mutations tell the statements of their transactions`() async throws {
        try await withCinema("traced_changes") { cinema in
            let (trace, counted) = try await cinema.traced(
                """
                mutation { first: rateMovie(movieId: "movie-1", value: 4) {
                    movie { uploader { name } } }
                  second: rateMovie(movieId: "movie-1", value: 2) { value } }
                """, viewer: 2)
            #expect((trace.roundTrips, trace.statements.count) == (counted.0, counted.1))
            #expect(
                trace.levels.map(\.names) == [
                    ["Mutation.rateMovie"], ["users"], ["Mutation.rateMovie"],
                ])
            #expect(trace.levels.map(\.roundTrips) == [1, 1, 1])
            #expect(trace.levels.map(\.statements.count) == [2, 1, 2])
            let changed = try #require(trace.levels.first?.statements.last)
            #expect(changed.integer("rows") == 1)
            #expect(changed["sql"]?.stringValue?.hasPrefix("WITH old AS (") == true)
        }
    }

    @Test func `values are never told`() async throws {
        let cinema = try await Cinema.shared.value
        let text = try await onLoop {
            try await cinema.ask(
                #"{ node(id: "user-918273645") { id } movie(id: "movie-564738291") { title } }"#,
                viewer: 192_837_465, trace: ExecutionTrace()
            ).text
        }
        #expect(text.contains(" = $2 OR EXISTS "))
        for value in ["918273645", "564738291", "192837465"] {
            #expect(!text.contains(value))
        }
    }

    @Test func `what fails says how, and what is sent again for it counts`() async throws {
        try await withCinema("traced_failures") { cinema in
            try await cinema.change("ALTER TABLE category RENAME TO gone")
            let document = "{ categories { id } movies(first: 1) { nodes { title } totalCount } }"
            let (trace, counted) = try await cinema.traced(document)
            #expect(trace.roundTrips == counted.0)
            let failures = trace.statements.compactMap { $0["failure"]?.stringValue }
            #expect(failures == ["SQLSTATE 42P01"])
        }
    }

    @Test func `a deadline that has passed is told`() async throws {
        try await withCinema("traced_deadline") { cinema in
            let answer = try await cinema.ask(
                "{ categories { id } }", within: 0, trace: ExecutionTrace())
            let trace = try Traced(answer.text)
            #expect(trace.roundTrips == 0)
            #expect(trace.statements.first?["failure"]?.stringValue == "timed out")
        }
    }
}

/// A trace, as an answer has it.
private struct Traced {
    struct Level {
        let roundTrips: Int
        /// Fields by their coordinates, and loaders.
        let names: [String]
        /// By name: keys asked, unique, remembered.
        let loaders: [String: [Int]]
        let statements: [JSONValue]
    }

    let roundTrips: Int
    let levels: [Level]

    var statements: [JSONValue] { levels.flatMap(\.statements) }

    init(_ text: String) throws {
        let answer = try JSONDocument.parse(Array(text.utf8)).root
        let trace = try #require(answer["extensions"]?["trace"], "\(text)")
        roundTrips = trace.integer("roundTrips")
        levels = try Array(#require(trace["levels"]).elements).map { level in
            let fields = try Array(#require(level["fields"]).elements)
            let loaders = try Array(#require(level["loaders"]).elements)
            let named = loaders.map { loader in
                (
                    loader["name"]?.stringValue ?? "",
                    ["keysAsked", "keysUnique", "keysRemembered"].map { loader.integer($0) }
                )
            }
            return Level(
                roundTrips: level.integer("roundTrips"),
                names: fields.map { $0["coordinate"]?.stringValue ?? "" } + named.map(\.0),
                loaders: Dictionary(named) { first, _ in first },
                statements: try (fields + loaders).flatMap {
                    try Array(#require($0["statements"]).elements)
                })
        }
    }
}

extension JSONValue {
    fileprivate func integer(_ key: String) -> Int {
        self[key]?.number?.int64.map { Int($0) } ?? -1
    }
}

extension Cinema {
    /// The trace of a document, and the round trips and statements that the pool has counted.
    fileprivate func traced(
        _ document: String, viewer: Int? = nil
    ) async throws -> (trace: Traced, counted: (Int, Int)) {
        let before = (roundTrips, statements)
        let text = try await ask(document, viewer: viewer, trace: ExecutionTrace()).text
        return (try Traced(text), (roundTrips - before.0, statements - before.1))
    }
}
