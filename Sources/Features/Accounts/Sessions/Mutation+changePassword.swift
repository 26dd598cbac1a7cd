import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets

extension Mutation {
    /// All other sessions end, and all tokens of this one are good no longer: passwords and tokens
    /// of this person that somebody has had are worth nothing any more. Keys go on, as the
    /// services do that have them.
    func changePassword(
        currentPassword: String, newPassword: String, in context: RequestContext
    ) async throws -> SessionPayload? {
        let next = try context.nextToken()
        let claims = try context.requireSession()
        var check = InputCheck()
        let given = check.password(newPassword, "newPassword")
        let chosen = try check.end(with: given)
        let stored = try await context.confirm(currentPassword, "currentPassword")
        let hash = try await context.accounts.hasher.hash(chosen)
        let rows = try await context.change(
            with: context.changing(stored, to: hash, of: claims, next))
        guard let row = rows[1].first else { throw GraphQLError.wrong("currentPassword") }
        let isReadable = try row.value(9, as: Bool.self)
        return try context.payload(row, next, isReadable ? .body : .cookie)
    }
}

extension RequestContext {
    /// The stored password of the viewer, if `password` is that.
    func confirm(_ password: String, _ name: String) async throws -> StoredPassword {
        let account = try requireSession().account
        let rows = try await attempt(
            .account(account),
            reading: "SELECT id, password_hash FROM account WHERE id = \(account)")
        let stored = try StoredPassword(rows.first)
        let confirmed = try await verified(password, against: stored) { _ in stored }
        guard let confirmed else { throw GraphQLError.wrong(name) }
        return confirmed
    }

    /// The first statement changes nothing where the password was changed meanwhile, and then the
    /// others do neither.
    fileprivate func changing(
        _ stored: StoredPassword, to hash: PasswordHash, of claims: AccessClaims, _ next: NextToken
    ) -> [Statement] {
        [
            """
            UPDATE account SET password_hash = \(hash.text), token_version = token_version + 1,
                updated_at = now()
            WHERE id = \(claims.account) AND password_hash = \(stored.text)
            """,
            """
            WITH account AS (
                SELECT * FROM account
                WHERE id = \(claims.account) AND password_hash = \(hash.text)
            ), others AS (
                UPDATE session SET ended_at = now(), token_version = session.token_version + 1
                FROM account
                WHERE account_id = account.id AND session.id <> \(claims.session)
                    AND ended_at IS NULL
                RETURNING session.id, account_id
            ), told AS (\(SessionEventKind.passwordChanged.telling(of: "others"))), spent AS (
                UPDATE refresh_token SET used_at = now() FROM account
                WHERE session_id = \(claims.session) AND used_at IS NULL
                RETURNING session_id
            ), token AS (
                INSERT INTO refresh_token (hash, session_id, expires_at)
                SELECT \(next.hash), session_id, now() + \(NextToken.lifetime) FROM spent
            )
            SELECT \(Self.sessionColumns("session")), is_readable FROM spent
            JOIN session ON session.id = session_id JOIN account ON account.id = account_id
            """,
        ]
    }
}

extension GraphQLError {
    /// A password that somebody was asked for again.
    static func wrong(_ name: String) -> GraphQLError {
        GraphQLError("\(name) is wrong.", breaking: "WRONG", at: [.key(name)])
    }
}
