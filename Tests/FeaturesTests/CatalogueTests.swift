import Testing

/// What the slice answers, field by field.
@Suite struct CatalogueTests {
    @Test func `a movie tells all about itself`() async throws {
        let text = try await answer(
            """
            { movie(id: "movie-1") {
                id title synopsis releaseDate year durationSeconds trailerUrl visibility videoState
                averageRating ratingCount reviewCount rank createdAt updatedAt
                categories { id name } uploader { id name createdAt }
            } }
            """)
        #expect(
            text == #"""
                {"data":{"movie":{"id":"movie-1","title":"Ärger im Café",\#
                "synopsis":"Zwei Gäste,\nein \"Tisch\".","releaseDate":"2020-02-29","year":2020,\#
                "durationSeconds":5400,"trailerUrl":"https://films.example/1",\#
                "visibility":"PUBLIC","videoState":"READY","averageRating":4.333333333333333,\#
                "ratingCount":3,"reviewCount":4,"rank":2,"createdAt":"2026-02-01T00:00:00.000Z",\#
                "updatedAt":"2026-02-02T00:00:00.001Z","categories":[\#
                {"id":"category-2","name":"action"},{"id":"category-1","name":"Drama"}],\#
                "uploader":{"id":"user-1","name":"Ada","createdAt":"2026-01-02T03:04:05.678Z"}}}}
                """#)
    }

    @Test func `pictures tell where and how large they are`() async throws {
        let text = try await answer(
            """
            { movie(id: "movie-1") {
                poster { id kind mime width height byteSize blurhash url small: url(width: 320) }
                thumbnail { kind mime } backdrop { kind width } uploader { avatar { kind url } }
            } }
            """)
        let media = "00000000-0000-4000-8000-00000000000"
        #expect(
            text == """
                {"data":{"movie":{"poster":{"id":"media-\(media)b","kind":"POSTER",\
                "mime":"image/jpeg","width":640,"height":960,"byteSize":50,"blurhash":"L0000B",\
                "url":"/media/\(media)b","small":"/media/\(media)b?width=320"},\
                "thumbnail":{"kind":"THUMBNAIL","mime":"image/png"},\
                "backdrop":{"kind":"BACKDROP","width":1280},\
                "uploader":{"avatar":{"kind":"AVATAR","url":"/media/\(media)a"}}}}}
                """)
    }

    @Test(arguments: [0, -1])
    func `a picture is never narrower than a pixel`(width: Int) async throws {
        let text = try await answer(
            #"{ movie(id: "movie-1") { poster { kind url(width: \#(width)) } title } }"#)
        #expect(text.contains("width has to be above 0."))
        #expect(text.contains(#""code":"BAD_USER_INPUT""#))
        #expect(text.hasPrefix(#"{"data":{"movie":{"poster":null,"title":"#))
    }

    @Test func `what a movie does not have is null, and lists are empty`() async throws {
        let text = try await answer(
            """
            { movie(id: "movie-13") {
                synopsis trailerUrl rank averageRating ratingCount poster { id } thumbnail { id }
                backdrop { id } categories { id } uploader { avatar { id } }
                reviews { nodes { id } edges { cursor } pageInfo { hasNextPage startCursor } }
            } }
            """)
        #expect(
            text == """
                {"data":{"movie":{"synopsis":"","trailerUrl":null,"rank":null,"averageRating":0,\
                "ratingCount":0,"poster":null,"thumbnail":null,"backdrop":null,"categories":[],\
                "uploader":{"avatar":null},"reviews":{"nodes":[],"edges":[],\
                "pageInfo":{"hasNextPage":false,"startCursor":null}}}}}
                """)
    }

    @Test func `days and moments before 1970 are told as others`() async throws {
        let text = try await answer(
            #"{ movie(id: "movie-4") { releaseDate year uploader { createdAt } } }"#)
        #expect(
            text == """
                {"data":{"movie":{"releaseDate":"1969-12-30","year":1969,\
                "uploader":{"createdAt":"1969-12-31T23:59:59.999Z"}}}}
                """)
        let ends = try await answer(#"{ movie(id: "movie-3") { releaseDate } }"#)
        #expect(ends == #"{"data":{"movie":{"releaseDate":"2200-01-01"}}}"#)
    }

    @Test func `a review tells who wrote what about which movie`() async throws {
        let text = try await answer(
            """
            { movie(id: "movie-1") { reviews(first: 1) { nodes {
                id text helpfulCount createdAt author { name } movie { title }
            } } } }
            """)
        #expect(
            text == """
                {"data":{"movie":{"reviews":{"nodes":[{"id":"review-4","text":"About 1 by 4",\
                "helpfulCount":0,"createdAt":"2026-03-02T00:00:00.000Z",\
                "author":{"name":"Root"},"movie":{"title":"Ärger im Café"}}]}}}}
                """)
    }

    @Test func `categories stand by their names, whatever their case`() async throws {
        #expect(
            try await answer("{ categories { id name } }") == """
                {"data":{"categories":[{"id":"category-2","name":"action"},\
                {"id":"category-3","name":"Comedy"},{"id":"category-1","name":"Drama"}]}}
                """)
    }

    @Test func `the viewer is whoever asks`() async throws {
        let document = "{ viewer { name } }"
        #expect(try await answer(document) == #"{"data":{"viewer":null}}"#)
        #expect(try await answer(document, viewer: 3) == #"{"data":{"viewer":{"name":"Carla"}}}"#)
        #expect(try await answer(document, viewer: 99) == #"{"data":{"viewer":null}}"#)
    }

    // MARK: Who sees what

    @Test(
        arguments: [(nil, false), (1, true), (2, false), (4, true), (99, false)] as [(Int?, Bool)])
    func `a private movie is its uploader's and the admins'`(
        viewer: Int?, sees: Bool
    ) async throws {
        let text = try await answer(
            """
            { movie(id: "movie-2") { title } node(id: "movie-2") { id }
              review: node(id: "review-5") { ... on Review { text movie { title } } } }
            """, viewer: viewer)
        #expect(
            text
                == (sees
                    ? """
                    {"data":{"movie":{"title":"Secret"},"node":{"id":"movie-2"},\
                    "review":{"text":"About 2 by 1","movie":{"title":"Secret"}}}}
                    """ : #"{"data":{"movie":null,"node":null,"review":null}}"#))
    }

    @Test func `an unlisted movie is for whoever has its id, and in no list`() async throws {
        let text = try await answer(
            #"{ movie(id: "movie-3") { title reviews { nodes { id } } } }"#)
        #expect(text.hasPrefix(#"{"data":{"movie":{"title":"Hidden","reviews":{"nodes":[{"id":"#))
        for viewer in [nil, 1, 4] {
            let list = try await answer(
                "{ movies(first: 100) { totalCount nodes { title } } }", viewer: viewer)
            #expect(list.hasPrefix(#"{"data":{"movies":{"totalCount":11,"#))
            #expect(!list.contains("Hidden") && !list.contains("Secret"))
        }
    }
}
