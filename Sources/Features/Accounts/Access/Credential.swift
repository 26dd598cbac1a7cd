import Bytes
package import GraphQLTypes
import Postgres
import Reactor
import Secrets

/// By what a request shows who asks.
package enum Credential: Sendable {
    case nothing
    /// An access token that is right and in time. Whether its session goes on, the database knows.
    case token(AccessClaims)
    /// The number of an account without any proof. For development alone.
    case claim(account: Int)

    var account: Int? {
        switch self {
        case .nothing: nil
        case .token(let claims): claims.account
        case .claim(let account): account
        }
    }
}

extension Credential {
    /// What has to hold in the database for the credential to be good; nothing where it knows
    /// nothing of it.
    var condition: Statement? {
        switch self {
        case .nothing, .claim: nil
        case .token(let claims):
            """
            EXISTS (
                SELECT FROM session JOIN account ON account.id = account_id
                WHERE session.id = \(claims.session) AND account.id = \(claims.account)
                    AND session.token_version = \(claims.sessionVersion)
                    AND account.token_version = \(claims.accountVersion)
                    AND ended_at IS NULL AND expires_at > now())
            """
        }
    }
}

extension AccountService {
    /// What stands in the `Authorization` fields of a request (RFC 9110 section 11.6.2). Throws
    /// where that is no credential, or one that is good no longer.
    package func credential(
        authorization fields: [ArraySlice<UInt8>], atMilliseconds now: Int64
    ) throws(GraphQLError) -> Credential {
        guard let field = fields.first else { return .nothing }
        let parts = field.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: true)
        guard fields.count == 1, parts.count == 2, parts[0].equalsIgnoringCase("bearer") else {
            throw .faultyCredential
        }
        do throws(TokenFault) {
            return .token(try tokens.verify(Array(parts[1]), atMilliseconds: now).claims)
        } catch {
            throw .staleCredential
        }
    }
}

extension GraphQLError {
    static let faultyCredential = GraphQLError(
        "Authorization has to be \"Bearer\" and one access token.", code: .unauthenticated)

    static let staleCredential = GraphQLError(
        "The access token is not valid, or not any more: refresh the session, or sign in.",
        code: .unauthenticated)
}
