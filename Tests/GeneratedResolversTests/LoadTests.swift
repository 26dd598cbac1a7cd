import Testing

@Suite struct LoadTests {
    @Test func `what is loaded is loaded for all objects together`() async throws {
        let answered = try await response("{ movies { title director { name } } }")
        #expect(
            answered.text == """
                {"data":{"movies":[{"title":"Sunrise","director":{"name":"F. W. Murnau"}},\
                {"title":"Metropolis","director":{"name":"Fritz Lang"}},\
                {"title":"Spies","director":{"name":"Fritz Lang"}}]}}
                """)
        #expect(answered.batches == ["people: p1 p2"])
    }

    @Test func `lists and leaves are loaded too`() async throws {
        let answered = try await response(
            #"{ movie(id: "m2") { reviews { text } reviewCount } }"#)
        #expect(
            answered.text
                == #"{"data":{"movie":{"reviews":[{"text":"tall"}],"reviewCount":1}}}"#)
        #expect(answered.batches.sorted() == ["review counts: m2", "reviews: m2"])
    }

    @Test func `where null is allowed there may be nothing to load`() async throws {
        let answered = try await response("{ movies { sequel { title } } }")
        #expect(
            answered.text == """
                {"data":{"movies":[{"sequel":null},{"sequel":{"title":"Spies"}},\
                {"sequel":null}]}}
                """)
        #expect(answered.batches == ["movies: m3"])
    }

    @Test func `a root field can be loaded, and be of any type`() async throws {
        let answered = try await response(
            """
            { a: node(id: "m1") { id ... on Movie { title } }
              b: node(id: "p1") { ... on Person { name movies { title } } }
              c: node(id: "x") { id } }
            """)
        #expect(
            answered.text == """
                {"data":{"a":{"id":"m1","title":"Sunrise"},\
                "b":{"name":"F. W. Murnau","movies":[{"title":"Sunrise"}]},"c":null}}
                """)
        #expect(answered.batches == ["nodes: m1 p1 x", "movies of people: p1"])
    }

    @Test func `an object that stands in another is not loaded`() async throws {
        let answered = try await response(
            #"{ movie(id: "m1") { reviews { movie { title } } } }"#)
        #expect(
            answered.text == """
                {"data":{"movie":{"reviews":[{"movie":{"title":"Sunrise"}},\
                {"movie":{"title":"Sunrise"}},{"movie":{"title":"Sunrise"}}]}}}
                """)
        #expect(answered.batches == ["reviews: m1"])
    }
}
