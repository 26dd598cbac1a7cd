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
        return try await context.endSessions(where: condition)
    }

    func logoutEverywhere(in context: RequestContext) async throws -> EndSessionsPayload? {
        let claims = try context.requireSession()
        context.access.cookie = .clear
        return try await context.endSessions(where: "account_id = \(claims.account)")
    }
}

extension RequestContext {
    /// Their access tokens are good no longer, and neither are their refresh tokens.
    func endSessions(where condition: Statement) async throws -> EndSessionsPayload {
        let rows = try await change(with: [
            """
            UPDATE session SET ended_at = now(), token_version = token_version + 1
            WHERE ended_at IS NULL AND expires_at > now() AND \(condition) RETURNING id
            """
        ])
        return EndSessionsPayload(endedSessions: rows[0].count)
    }
}
