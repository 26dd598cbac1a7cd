import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

struct UpdateProfilePayload: UpdateProfilePayloadFields, Sendable {
    let user: User
}

extension Mutation {
    /// Another email asks for the password again: it says who signs in, and an access token that
    /// somebody has borrowed shall keep nobody out.
    func updateProfile(
        name: String?, email: String?, currentPassword: String?, in context: RequestContext
    ) async throws -> UpdateProfilePayload? {
        let viewer = try context.requirePerson()
        var check = InputCheck()
        let name = name.map { check.line($0, "name", atMost: 80) }
        let email = email.map { check.email($0) }
        if email != nil, currentPassword == nil {
            check.add(
                "REQUIRED", of: "currentPassword", "Another email needs the currentPassword.")
        }
        try check.end()
        var isConfirmed: Statement = "true"
        if email != nil, let currentPassword {
            let stored = try await context.confirm(currentPassword, "currentPassword")
            isConfirmed = "password_hash = \(stored.text)"
        }
        let rows = try await reportingTakenEmail {
            try await context.change(with: [
                """
                UPDATE account SET name = coalesce(\(name), name),
                    email = coalesce(\(email), email), updated_at = now()
                WHERE id = \(viewer) AND \(isConfirmed) RETURNING \(User.columns(if: "true"))
                """
            ])
        }
        guard let row = rows[0].first else {
            throw email == nil ? .unauthenticated : GraphQLError.wrong("currentPassword")
        }
        return UpdateProfilePayload(user: try context.changed(row))
    }
}

extension RequestContext {
    /// A person as the change left it: what was loaded before is no longer so.
    func changed(_ row: KeptRow) throws -> User {
        let user = try User(row)
        users.clear(user.number)
        users.prime(user.number, with: user)
        return user
    }
}
