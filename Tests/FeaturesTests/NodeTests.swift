import Testing

/// `node`, and what is no id.
@Suite struct NodeTests {
    @Test(arguments: [
        ("movie-1", #""title":"Ärger im Café""#), ("user-2", #""name":"Ben""#),
        ("category-1", #""category":"Drama""#), ("review-1", #""text":"About 1 by 1""#),
        ("media-00000000-0000-4000-8000-00000000000c", #""kind":"THUMBNAIL""#),
    ])
    func `every kind of node is found by its id`(id: String, field: String) async throws {
        let text = try await answer(
            """
            { node(id: "\(id)") { id ... on Movie { title } ... on User { name }
              ... on Category { category: name } ... on Review { text } ... on Media { kind } } }
            """)
        #expect(text == #"{"data":{"node":{"id":"\#(id)",\#(field)}}}"#)
    }

    @Test(arguments: [
        "movie-99", "user-99", "category-99", "review-99", "movie-9223372036854775807",
        "media-00000000-0000-4000-8000-0000000000ff",
    ])
    func `nobody is there`(id: String) async throws {
        #expect(try await answer(#"{ node(id: "\#(id)") { id } }"#) == #"{"data":{"node":null}}"#)
    }

    @Test(arguments: ["user-1", "category-1", "media-00000000-0000-4000-8000-00000000000a"])
    func `another kind's id names no movie`(id: String) async throws {
        #expect(
            try await answer(#"{ movie(id: "\#(id)") { id } }"#) == #"{"data":{"movie":null}}"#)
    }

    @Test(arguments: [
        "", "1", "movie", "movie-", "movie-0", "movie--1", "movie-01", "movie-1 ", "movie-+1",
        "Movie-1", "movie-9223372036854775808", "movie-1-1", "film-1", "media-1", "media-",
        "user-١", "movie-\u{FF11}",
    ])
    func `a text that is no id is refused`(id: String) async throws {
        for field in ["node", "movie"] {
            let text = try await answer(#"{ \#(field)(id: "\#(id)") { id } }"#)
            #expect(text.contains(#""code":"BAD_USER_INPUT""#), "\(text)")
            #expect(text.contains("is no id: use one that this server gave you."))
            #expect(text.hasSuffix("}") && text.contains(#"{"data":{"\#(field)":null}"#))
        }
    }

    @Test func `a number is an id as well, though none of this server`() async throws {
        let text = try await answer("query($id: ID!) { node(id: $id) { id } }", #"{"id":1}"#)
        #expect(text.contains(#"\"1\" is no id"#))
    }
}
