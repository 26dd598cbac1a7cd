import Postgres
import Reactor
import TestSupport
import Testing

/// The promise: round trips are the depth of the data, and statements are loaders by levels.
@Suite(.serialized) struct RoundTripTests {
    private struct Case: CustomTestStringConvertible, Sendable {
        let what: String
        let document: String
        let roundTrips: Int
        let statements: Int
        var viewer: Int?
        var testDescription: String { what }
    }

    private static let ofData = [
        Case(
            what: "what is in memory costs nothing",
            document: "{ server { version } __typename __schema { queryType { name } } }",
            roundTrips: 0, statements: 0),
        Case(
            what: "a list with its pages' facts and its length",
            document: "{ movies { totalCount pageInfo { endCursor } nodes { title } "
                + "edges { cursor node { id } } } }", roundTrips: 1, statements: 2),
        Case(
            what: "only what is asked of a list is read", document: "{ movies { totalCount } }",
            roundTrips: 1, statements: 1),
        Case(
            what: "nested lists",
            document: "{ movies(first: 100) { nodes { title reviews(first: 5) { nodes { text "
                + "author { name avatar { url } } } } } } }", roundTrips: 4, statements: 4),
        Case(
            what: "many root fields of all kinds",
            document: """
                { movies { nodes { id } } categories { name } movie(id: "movie-1") { title }
                  node(id: "user-1") { id } viewer { name } }
                """, roundTrips: 1, statements: 4, viewer: 2),
    ]

    private static let traps = [
        Case(
            what: "chained loaders",
            document: """
                { node(id: "review-1") { ... on Review { movie { uploader { avatar { url } } } } } }
                """, roundTrips: 4, statements: 4),
        Case(
            what: "aliases of the same and of other arguments",
            document: """
                { a: movies(first: 2) { nodes { title } } b: movies(first: 2) { edges { cursor } }
                  c: movies(sort: LATEST) { nodes { x: poster { id } y: poster { mime } } }
                  d: movie(id: "movie-4") { title } e: movie(id: "movie-5") { title } }
                """, roundTrips: 2, statements: 4),
        Case(
            what: "reviews by aliases and fragments",
            document: """
                { movies { nodes { ...some a: reviews { nodes { author { name } } }
                  b: reviews(first: 2) { nodes { author { name } } } } } }
                fragment some on Movie { reviews { edges { node { author { name } } } } }
                """, roundTrips: 3, statements: 4),
        Case(
            what: "node beside movie",
            document: """
                { a: node(id: "movie-1") { ... on Movie { uploader { name } } }
                  b: movie(id: "movie-4") { uploader { name } }
                  c: node(id: "movie-5") { ... on Movie { uploader { name } } } }
                """, roundTrips: 2, statements: 2),
        Case(
            what: "abstract types",
            document: """
                { a: node(id: "movie-1") { ...any } b: node(id: "user-3") { ...any }
                  c: node(id: "review-2") { ...any } d: node(id: "category-1") { ...any }
                  e: node(id: "media-00000000-0000-4000-8000-00000000000d") { ...any } }
                fragment any on Node { id ... on Movie { uploader { id avatar { url } } }
                  ... on Review { author { id avatar { url } } } ... on User { avatar { url } } }
                """, roundTrips: 3, statements: 7),
        Case(
            what: "what was read is remembered",
            document: """
                { movie(id: "movie-1") { reviews { nodes { movie { title uploader { id } } } }
                  uploader { id } } }
                """, roundTrips: 2, statements: 3),
        Case(
            what: "branches of unlike depth",
            document: """
                { movie(id: "movie-1") { categories { name } poster { url } uploader { name }
                    reviews(first: 1) { nodes { author { name } } } }
                  movies(first: 1) { nodes { reviews(first: 1) { nodes { author { name } } } } } }
                """, roundTrips: 3, statements: 7),
    ]

    @Test(arguments: ofData + traps)
    private func `round trips are the depth of the data`(asked: Case) async throws {
        let cinema = try await Cinema.shared.value
        let answer = try await onLoop {
            try await cinema.ask(asked.document, viewer: asked.viewer)
        }
        #expect(!answer.text.contains("errors"), "\(answer.text)")
        #expect(answer.roundTrips == asked.roundTrips)
        #expect(answer.statements == asked.statements)
    }

    @Test(arguments: [1, 3, 10, 100])
    func `the length of lists changes nothing`(length: Int) async throws {
        let cinema = try await Cinema.shared.value
        let answer = try await onLoop {
            try await cinema.ask(
                """
                { movies(first: \(length)) { nodes { poster { url }
                    reviews(first: \(max(4, length))) { nodes { author { avatar { url } } } } } } }
                """)
        }
        #expect((answer.roundTrips, answer.statements) == (4, 5))
    }

    /// The server itself counts; a connection may prepare what it has not seen, which is none.
    @Test func `the server has seen as many statements as were counted`() async throws {
        try await withCinema("counted") { uncounted in
            try await uncounted.change("CREATE EXTENSION pg_stat_statements")
            try await uncounted.change(
                "ALTER DATABASE counted SET pg_stat_statements.track = 'all'")
            let cinema = try await Cinema.open(at: uncounted.url)
            defer { cinema.pool.close() }
            let document = Self.ofData[3].document
            _ = try await cinema.ask(document)
            let counted = try await cinema.calls()
            for _ in 0..<10 { _ = try await cinema.ask(document) }
            // Looking is one itself.
            #expect(try await cinema.calls() - counted == 10 * 4 + 1)
        }
    }

    @Test func `a change is one round trip, and its result as deep as it is asked`() async throws {
        try await withCinema("changes") { cinema in
            @EventLoop func cost(_ document: String) async throws -> [Int] {
                let before = (cinema.roundTrips, cinema.statements)
                let answer = try await cinema.ask(document, viewer: 2)
                #expect(!answer.text.contains("errors"), "\(answer.text)")
                return [cinema.roundTrips - before.0, cinema.statements - before.1]
            }
            let rate = #"rateMovie(movieId: "movie-1", value: 3)"#
            let plain = try await cost("mutation { \(rate) { value movie { title } } }")
            #expect(plain == [1, 2])
            let deep = try await cost(
                """
                mutation { \(rate) { movie { poster { url } a: uploader { name } categories { id }
                    b: uploader { name } reviews { nodes { author { name } movie { title } } } } } }
                """)
            #expect(deep == [3, 7])
            let two = try await cost("mutation { a: \(rate) { value } b: \(rate) { value } }")
            #expect(two == [2, 4])
        }
    }

    /// Preparing rides in the same flush: what is asked for the first time is no slower.
    @Test func `the first time costs as many round trips as any other`() async throws {
        try await withCinema("first_time") { cinema in
            for _ in 0..<3 {
                let before = cinema.roundTrips
                let answer = try await cinema.ask(Self.ofData[3].document)
                #expect((answer.roundTrips, cinema.roundTrips - before) == (4, 4))
            }
        }
    }
}

extension Cinema {
    /// Statements that the server has run in this database.
    fileprivate func calls() async throws -> Int {
        try await number(
            """
            SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)
    }
}
