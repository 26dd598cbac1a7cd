import JSON
import Reactor
import TestSupport
import Testing

/// Lists, their orders, and walking them by cursors.
@Suite struct ListTests {
    private struct Page {
        private(set) var ids: [String] = []
        private(set) var cursors: [String] = []
        let endCursor: String?
        let startCursor: String?
        let hasNextPage: Bool
        let hasPreviousPage: Bool

        init(_ connection: JSONValue?) throws {
            let connection = try #require(connection)
            for edge in try #require(connection["edges"]).elements {
                ids.append(edge["node"]?["id"]?.stringValue ?? "none")
                cursors.append(edge["cursor"]?.stringValue ?? "none")
            }
            let info = connection["pageInfo"]
            endCursor = info?["endCursor"]?.stringValue
            startCursor = info?["startCursor"]?.stringValue
            hasNextPage = info?["hasNextPage"]?.booleanValue == true
            hasPreviousPage = info?["hasPreviousPage"]?.booleanValue == true
        }
    }

    private static let parts = """
        edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        """

    private func movies(_ sort: String, first: Int, after: String?) async throws -> Page {
        let text = try await answer(
            "query($first: Int!, $after: String, $sort: MovieSort!) "
                + "{ movies(first: $first, after: $after, sort: $sort) { \(Self.parts) } }",
            #"{"first":\#(first),"sort":"\#(sort)","after":"#
                + (after.map { #""\#($0)""# } ?? "null") + "}")
        return try Page(JSONDocument.parse(Array(text.utf8)).root["data"]?["movies"])
    }

    /// All of a list, three at a time.
    private func walk(_ page: (String?) async throws -> Page) async throws -> [String] {
        var ids: [String] = []
        var after: String?
        while true {
            let page = try await page(after)
            ids += page.ids
            #expect(page.cursors.first == page.startCursor && page.cursors.last == page.endCursor)
            #expect(page.hasPreviousPage == (after != nil))
            guard page.hasNextPage, ids.count < 1_000 else { return ids }
            #expect(page.ids.count == 3)
            after = page.endCursor
        }
    }

    @Test(arguments: [
        ("TOP", [1, 6, 5, 4, 13, 12, 11, 10, 9, 8, 7]),
        ("REVIEWS", [5, 4, 1, 13, 12, 11, 10, 9, 8, 7, 6]),
        ("LATEST", [1, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4]),
        ("RANK", [4, 1, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
        ("RELEASE_DESC", [1, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4]),
        ("RELEASE_ASC", [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 1]),
        ("UPLOADED_DESC", [1, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4]),
        ("TITLE", [4, 13, 5, 6, 7, 8, 9, 10, 11, 12, 1]),
    ])
    func `each order is total: a walk neither skips nor repeats`(
        sort: String, numbers: [Int]
    ) async throws {
        let whole = try await movies(sort, first: 100, after: nil)
        #expect(!whole.hasNextPage && !whole.hasPreviousPage)
        #expect(whole.ids == numbers.map { "movie-\($0)" })
        let walked = try await walk { try await movies(sort, first: 3, after: $0) }
        #expect(walked == whole.ids)
        for (place, cursor) in whole.cursors.enumerated() {
            let rest = try await movies(sort, first: 100, after: cursor)
            #expect(rest.ids == Array(whole.ids.dropFirst(place + 1)))
        }
    }

    @Test func `reviews are walked in the same way, the newest first`() async throws {
        let walked = try await walk { after in
            let text = try await answer(
                #"query($after: String) { movie(id: "movie-1") { "#
                    + "reviews(first: 3, after: $after) { \(Self.parts) } } }",
                #"{"after":\#(after.map { "\"\($0)\"" } ?? "null")}"#)
            let root = try JSONDocument.parse(Array(text.utf8)).root
            return try Page(root["data"]?["movie"]?["reviews"])
        }
        #expect(walked == ["review-4", "review-3", "review-2", "review-1"])
    }

    @Test func `a cursor names a place, though nobody stands there any more`() async throws {
        try await withCinema("vanishing") { cinema in
            let document = "{ movies(first: 2, sort: TITLE) { pageInfo { endCursor } } }"
            let cursor = try await cinema.ask(document).text.split(separator: "\"")[9]
            try await cinema.change("DELETE FROM movie WHERE title IN ('Film 1', 'film 10')")
            let rest = try await cinema.ask(
                #"{ movies(first: 2, after: "\#(cursor)", sort: TITLE) { nodes { title } } }"#)
            #expect(
                rest.text
                    == #"{"data":{"movies":{"nodes":[{"title":"film 2"},{"title":"Film 3"}]}}}"#)
        }
    }

    private static let sorts = [
        "TOP", "REVIEWS", "LATEST", "RANK", "RELEASE_DESC", "RELEASE_ASC", "UPLOADED_DESC", "TITLE",
    ]

    private static func cursor(of list: String, _ keys: String) -> String {
        list + (keys.hasPrefix(":") ? "" : ".") + keys
    }

    @Test func `a cursor is good in its own order alone`() async throws {
        var cursors: [(sort: String, text: String)] = []
        for sort in Self.sorts {
            let page = try await movies(sort, first: 1, after: nil)
            cursors.append((sort, try #require(page.endCursor)))
        }
        for cursor in cursors {
            for sort in Self.sorts {
                let text = try await answer(
                    #"{ movies(after: "\#(cursor.text)", sort: \#(sort)) { nodes { id } } }"#)
                #expect(
                    text.contains("is no cursor of this list") == (sort != cursor.sort),
                    "\(cursor.text) as \(sort)")
            }
            let text = try await answer(
                #"{ movie(id: "movie-1") { reviews(after: "\#(cursor.text)") { nodes { id } } } }"#)
            #expect(text.contains("is no cursor of this list"), "\(cursor.text)")
        }
    }

    @Test(arguments: [
        "", " ", ".", ":", "1", "1.2.3.4", "a.b", "1.", ".1", "1.2 ", "1:zz", ":4", ":00", ":FF",
        ":C3", "9223372036854775808.1", "null", "1,2", "0x1.2", "१.२", "\u{1F3AC}",
    ])
    func `what is no cursor is refused`(cursor: String) async throws {
        for sort in Self.sorts {
            for cursor in [cursor, Self.cursor(of: sort, cursor)] {
                let text = try await answer(
                    "query($after: String, $sort: MovieSort!) "
                        + "{ movies(after: $after, sort: $sort) { nodes { id } } }",
                    #"{"after":"\#(cursor)","sort":"\#(sort)"}"#)
                let isMeant = cursor == "TITLE:"
                #expect(text.contains("is no cursor of this list") != isMeant, "\(sort): \(text)")
                #expect(text.contains(#""code":"BAD_USER_INPUT""#) != isMeant)
            }
        }
        let reviews = try await answer(
            #"{ movie(id: "movie-1") { reviews(after: "\#(cursor)") { nodes { id } } } }"#)
        #expect(reviews.contains(#""code":"BAD_USER_INPUT""#), "\(reviews)")
    }

    /// Nobody was ever given them, but whoever makes them up must do no harm.
    @Test(arguments: [
        "-9223372036854775808.1", "9223372036854775807.1", "-300000000000000000.1",
        "-9223372036854775808.-9223372036854775808.-9223372036854775808",
        "9221120237041090560.1.1", "-1.-1.-1", "0.0", "2147483648.-2147483649", ":F09F8EAC",
        ":27", ":277C7C", "99999999999.5", "-0.+5",
    ])
    func `a made-up cursor is a place or no cursor, but no fault`(cursor: String) async throws {
        let cinema = try await Cinema.shared.value
        for sort in Self.sorts {
            let answer = try await onLoop {
                try await cinema.ask(
                    """
                    { movies(after: "\(Self.cursor(of: sort, cursor))", sort: \(sort)) {
                        nodes { id }
                    } }
                    """)
            }
            #expect(answer.faults.isEmpty, "\(sort): \(answer.faults)")
        }
        let reviews = try await onLoop {
            try await cinema.ask(
                """
                { movie(id: "movie-1") { reviews(after: "reviews.\(cursor)") { nodes { id } } } }
                """)
        }
        #expect(reviews.faults.isEmpty, "\(reviews.faults)")
    }

    @Test(arguments: [0, -1, 101, 2_147_483_647, -2_147_483_648])
    func `a page has from 1 to 100`(first: Int) async throws {
        for document in [
            "{ movies(first: \(first)) { nodes { id } } }",
            #"{ movie(id: "movie-1") { reviews(first: \#(first)) { nodes { id } } } }"#,
        ] {
            let text = try await answer(document)
            #expect(text.contains("first has to be from 1 to 100; it is \(first)."))
            #expect(text.contains(#""code":"BAD_USER_INPUT""#))
        }
    }

    @Test func `lists know how many they have, and where they begin`() async throws {
        let text = try await answer("{ movies(first: 1) { totalCount } }")
        #expect(text == #"{"data":{"movies":{"totalCount":11}}}"#)
    }
}
