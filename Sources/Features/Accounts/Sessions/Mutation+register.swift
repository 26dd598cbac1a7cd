import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets

extension Mutation {
    func register(
        name: String, email: String, password: String, tokenMode: TokenMode,
        in context: RequestContext
    ) async throws -> SessionPayload? {
        let next = try context.nextToken()
        var check = InputCheck()
        let name = check.line(name, "name", atMost: 80)
        let email = check.email(email)
        let given = check.password(password)
        let chosen = try check.end(with: given)
        _ = try await context.attempt(.email(email), reading: "SELECT")
        let hash = try await context.accounts.hasher.hash(chosen)
        let begun = try await reportingTakenEmail {
            try await context.beginSession(
                of: """
                    INSERT INTO account (name, email, password_hash)
                    VALUES (\(name), \(email), \(hash.text)) RETURNING *
                    """, tokenMode, with: next)
        }
        guard let begun else { preconditionFailure("an account that is made is there") }
        return begun
    }
}

/// Says of an email that somebody has already, by the constraint of the data model, that it is so.
@EventLoop func reportingTakenEmail<Result>(
    _ body: @EventLoop () async throws -> Result
) async throws -> Result {
    do {
        return try await body()
    } catch let error as PostgresError
        where error.serverError?.constraint == "account_email_unique"
    {
        var conflict = GraphQLError("There is an account with this email.", code: .conflict)
        conflict.details = [InputFault([.key("email")], "UNIQUE")]
        throw conflict
    }
}
