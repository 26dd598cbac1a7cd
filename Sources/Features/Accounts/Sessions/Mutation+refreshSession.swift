import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets

extension Mutation {
    /// A token comes back the way it was given: one of a cookie gets another cookie, and is
    /// nothing to whoever has read it somewhere.
    func refreshSession(
        refreshToken: String?, in context: RequestContext
    ) async throws -> SessionPayload? {
        let next = try context.nextToken()
        let given = try context.refreshToken(refreshToken)
        let hash = Blob(given.token.digest.bytes)
        let rows = try await context.change(with: [
            context.spending(hash, given.mode, for: next),
            RequestContext.endingFamily(of: hash, unless: next),
        ])
        guard let row = rows[0].first else {
            if given.mode == .cookie { context.access.cookie = .clear }
            throw GraphQLError.staleRefreshToken
        }
        return try context.payload(row, next, given.mode)
    }
}

extension RequestContext {
    /// The one that is given, or else that of the cookie.
    fileprivate func refreshToken(
        _ text: String?
    ) throws(GraphQLError) -> (token: OpaqueToken, mode: TokenMode) {
        if let text {
            guard let token = OpaqueToken(parsing: Array(text.utf8)) else {
                throw .staleRefreshToken
            }
            return (token, .body)
        }
        guard let token = access.caller.cookie else { throw .staleRefreshToken }
        return (token, .cookie)
    }

    /// Of all who use the same token at once one finds it unused: the others wait for its row.
    fileprivate func spending(
        _ hash: Blob, _ mode: TokenMode, for next: NextToken
    ) -> Statement {
        """
        WITH spent AS (
            UPDATE refresh_token SET used_at = now() FROM session
            WHERE hash = \(hash) AND used_at IS NULL AND refresh_token.expires_at > now()
                AND session.id = session_id AND ended_at IS NULL
                AND is_readable = \(mode.isReadable)
            RETURNING session_id
        ), token AS (
            INSERT INTO refresh_token (hash, session_id, expires_at)
            SELECT \(next.hash), session_id, now() + \(NextToken.lifetime) FROM spent
        ), continued AS (
            UPDATE session SET last_used_at = now(), expires_at = now() + \(NextToken.lifetime),
                address = coalesce(\(access.caller.address)::text::inet, address)
            FROM spent WHERE id = session_id
            RETURNING id, account_id, token_version
        )
        SELECT \(Self.sessionColumns("continued")) FROM continued
        JOIN account ON account.id = account_id
        """
    }

    /// One that was used before is in two hands, of which one has stolen it: the session ends.
    fileprivate static func endingFamily(of hash: Blob, unless next: NextToken) -> Statement {
        """
        WITH ended AS (
            UPDATE session SET ended_at = now(), token_version = token_version + 1
            FROM refresh_token
            WHERE hash = \(hash) AND used_at IS NOT NULL AND session.id = session_id
                AND ended_at IS NULL
                AND NOT EXISTS (SELECT FROM refresh_token WHERE hash = \(next.hash))
            RETURNING session.id, account_id
        ), told AS (\(SessionEventKind.tokenReused.telling(of: "ended")))
        INSERT INTO admin_log (actor_id, action, subject_type, subject_id)
        SELECT account_id, 'session.reuse', 'Session', id FROM ended
        """
    }
}

extension GraphQLError {
    static let staleRefreshToken = GraphQLError(
        "There is no refresh token, or it is good no longer: sign in.", code: .unauthenticated)
}
