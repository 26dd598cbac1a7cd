import Features
import GraphQLHTTP
import Postgres
import Secrets

/// What the configuration says about parts of the endpoint.
extension AccountService {
    convenience init(_ configuration: Configuration) {
        self.init(
            SigningKeys(configuration.signingKeys),
            limits: AttemptLimits(
                perAddress: configuration.attempts.perAddress,
                perAccount: configuration.attempts.perAccount))
    }
}

extension IdempotencyRules {
    init(_ configuration: Configuration, _ recorder: IdempotencyRecorder) {
        self.init(
            lifetimeSeconds: configuration.idempotency.lifetimeMilliseconds / 1_000,
            recorder: recorder)
    }
}

extension DocumentDesk {
    convenience init(
        _ configuration: Configuration, _ pool: PostgresPool, _ recorder: DocumentRecorder
    ) {
        let table = DocumentTable(
            pool, patienceMilliseconds: UInt64(configuration.timeLimits.requestMilliseconds),
            keepsQueries: configuration.documents.policy == .any)
        self.init(DocumentSettings(configuration), shelf: table, recorder: recorder)
    }
}

extension DocumentSettings {
    init(_ configuration: Configuration) {
        self.init()
        policy = configuration.documents.policy
        maximumBytes = configuration.documents.memoryBytes
        isPersisting = configuration.documents.isPersisting
        refreshMilliseconds = UInt64(configuration.documents.refreshMilliseconds)
    }
}
