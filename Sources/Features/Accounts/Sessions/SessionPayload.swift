import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets

/// What comes of signing in, and of going on with that.
struct SessionPayload: SessionPayloadFields, Sendable {
    let accessToken: Text
    let accessTokenExpiresAt: DateTime
    let refreshToken: Text?
    let user: User
}

/// A refresh token on its way to whoever is to hold it.
struct NextToken: Sendable {
    let token = OpaqueToken.fresh()

    var hash: Blob { Blob(token.digest.bytes) }
    /// How long it is good for, and the session with it.
    static let lifetime: Statement = "interval '30 days'"
}

extension TokenMode {
    /// Whether scripts read the tokens of the session.
    var isReadable: Bool { self == .body }
}

extension RequestContext {
    /// A refresh token for whoever asks. Throws where there is no way to give it, which is to be
    /// found out before anything is looked at: else it would be told whether a password is right
    /// where nobody hears of it.
    func nextToken() throws(GraphQLError) -> NextToken {
        guard access.caller.takesCookies else { throw .tokensOverHTTP }
        return NextToken()
    }

    /// Begins a session of the one account that `account` selects, if it selects any.
    func beginSession(
        of account: Statement, _ mode: TokenMode, with next: NextToken
    ) async throws -> SessionPayload? {
        let caller = access.caller
        let rows = try await change(with: [
            """
            WITH account AS (\(account)), begun AS (
                INSERT INTO session (account_id, user_agent, address, is_readable, expires_at)
                SELECT id, \(caller.userAgent), \(caller.address)::text::inet,
                    \(mode.isReadable), now() + \(NextToken.lifetime) FROM account
                RETURNING id, account_id, token_version
            ), token AS (
                INSERT INTO refresh_token (hash, session_id, expires_at)
                SELECT \(next.hash), id, now() + \(NextToken.lifetime) FROM begun
            ), told AS (\(SessionEventKind.signedIn.telling(of: "begun")))
            SELECT \(Self.sessionColumns("begun")) FROM begun
            JOIN account ON account.id = account_id
            """
        ])
        return try rows[0].first.map { try payload($0, next, mode) }
    }

    /// What `payload` reads of the person, and of the session by that name.
    static func sessionColumns(_ session: Statement) -> Statement {
        """
        \(User.columns(if: "true")), account.token_version, \(session).id, \
        \(session).token_version
        """
    }

    /// Hands out the tokens of a session: to scripts only if the session is for such.
    func payload(_ row: KeptRow, _ next: NextToken, _ mode: TokenMode) throws -> SessionPayload {
        let user = try User(row)
        let claims = AccessClaims(
            account: user.number, accountVersion: try row.value(6), session: try row.value(7),
            sessionVersion: try row.value(8), isAdmin: try user.role == .admin)
        let token = accounts.tokens.issue(claims, atMilliseconds: now)
        if mode == .cookie { access.cookie = .set(next.token) }
        return SessionPayload(
            accessToken: Text(String(decoding: token, as: UTF8.self)),
            accessTokenExpiresAt: DateTime(milliseconds: now + AccessClaims.lifetimeMilliseconds),
            refreshToken: mode.isReadable ? Text(next.token.text) : nil, user: user)
    }
}

extension GraphQLError {
    static let tokensOverHTTP = GraphQLError(
        "Tokens are given over HTTP alone, where cookies can be set.", code: .forbidden)
}
