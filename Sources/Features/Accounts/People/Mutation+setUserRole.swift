import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

struct SetUserRolePayload: SetUserRolePayloadFields, Sendable {
    let user: User
}

extension Mutation {
    /// Access tokens from before are good no longer: what they were given for may have gone.
    func setUserRole(
        userId: Given<ID>, role: Role, in context: RequestContext
    ) async throws -> SetUserRolePayload? {
        let viewer = try context.requireViewer()
        let number = try userId.value(of: "userId").number(of: .user) ?? 0
        let rows = try await context.change(with: [
            lockingAdmins(and: number),
            try context.demandingAdmin().statement,
            Demand(
                condition: "\(role == .admin) OR \(isAdmin(besides: number))",
                refusal: .lastAdmin
            ).statement,
            """
            WITH changed AS (
                UPDATE account SET role = \(role), token_version = token_version + 1,
                    updated_at = now()
                WHERE id = \(number) AND role <> \(role) RETURNING id
            )
            INSERT INTO admin_log (actor_id, action, subject_type, subject_id, details)
            SELECT \(viewer), 'user.role', 'User', id,
                jsonb_build_object('role', \(role.rawValue)::text)
            FROM changed
            """,
            telling("account.role", of: number),
            "SELECT \(User.columns(if: "true")) FROM account WHERE id = \(number)",
        ])
        guard let row = rows[5].first else { throw GraphQLError.notFound(.user) }
        return SetUserRolePayload(user: try context.changed(row))
    }
}

/// Locks an account and those of all admins, always in the same order: of two changes that might
/// leave no admin the second sees what the first has done. Meanwhile nobody rates for them, either.
func lockingAdmins(and account: Int) -> Statement {
    """
    SELECT id FROM account WHERE id = \(account) OR role = 'ADMIN' ORDER BY id
    FOR UPDATE
    """
}

/// Whether there is an admin besides somebody.
func isAdmin(besides account: Int) -> Statement {
    "EXISTS (SELECT FROM account WHERE role = 'ADMIN' AND id <> \(account))"
}

extension RequestContext {
    /// That who asks is an admin, and by a key for admins if by any.
    func demandingAdmin() throws(GraphQLError) -> Demand {
        _ = try requireViewer()
        return Demand(condition: access.caller.credential.actsAsAdmin, refusal: .forbidden)
    }
}
