import Features
import JSON
import Postgres
import Reactor
import TestSupport
import Testing

/// Profiles, roles, and the list of all people.
@Suite struct PeopleTests {
    @Test func `a person changes what is said of the person`() async throws {
        try await withCinema("profiles") { cinema in
            let dora = try await cinema.register("dora")
            let changed = try await cinema.ask(
                """
                mutation { a: updateProfile(name: " Dora D. ") { user { name email } }
                    b: updateProfile(email: "D@films.example", currentPassword: "correct horse") {
                        user { name email } }
                    c: updateProfile { user { name } } }
                """, with: dora)
            #expect(
                changed.text == """
                    {"data":{"a":{"user":{"name":"Dora D.","email":"dora@films.example"}},\
                    "b":{"user":{"name":"Dora D.","email":"D@films.example"}},\
                    "c":{"user":{"name":"Dora D."}}}}
                    """)
            let taken = try await cinema.ask(
                """
                mutation { updateProfile(email: "ADA@example.com",
                    currentPassword: "\(Cinema.password)") { user { id } } }
                """, with: dora)
            #expect(try taken.codes() == ["CONFLICT"])
            let faulty = try await cinema.ask(
                #"mutation { updateProfile(name: "", email: "x") { user { id } } }"#, with: dora)
            #expect(
                faulty.text.contains(
                    #"[{"path":["name"],"rule":"REQUIRED"},{"path":["email"],"rule":"EMAIL"},"#
                        + #"{"path":["currentPassword"],"rule":"REQUIRED"}]"#))
            let stranger = try await cinema.ask("mutation { updateProfile { user { id } } }")
            #expect(try stranger.codes() == ["UNAUTHENTICATED"])
        }
    }

    @Test func `who changes an email shows the password`() async throws {
        try await withCinema("changed_email") { cinema in
            let dora = try await cinema.register("dora")
            func change(_ arguments: String) async throws -> Cinema.Answer {
                try await cinema.ask(
                    "mutation { updateProfile(\(arguments)) { user { name email } } }", with: dora)
            }
            let email = #"name: "Eve", email: "eve@films.example""#
            for arguments in [email, "\(email), currentPassword: null"] {
                let answer = try await change(arguments)
                let details = #""details":[{"path":["currentPassword"],"rule":"REQUIRED"}]"#
                #expect(answer.text.contains(details), "\(answer.text)")
            }
            let wrong = try await change(#"\#(email), currentPassword: "wrong horse""#)
            let details = #""details":[{"path":["currentPassword"],"rule":"WRONG"}]"#
            #expect(wrong.text.contains(details), "\(wrong.text)")
            let unchanged: Statement =
                "SELECT count(*) FROM account WHERE email = 'dora@films.example' AND name = 'dora'"
            #expect(try await cinema.number(unchanged) == 1)
            let named = try await change(#"name: "D", currentPassword: "wrong horse""#)
            #expect(try named.codes() == [])
            let changed = try await change(#"\#(email), currentPassword: "\#(Cinema.password)""#)
            #expect(
                changed.text == """
                    {"data":{"updateProfile":{"user":{"name":"Eve","email":"eve@films.example"}}}}
                    """)
            #expect(try await cinema.login("eve").codes() == [])
            #expect(try await cinema.login("dora").codes() == ["UNAUTHENTICATED"])
        }
    }

    private static func setting(_ user: String, _ role: String) -> String {
        """
        mutation { setUserRole(userId: "\(user)", role: \(role)) { user { role } } }
        """
    }

    @Test func `an admin gives roles, and tokens from before end`() async throws {
        try await withCinema("roles") { cinema in
            let dora = try await cinema.register("dora")
            for (viewer, code) in [(nil, "UNAUTHENTICATED"), (1, "FORBIDDEN")] as [(Int?, String)] {
                let answer = try await cinema.ask(Self.setting("user-5", "ADMIN"), viewer: viewer)
                #expect(try answer.codes() == [code])
            }
            #expect(
                try await cinema.ask(Self.setting("user-5", "ADMIN"), with: dora).codes()
                    == ["FORBIDDEN"])
            let same = try await cinema.ask(Self.setting("user-5", "USER"), viewer: 4)
            #expect(same.text == #"{"data":{"setUserRole":{"user":{"role":"USER"}}}}"#)
            #expect(try await cinema.viewer(of: dora) == "dora")
            let raised = try await cinema.ask(Self.setting("user-5", "ADMIN"), viewer: 4)
            #expect(raised.text == #"{"data":{"setUserRole":{"user":{"role":"ADMIN"}}}}"#)
            #expect(try await cinema.viewer(of: dora) == nil)
            let admin = try SignedIn(await cinema.refresh(dora))
            let lowered = try await cinema.ask(Self.setting("user-4", "USER"), with: admin)
            #expect(lowered.text == #"{"data":{"setUserRole":{"user":{"role":"USER"}}}}"#)
            for missing in ["user-99", "movie-1"] {
                let answer = try await cinema.ask(Self.setting(missing, "USER"), with: admin)
                #expect(try answer.codes() == ["NOT_FOUND"])
            }
            let last = try await cinema.ask(Self.setting("user-5", "USER"), with: admin)
            #expect(try last.codes() == ["CONFLICT"])
            let log: Statement =
                "SELECT count(*) FROM admin_log WHERE action = 'user.role' AND actor_id IN (4, 5)"
            #expect(try await cinema.number(log) == 2)
        }
    }

    @Test func `two admins who make each other none leave one`() async throws {
        try await withCinema("two_admins", { $0.leasedConnections = 2 }) { cinema in
            try await cinema.change("UPDATE account SET role = 'ADMIN' WHERE id = 3")
            let tasks = [(3, "user-4"), (4, "user-3")].map { viewer, other in
                Task { @EventLoop in
                    try await cinema.ask(Self.setting(other, "USER"), viewer: viewer)
                }
            }
            for task in tasks { _ = try await task.value }
            #expect(
                try await cinema.number("SELECT count(*) FROM account WHERE role = 'ADMIN'") == 1)
        }
    }

    @Test func `admins see all people, a page at a time`() async throws {
        let cinema = try await Cinema.shared.value
        try await onLoop {
            let first = try await cinema.ask(
                """
                { users(first: 2) { nodes { name email } edges { cursor }
                    pageInfo { hasNextPage hasPreviousPage endCursor } } }
                """, viewer: 4)
            #expect(
                first.text.contains(
                    #"[{"name":"Root","email":"root@example.com"},{"name":"Carla","#), "\(first)")
            #expect(first.roundTrips == 1)
            let root = try JSONDocument.parse(Array(first.text.utf8)).root
            let info = root["data"]?["users"]?["pageInfo"]
            let cursor = try #require(info?["endCursor"]?.stringValue)
            let rest = try await cinema.ask(
                #"{ users(after: "\#(cursor)") { nodes { name } pageInfo { hasNextPage } } }"#,
                viewer: 4)
            #expect(
                rest.text == """
                    {"data":{"users":{"nodes":[{"name":"Ada"},{"name":"Ben"}],\
                    "pageInfo":{"hasNextPage":false}}}}
                    """)
            for (search, names) in [
                ("ADA@", #"[{"name":"Ada"}]"#), ("%", "[]"), ("_", "[]"), ("\\\\", "[]"),
            ] {
                let found = try await cinema.ask(
                    #"{ users(search: "\#(search)") { nodes { name } } }"#, viewer: 4)
                #expect(found.text == #"{"data":{"users":{"nodes":\#(names)}}}"#, "\(found)")
            }
        }
    }

    @Test func `nobody else sees the list`() async throws {
        let users = "{ users { nodes { email } } }"
        #expect(try await answer(users).contains("UNAUTHENTICATED"))
        for viewer in [1, 99] {
            let text = try await answer(users, viewer: viewer)
            #expect(text.contains(#""code":"FORBIDDEN""#))
            #expect(!text.contains("data") && !text.contains("@"))
        }
    }
}
