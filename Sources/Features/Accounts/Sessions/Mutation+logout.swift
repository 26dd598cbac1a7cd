import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets

/// What comes of ending sessions.
struct EndSessionsPayload: EndSessionsPayloadFields, Sendable {
    let endedSessions: Int
}

extension Mutation {
    /// Whoever holds either token of a session may end it.
    func logout(
        refreshToken: String?, in context: RequestContext
    ) async throws -> EndSessionsPayload? {
        var condition: Statement = "false"
        if case .token(let claims) = context.access.caller.credential {
            condition = "id = \(claims.session)"
        }
        let given = refreshToken.map { OpaqueToken(parsing: Array($0.utf8)) }
        if let token = given ?? context.access.caller.cookie {
            let hash = Blob(token.digest.bytes)
            condition =
                "(\(condition) OR id = (SELECT session_id FROM refresh_token WHERE hash = \(hash)))"
        }
        context.access.cookie = .clear
        return try await context.endSessions(where: condition, as: .signedOut)
    }

    func logoutEverywhere(in context: RequestContext) async throws -> EndSessionsPayload? {
        let claims = try context.requireSession()
        context.access.cookie = .clear
        return try await context.endSessions(where: "account_id = \(claims.account)")
    }
}

extension RequestContext {
    /// Their access tokens are good no longer, and neither are their refresh tokens.
    func endSessions(
        where condition: Statement, as kind: SessionEventKind = .revoked
    ) async throws -> EndSessionsPayload {
        let rows = try await change(with: [
            """
            WITH ended AS (
                UPDATE session SET ended_at = now(), token_version = token_version + 1
                WHERE ended_at IS NULL AND expires_at > now() AND \(condition)
                RETURNING id, account_id
            ), told AS (\(kind.telling(of: "ended")))
            SELECT id FROM ended
            """
        ])
        return EndSessionsPayload(endedSessions: rows[0].count)
    }
}
