import Testing

@Suite struct InputTests {
    @Test func `arguments have their defaults`() async throws {
        let answer = try await answer("{ movies { id } }")
        #expect(answer == #"{"data":{"movies":[{"id":"m1"},{"id":"m2"},{"id":"m3"}]}}"#)
    }

    @Test func `input objects may stand in themselves`() async throws {
        let answer = try await answer(
            "query($filter: MovieFilter) { movies(filter: $filter) { title } }",
            variables: #"{"filter":{"titlePrefix":"S","not":{"genre":"DRAMA","titlePrefix":"Su"}}}"#
        )
        #expect(answer == #"{"data":{"movies":[{"title":"Spies"}]}}"#)
    }

    @Test(arguments: [
        (#"{ id: "m2" }"#, "Metropolis"), (#"{ title: "Spies" }"#, "Spies"),
    ])
    func `one of several is a case`(_ key: String, _ title: String) async throws {
        let answer = try await answer("{ find(by: \(key)) { title } }")
        #expect(answer == #"{"data":{"find":{"title":"\#(title)"}}}"#)
    }

    @Test(arguments: [
        ("", #""A song""#), (", tagline: null", "null"), (#", tagline: "New""#, #""New""#),
    ])
    func `leaving out differs from null`(_ tagline: String, _ expected: String) async throws {
        let answer = try await answer(
            """
            mutation { renameMovie(input: { id: "m1", title: "Dawn"\(tagline) }) { title tagline } }
            """)
        #expect(
            answer
                == #"{"data":{"renameMovie":{"title":"Dawn","tagline":\#(expected)}}}"#)
    }

    @Test func `unions and enums and scalars come out`() async throws {
        let answer = try await answer(
            """
            { search(text: "r") { __typename ... on Movie { genre } ... on Person { name } }
              premiere }
            """)
        #expect(
            answer == """
                {"data":{"search":[{"__typename":"Movie","genre":"DRAMA"},\
                {"__typename":"Movie","genre":"SCIENCE_FICTION"},\
                {"__typename":"Person","name":"F. W. Murnau"},\
                {"__typename":"Person","name":"Fritz Lang"}],"premiere":"1895"}}
                """)
    }
}
