import Features
import GraphQLGeneration
import JSON
import Reactor
import TestSupport
import Testing

/// Whatever is wrong with the input of a request is told at once, by paths and rules.
@Suite struct InputFaultTests {
    /// A field, and all that is wrong with its arguments.
    struct Case: Sendable {
        let field: String
        let faults: [String]

        init(_ field: String, _ faults: String...) { (self.field, self.faults) = (field, faults) }
    }

    private static let tooLong = String(repeating: "x", count: 300)

    /// Of everybody.
    static let queries = [
        Case(#"node(id: "zzz") { id }"#, "id ID"),
        Case(#"movie(id: "") { id }"#, "id ID"),
        Case(#"movies(first: 0, after: "x") { nodes { id } }"#, "first RANGE", "after CURSOR"),
        Case(#"movies(first: 101) { nodes { id } }"#, "first RANGE"),
        Case(
            #"movie(id: "movie-1") { reviews(first: -1, after: "x") { nodes { id } } }"#,
            "first RANGE", "after CURSOR"),
        Case(#"movie(id: "movie-1") { poster { url(width: 0) } }"#, "width RANGE"),
        Case(
            #"users(first: 0, after: "x", search: "") { nodes { id } }"#,
            "first RANGE", "after CURSOR", "search REQUIRED"),
    ]

    /// Of somebody who has signed in.
    static let mutations = [
        Case(
            #"rateMovie(movieId: "zzz", value: 9) { value }"#, "movieId ID", "value RANGE"),
        Case(#"endSession(id: "1") { endedSessions }"#, "id ID"),
        Case(#"revokeApiKey(id: "key") { apiKey { id } }"#, "id ID"),
        Case(#"updateProfile(name: " ") { user { id } }"#, "name REQUIRED"),
        Case(
            #"changePassword(currentPassword: "x", newPassword: "y") { accessToken }"#,
            "newPassword TOO_SHORT"),
        Case(
            #"createApiKey(name: "", scopes: [], expiresAt: "soon", password: "x") { key }"#,
            "name REQUIRED", "scopes REQUIRED", "expiresAt DATE_TIME"),
        Case(
            """
            createApiKey(name: "a\\nb", scopes: [], expiresAt: "1960-01-01T00:00:00Z",
                password: "x") { key }
            """, "name ONE_LINE", "scopes REQUIRED", "expiresAt FUTURE"),
        Case(
            """
            register(name: "Ada\\u200b", email: "ada\\u200b@example.com", password: "x") {
                accessToken }
            """, "name HIDDEN", "email EMAIL", "password TOO_SHORT"),
        Case(
            #"createApiKey(name: "a", scopes: [READ], password: "x") { key }"#,
            "password WRONG"),
        Case(
            #"register(name: "\#(tooLong)", email: "x", password: "y") { accessToken }"#,
            "name TOO_LONG", "email EMAIL", "password TOO_SHORT"),
        Case(
            """
            register(name: "A", email: "DORA@films.EXAMPLE", password: "\(tooLong)") {
                accessToken }
            """, "email UNIQUE"),
    ]

    /// Of admins.
    private static let administration = [
        Case(#"setUserRole(userId: "ada", role: USER) { user { id } }"#, "userId ID")
    ]

    /// Of variables, whose faults the engine tells: each in an error of its own.
    static let variables = [
        (
            "$first: Int!, $sort: MovieSort!, $after: String, $skip: Boolean!",
            #"{"first": "1", "sort": "BEST", "after": ["x"]}"#,
            ["first TYPE", "sort ENUM_VALUE", "after TYPE", "skip REQUIRED"]
        ),
        (
            "$first: Int!, $sort: MovieSort!, $after: String, $skip: Boolean!",
            #"{"first": null, "sort": 1, "skip": false}"#, ["first REQUIRED", "sort ENUM_VALUE"]
        ),
    ]

    @Test func `all faults of a field's arguments are told at once`() async throws {
        try await withCinema("input_faults") { cinema in
            let dora = try await cinema.register("dora")
            for asked in Self.queries {
                let answer = try await cinema.ask("{ \(asked.field) }", viewer: 4)
                try Self.expect(asked, answer)
            }
            for asked in Self.mutations {
                let answer = try await cinema.ask("mutation { \(asked.field) }", with: dora)
                try Self.expect(asked, answer)
            }
            for asked in Self.administration {
                let answer = try await cinema.ask("mutation { \(asked.field) }", viewer: 4)
                try Self.expect(asked, answer)
            }
            let events = #"subscription { sessionEvents(after: "x") { cursor } }"#
            let caller = try cinema.caller(authorization: "Bearer \(dora.access)")
            do {
                _ = try await cinema.follow(events, "{}", as: caller)
                Issue.record("it was begun")
            } catch let refused as Refused {
                #expect(refused.text.contains(#"[{"path":["after"],"rule":"CURSOR"}]"#))
            }
        }
    }

    private static func expect(_ asked: Case, _ answer: Cinema.Answer) throws {
        let root = try JSONDocument.parse(Array(answer.text.utf8)).root
        let errors = root["errors"].map { Array($0.elements) } ?? []
        let error = try #require(errors.first, "\(answer.text)")
        #expect(faults(error) == asked.faults, "\(answer.text)")
        let code = error["extensions"]?["code"]?.stringValue
        #expect(code == (asked.faults == ["email UNIQUE"] ? "CONFLICT" : "BAD_USER_INPUT"))
        #expect(errors.count == 1)
    }

    private static func faults(_ error: JSONValue) -> [String] {
        let details = error["extensions"]?["details"].map { Array($0.elements) } ?? []
        return details.map { fault in
            let path = fault["path"]?.elements.compactMap(\.stringValue) ?? []
            return "\(path.joined(separator: ".")) \(fault["rule"]?.stringValue ?? "")"
        }
    }

    @Test(arguments: variables)
    func `all variables that do not fit are told at once`(
        declared: String, given: String, expected: [String]
    ) async throws {
        let text = try await answer(
            """
            query(\(declared)) {
                movies(first: $first, sort: $sort, after: $after) @skip(if: $skip) { totalCount } }
            """, given)
        let root = try JSONDocument.parse(Array(text.utf8)).root
        let errors = root["errors"].map { Array($0.elements) } ?? []
        #expect(errors.flatMap(Self.faults) == expected, "\(text)")
    }

    /// No field of the contract takes an input object by now; what is wrong with such, the tests
    /// of the engine show.
    private static let rulesOfInputObjects = ["ONE_OF", "UNKNOWN_FIELD"]

    @Test func `the rules that are told are those that are documented`() throws {
        let faults =
            (Self.queries + Self.mutations + Self.administration).flatMap(\.faults)
            + Self.variables.flatMap(\.2)
        let told = faults.map { String($0.split(separator: " ")[1]) } + Self.rulesOfInputObjects
        let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
        let file = try #require(SourceFile(reading: root + "/docs/graphql-over-http.md"))
        let page = String(decoding: file.bytes, as: UTF8.self)
        let table = try #require(page.ranges(of: "| rule | means |").first)
        let rows = page[table.upperBound...].split(separator: "\n").prefix { $0.hasPrefix("|") }
        let documented = rows.dropFirst().flatMap { row in
            row.dropFirst().prefix { $0 != "|" }.split(separator: "`").filter {
                $0.allSatisfy { $0.isUppercase || $0 == "_" }
            }
        }
        #expect(documented.map(String.init).sorted() == Set(told).sorted())
    }
}
