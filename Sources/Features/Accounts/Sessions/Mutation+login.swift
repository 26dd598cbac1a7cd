import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets

extension Mutation {
    /// Who has no account, or no password, is answered like who has a wrong one, and after the
    /// same work.
    func login(
        email: String, password: String, tokenMode: TokenMode, in context: RequestContext
    ) async throws -> SessionPayload? {
        let next = try context.nextToken()
        let stored = try await context.storedPassword(ofEmail: email)
        let begun = try await context.verified(password, against: stored) { renewal in
            // Whoever has changed the password meanwhile wants the old one to be good no longer.
            try await context.beginSession(
                of: """
                    UPDATE account SET password_hash = \(renewal ?? stored?.text)
                    WHERE id = \(stored?.account) AND password_hash = \(stored?.text) RETURNING *
                    """, tokenMode, with: next)
        }
        guard let begun else { throw GraphQLError.wrongPassword }
        return begun
    }
}

/// The hash of somebody's password, as it is stored.
struct StoredPassword: Sendable {
    let account: Int
    let text: String

    init?(_ row: KeptRow?) throws {
        guard let row, let text: String = try row.value(1, as: String?.self) else { return nil }
        (account, self.text) = (try row.value(0), text)
    }
}

extension RequestContext {
    /// Nothing where nobody has this email, or no password goes with it.
    fileprivate func storedPassword(ofEmail text: String) async throws -> StoredPassword? {
        var check = InputCheck()
        let email = check.email(text)
        // What can be no email is asked for, too, as one that nobody has.
        let isEmail = (try? check.end()) != nil
        let asked = isEmail ? email : ""
        let rows = try await attempt(
            isEmail ? .email(email) : .text(text),
            reading: "SELECT id, password_hash FROM account WHERE email_key = fold(\(asked))")
        return try StoredPassword(rows.first)
    }

    /// Runs `body` if `password` is the one stored, with a new hash of it where there has to be
    /// one.
    func verified<Result>(
        _ password: String, against stored: StoredPassword?,
        _ body: @EventLoop (_ renewal: String?) async throws -> Result?
    ) async throws -> Result? {
        let verdict = try await accounts.hasher.verify(
            password, against: stored.flatMap { PasswordHash(parsing: $0.text) })
        switch verdict {
        case .wrong: return nil
        case .right(let needsRenewal):
            guard needsRenewal, let chosen = try? Password(password) else {
                return try await body(nil)
            }
            return try await body(try await accounts.hasher.hash(chosen).text)
        }
    }
}

extension GraphQLError {
    static let wrongPassword = GraphQLError(
        "The email or the password is wrong.", code: .unauthenticated)
}
