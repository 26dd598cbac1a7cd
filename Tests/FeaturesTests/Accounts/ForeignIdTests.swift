import Features
import GraphQLTypes
import Reactor
import Testing

/// What somebody gets who asks with ids of what is not theirs.
@Suite struct ForeignIdTests {
    private struct Attempt: Sendable {
        let document: String
        /// Nothing where the answer is null.
        let code: String?

        init(_ document: String, _ code: String? = nil) {
            (self.document, self.code) = (document, code)
        }
    }

    /// By the arguments that take ids. Movie 2 and its reviews are for Ada alone; session 1 and key
    /// 1 are Dora's.
    private static let attempts: [String: [Attempt]] = [
        "Query.node(id:)": [
            .init(#"{ node(id: "movie-2") { id } }"#),
            .init(#"{ node(id: "review-5") { id } }"#),
            .init(#"{ node(id: "session-1") { id } }"#), .init(#"{ node(id: "key-1") { id } }"#),
        ],
        "Query.movie(id:)": [.init(#"{ movie(id: "movie-2") { title } }"#)],
        "Mutation.endSession(id:)": [
            .init(#"mutation { endSession(id: "session-1") { endedSessions } }"#, "NOT_FOUND")
        ],
        "Mutation.revokeApiKey(id:)": [
            .init(#"mutation { revokeApiKey(id: "key-1") { apiKey { id } } }"#, "NOT_FOUND")
        ],
        "Mutation.setUserRole(userId:)": [
            .init(
                #"mutation { setUserRole(userId: "user-5", role: ADMIN) { user { id } } }"#,
                "FORBIDDEN"),
            .init(
                #"mutation { setUserRole(userId: "user-6", role: ADMIN) { user { id } } }"#,
                "FORBIDDEN"),
        ],
        "Mutation.rateMovie(movieId:)": [
            .init(#"mutation { rateMovie(movieId: "movie-2", value: 1) { value } }"#, "NOT_FOUND")
        ],
    ]

    @Test func `every argument that takes an id is tried`() throws {
        let schema = try Contract.schema()
        var places: [String] = []
        for type in schema.types where !schema[type].isIntrospection {
            for field in schema[type].fields {
                for argument in schema[field].arguments
                where schema.name(of: schema[argument].type.named) == "ID" {
                    let field = "\(schema.name(of: type)).\(schema.name(of: field))"
                    places.append("\(field)(\(schema.name(of: argument)):)")
                }
            }
        }
        #expect(places.sorted() == Self.attempts.keys.sorted())
    }

    @Test func `the ids of others are worth nothing`() async throws {
        try await withCinema("foreign_ids") { cinema in
            let dora = try await cinema.register("dora")
            let key = try await cinema.ask(
                """
                mutation { createApiKey(name: "Robot", scopes: [READ],
                    password: "\(Cinema.password)") { apiKey { id } } }
                """, with: dora)
            #expect(key.text.contains("key-1"))
            let eve = try await cinema.register("eve")
            for attempt in Self.attempts.values.joined() {
                let answer = try await cinema.ask(attempt.document, with: eve)
                let what = "\(attempt.document) \(answer.text)"
                #expect(try answer.codes() == [attempt.code].compactMap { $0 }, "\(what)")
                #expect(attempt.code != nil || answer.text.hasSuffix(":null}}"), "\(what)")
                #expect(!answer.text.contains("Secret"), "\(what)")
            }
            let mine = try await cinema.ask("{ sessions { id } apiKeys { id } }", with: dora)
            #expect(
                mine.text
                    == #"{"data":{"sessions":[{"id":"session-1"}],"apiKeys":[{"id":"key-1"}]}}"#)
        }
    }
}
