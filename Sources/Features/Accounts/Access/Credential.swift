import Bytes
import GraphQLExecution
package import GraphQLTypes
import Postgres
import Reactor
import Secrets

/// By what a request shows who asks.
package enum Credential: Sendable {
    case nothing
    /// An access token that is right and in time. Whether its session goes on, the database knows.
    case token(AccessClaims)
    /// The key of a service. Whether it is one, and what it may do, the database knows.
    case key(KeyText)
    /// The number of an account without any proof. For development alone.
    case claim(account: Int)

    /// Whether an access token says so.
    package var isOfAdministrator: Bool {
        if case .token(let claims) = self { claims.isAdmin } else { false }
    }

    var account: Int? {
        switch self {
        case .nothing: nil
        case .token(let claims): claims.account
        case .key(let key): key.account
        case .claim(let account): account
        }
    }
}

extension Credential {
    /// What has to hold in the database for the credential to be good for something that keys do
    /// by one of their scopes, and that demands what these rules say. Nothing where the database
    /// knows nothing of it.
    func demands(_ scope: ApiKeyScope, _ rules: [AccessRule]) -> [Demand] {
        switch self {
        case .nothing: []
        case .token(let claims): [Demand(condition: claims.condition, refusal: .stale)]
        case .claim:
            rules.contains { $0.isForAdmins }
                ? [Demand(condition: isOfAdmin, refusal: .forbidden)] : []
        case .key(let key): demands(scope, rules, of: key)
        }
    }

    private func demands(
        _ scope: ApiKeyScope, _ rules: [AccessRule], of key: KeyText
    ) -> [Demand] {
        let scopes = Set([scope.rawValue] + rules.compactMap(\.scope)).sorted()
        let mayAll = key.condition("scopes @> \(scopes)")
        var demands = [
            Demand(condition: key.condition("true"), refusal: .stale),
            Demand(condition: mayAll, refusal: .outOfScope),
        ]
        if rules.contains(where: { $0.isForAdmins }) {
            demands.append(Demand(condition: isOfAdmin, refusal: .forbidden))
        }
        return demands
    }

    private var isOfAdmin: Statement {
        """
        EXISTS (
            SELECT FROM account AS asking WHERE asking.id = \(account) AND asking.role = 'ADMIN')
        """
    }

    /// The condition that who asks sees and does what admins do: is one, and asks by a key that is
    /// for that if by any.
    var actsAsAdmin: Statement {
        guard case .key(let key) = self else { return isOfAdmin }
        let isForThat = key.condition("\(ApiKeyScope.admin.rawValue) = ANY(scopes)")
        return "(\(isOfAdmin) AND \(isForThat))"
    }
}

extension AccessRule {
    /// What keeps to a new role of the contract has to be written first: until then this does not
    /// compile.
    var isForAdmins: Bool {
        switch Role(rawValue: role) {
        case .user: false
        // What is no role of the contract is nobody's but theirs.
        case .admin, nil: true
        }
    }
}

extension AccessClaims {
    fileprivate var condition: Statement {
        """
        EXISTS (
            SELECT FROM session JOIN account ON account.id = account_id
            WHERE session.id = \(session) AND account.id = \(account)
                AND session.token_version = \(sessionVersion)
                AND account.token_version = \(accountVersion) AND \(Session.isOpen))
        """
    }
}

extension KeyText {
    /// Whether it is good, and something more is so.
    func condition(_ more: Statement) -> Statement {
        """
        EXISTS (
            SELECT FROM api_key
            WHERE hash = \(hash) AND account_id = \(account) AND revoked_at IS NULL
                AND (expires_at IS NULL OR expires_at > now()) AND \(more))
        """
    }

    /// How long it is good; NULL where that is not limited.
    var lifetimeMilliseconds: Statement {
        """
        (SELECT 1000 * extract(epoch FROM expires_at - now())::double precision FROM api_key
            WHERE hash = \(hash))
        """
    }

    /// Puts down that it was used, not more often than once a minute.
    var use: Statement {
        """
        UPDATE api_key SET last_used_at = now()
        WHERE hash = \(hash)
            AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
        """
    }

    /// Whether `use` would put something down.
    var isUseDue: Statement {
        """
        EXISTS (
            SELECT FROM api_key WHERE hash = \(hash)
                AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute'))
        """
    }
}

extension AccountService {
    /// What stands in the `Authorization` fields of a request (RFC 9110 section 11.6.2). Throws
    /// where that is no credential, or one that is good no longer.
    package func caller(
        authorization fields: [ArraySlice<UInt8>], atMilliseconds now: Int64
    ) throws(GraphQLError) -> Caller {
        guard let field = fields.first else { return Caller() }
        let parts = field.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: true)
        guard fields.count == 1, parts.count == 2 else { throw .faultyCredential }
        if parts[0].equalsIgnoringCase("bearer") {
            do throws(TokenFault) {
                let token = try tokens.verify(Array(parts[1]), atMilliseconds: now)
                var caller = Caller(.token(token.claims))
                caller.expiresAtMilliseconds = 1_000 * token.expiresAtSeconds
                return caller
            } catch {
                throw .staleCredential
            }
        }
        guard parts[0].equalsIgnoringCase("apikey") else { throw .faultyCredential }
        guard let key = KeyText(parsing: parts[1]) else { throw .staleCredential }
        return Caller(.key(key))
    }
}

extension GraphQLError {
    package static let faultyCredential = GraphQLError(
        "Authorization has to be \"Bearer\" and one access token, or \"ApiKey\" and one key.",
        code: .unauthenticated)

    static let staleCredential = GraphQLError(
        "The access token or key is not valid, or not any more: refresh the session, or sign in.",
        code: .unauthenticated)

    static let lastAdmin = GraphQLError(
        "There would be no admin any more to do that for: make somebody else one first.",
        code: .conflict)

    static let outOfScope = GraphQLError("The key does not have the scope.", code: .forbidden)

    static let forPeople = GraphQLError(
        "A person who has signed in may do this; a key may not.", code: .forbidden)
}
