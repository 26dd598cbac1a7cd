import Features
import GraphQLTypes
import JSON
import Reactor
import Secrets
import Testing

/// What somebody holds who has signed in.
struct SignedIn: Sendable {
    let access: String
    /// Of an answer, or of a cookie.
    let refresh: String
    let isReadable: Bool

    @EventLoop init(_ answer: Cinema.Answer) throws {
        let data = try JSONDocument.parse(Array(answer.text.utf8)).root["data"]
        let fields: [StaticString] = ["register", "login", "refreshSession", "changePassword"]
        let found = fields.compactMap { data?[$0] }.first
        let payload = try #require(found, "\(answer.text) \(answer.faults)")
        access = try #require(payload["accessToken"]?.stringValue, "\(answer.text)")
        if case .set(let token) = answer.cookie {
            (refresh, isReadable) = (token.text, false)
            #expect(payload["refreshToken"]?.isNull == true)
        } else {
            (refresh, isReadable) = (try #require(payload["refreshToken"]?.stringValue), true)
        }
    }
}

extension Cinema {
    nonisolated static let tokens =
        "accessToken accessTokenExpiresAt refreshToken user { id name email role }"
    nonisolated static let password = "correct horse"

    /// The caller that such an `Authorization` makes.
    func caller(authorization: String) throws -> Caller {
        try accounts.caller(
            authorization: [Array(authorization.utf8)[...]], atMilliseconds: Self.now)
    }

    func ask(_ document: String, with person: SignedIn) async throws -> Answer {
        try await ask(document, as: caller(authorization: "Bearer \(person.access)"))
    }

    func ask(_ document: String, withCookie token: String) async throws -> Answer {
        var caller = Caller()
        caller.cookie = OpaqueToken(parsing: Array(token.utf8))
        return try await ask(document, as: caller)
    }

    func register(_ name: String, mode: String = "BODY") async throws -> SignedIn {
        try SignedIn(
            await ask(
                """
                mutation { register(name: "\(name)", email: "\(name)@films.example",
                    password: "\(Self.password)", tokenMode: \(mode)) { \(Self.tokens) } }
                """))
    }

    func login(
        _ name: String, password: String = Cinema.password, mode: String = "BODY"
    ) async throws -> Answer {
        try await ask(
            """
            mutation { login(email: "\(name)@films.example", password: "\(password)",
                tokenMode: \(mode)) { \(Self.tokens) } }
            """)
    }

    /// The number of the account that answers to its access token; nothing if it is refused.
    func viewer(of person: SignedIn) async throws -> String? {
        let answer = try await ask("{ viewer { name } }", with: person)
        guard try answer.codes() != ["UNAUTHENTICATED"] else {
            #expect(!answer.text.contains("data"))
            return nil
        }
        let root = try JSONDocument.parse(Array(answer.text.utf8)).root
        return root["data"]?["viewer"]?["name"]?.stringValue
    }

    func refresh(_ person: SignedIn) async throws -> Answer {
        let selection = "{ \(Self.tokens) }"
        if person.isReadable {
            return try await ask(
                #"mutation { refreshSession(refreshToken: "\#(person.refresh)") \#(selection) }"#)
        }
        return try await ask(
            "mutation { refreshSession \(selection) }", withCookie: person.refresh)
    }
}
