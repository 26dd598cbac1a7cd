import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets

/// How often passwords may be tried, in ten minutes: what was used comes back by and by.
package struct AttemptLimits: Sendable, Equatable {
    /// From one address; of IPv6 from one network of 64 bits.
    package var perAddress: Int
    /// For one account or email, from wherever.
    package var perAccount: Int

    package init(perAddress: Int = 100, perAccount: Int = 10) {
        (self.perAddress, self.perAccount) = (perAddress, perAccount)
    }
}

/// Whose password is tried.
enum Attempt {
    case email(String)
    case account(Int)
    /// What can be nobody's email.
    case text(String)

    /// An account has one, by whatever it is named, and whatever its email becomes. Of emails that
    /// nobody has, and of other texts, the hash: they may tell of people.
    fileprivate var key: Statement {
        switch self {
        case .email(let email):
            """
            coalesce((SELECT 'account ' || id FROM account WHERE email_key = fold(\(email))),
                'email ' || encode(sha256(convert_to(fold(\(email)), 'UTF8')), 'hex'))
            """
        case .account(let account): "'account ' || \(account)"
        case .text(let text):
            "'text ' || encode(\(Blob(SHA256Digest(of: Array(text.utf8)).bytes)), 'hex')"
        }
    }
}

extension RequestContext {
    /// Counts an attempt, and reads with `statement` in the same round trip, behind the question
    /// whether the credential is good: who has one that is not learns nothing of passwords. Throws
    /// where there have been too many. An attempt counts whatever becomes of it.
    func attempt(_ attempt: Attempt, reading statement: Statement) async throws -> KeptRows {
        let limits = accounts.limits
        var takings: [Statement] = [
            "SELECT take_allowance(\(attempt.key), \(limits.perAccount)::integer)"
        ]
        if let address = access.caller.address {
            takings.append(
                """
                SELECT take_allowance('address ' || network(set_masklen(address,
                    CASE family(address) WHEN 6 THEN 64 ELSE 32 END)),
                    \(limits.perAddress)::integer)
                FROM (SELECT \(address)::text::inet AS address) AS caller
                """)
        }
        let rows = try await change(with: takings + [Self.sweeping, statement])
        for taken in rows.prefix(takings.count) {
            let seconds = try taken[0].value(0, as: Double.self)
            if seconds > 0 { throw GraphQLError.tooManyAttempts(after: Int(seconds.rounded(.up))) }
        }
        return rows[takings.count + 1]
    }

    /// Each attempt takes away two of those that are back to nothing: more than come.
    private static let sweeping: Statement =
        """
        DELETE FROM allowance WHERE key IN (
            SELECT key FROM allowance WHERE updated_at < now() - interval '1 hour'
            ORDER BY updated_at LIMIT 2 FOR UPDATE SKIP LOCKED)
        """
}

extension GraphQLError {
    fileprivate static func tooManyAttempts(after seconds: Int) -> GraphQLError {
        var error = GraphQLError(
            "There were too many attempts; try again in \(seconds) s.", code: .rateLimited)
        error.retryAfterSeconds = seconds
        return error
    }
}
