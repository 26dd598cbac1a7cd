import Testing

@Suite struct LeafTests {
    @Test func `leaves are written from their object`() async throws {
        let answer = try await answer(
            """
            { movie(id: "m1") { __typename id title tagline genre released runtimeMinutes } }
            """)
        #expect(
            answer == """
                {"data":{"movie":{"__typename":"Movie","id":"m1","title":"Sunrise",\
                "tagline":"A song","genre":"DRAMA","released":"1927","runtimeMinutes":94}}}
                """)
    }

    @Test func `a leaf without a value is null`() async throws {
        let answer = try await answer(#"{ movie(id: "m2") { tagline cover { url } } }"#)
        #expect(answer == #"{"data":{"movie":{"tagline":null,"cover":null}}}"#)
    }

    @Test func `a word of the language names a field`() async throws {
        let answer = try await answer(#"{ movie(id: "m1") { cover { url default } } }"#)
        #expect(
            answer == #"{"data":{"movie":{"cover":{"url":"sunrise.png","default":true}}}}"#)
    }

    @Test func `an item that cannot be written fails on its own`() async throws {
        let answer = try await answer(#"{ movies(genres: [SCIENCE_FICTION]) { ratings } }"#)
        #expect(
            answer.hasPrefix(
                #"{"data":{"movies":[{"ratings":[null,5]}]},"errors":[{"message":""#))
        #expect(answer.contains(#""path":["movies",0,"ratings",0]"#))
    }

    @Test func `a leaf is given its arguments`() async throws {
        let answer = try await answer(
            #"{ movie(id: "m1") { poster small: poster(width: 10, format: "jpg") } }"#)
        #expect(
            answer == #"{"data":{"movie":{"poster":"m1-100.png","small":"m1-10.jpg"}}}"#)
    }

    @Test func `a resolver that throws fails its own object`() async throws {
        let answered = try await response(#"{ movie(id: "m1") { title poster(width: 0) } }"#)
        #expect(answered.text.hasPrefix(#"{"data":{"movie":null},"errors":"#))
        #expect(answered.errorCount == 1)
    }

    @Test(arguments: [("murnau", true), ("somebody", false)])
    func `a leaf that needs the context is given it`(
        _ viewer: String, _ expected: Bool
    ) async throws {
        let answer = try await answer(#"{ movie(id: "m1") { seenByMe } }"#, viewer: viewer)
        #expect(answer == #"{"data":{"movie":{"seenByMe":\#(expected)}}}"#)
    }
}
