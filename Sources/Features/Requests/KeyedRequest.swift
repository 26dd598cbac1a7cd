import GraphQLExecution
import GraphQLTypes
import JSON
import Postgres
import Reactor
import Secrets

/// A request that has an `Idempotency-Key`, as the database knows it.
struct KeyedRequest: Sendable {
    /// The longest answer that is kept to be repeated.
    static let mostAnswerBytes = 65_536

    private let scope: Statement
    private let account: Int
    private let key: String
    private let hash: Blob
    private let lifetimeSeconds: Int

    /// Keys are those of whoever sends them: nobody finds the answers of somebody else.
    init(
        _ key: IdempotencyKey, of credential: Credential, _ request: EngineRequest,
        _ rules: IdempotencyRules
    ) throws(GraphQLError) {
        guard let account = credential.account else { throw .anonymousIdempotencyKey }
        if case .key(let key) = credential {
            scope = "'key ' || encode(\(key.hash), 'hex')"
        } else {
            scope = "'account ' || \(account)"
        }
        (self.account, self.key) = (account, key.text)
        hash = Blob(Self.hash(of: request).bytes)
        lifetimeSeconds = rules.lifetimeSeconds
    }

    /// Of all that says what is to be done. Variables count as they are written.
    private static func hash(of request: EngineRequest) -> SHA256Digest {
        var bytes: [UInt8] = []
        let name = request.operationName.map { Array($0.utf8)[...] }
        for part in [request.source[...], name, request.variables?.text] {
            let count = part.map { UInt64($0.count) } ?? .max
            withUnsafeBytes(of: count.bigEndian) { bytes.append(contentsOf: $0) }
            bytes += part ?? []
        }
        return SHA256Digest(of: bytes)
    }

    /// Fails its transaction if the key has been used, or is in use.
    var taking: Statement {
        """
        SELECT take_idempotency_key(\(scope), \(key), \(account), \(hash),
            \(lifetimeSeconds) * interval '1 second')
        """
    }

    func keeping(_ answer: [UInt8]) -> Statement {
        """
        UPDATE idempotency_key SET answer = \(Blob(answer))
        WHERE scope = \(scope) AND key = \(key)
        """
    }

    /// Whether the request was the same, and its answer.
    var asking: Statement {
        """
        SELECT request_hash = \(hash), answer FROM idempotency_key
        WHERE scope = \(scope) AND key = \(key) AND expires_at > now()
        """
    }
}
