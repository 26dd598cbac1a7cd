import Features
import GraphQLExecution
import GraphQLValidation
import RateLimiting
import Secrets

/// The limits of a service, as its configuration and its contract say.
struct RateLimits: Sendable {
    let address: RateLimit?
    let account: RateLimit?
    let key: RateLimit?
    let cost: RateLimit?
    let fields: [FieldRateLimit: RateLimit]

    init(_ configuration: Configuration.Rates, fields: FieldRateLimits) {
        func limit(
            _ name: String, _ unit: RateLimit.Unit, _ rate: Configuration.Rate?
        ) -> RateLimit? {
            rate.map {
                RateLimit(name, unit, quota: $0.quota, windowSeconds: $0.windowSeconds)
            }
        }
        address = limit("address", .requests, configuration.address)
        account = limit("account", .requests, configuration.account)
        key = limit("key", .requests, configuration.key)
        cost = limit("cost", .points, configuration.cost)
        self.fields = Dictionary(
            fields.all.map { field in
                let name = "\(field.coordinate)/\(field.windowSeconds)s/\(field.scope.rawValue)"
                return (
                    field,
                    RateLimit(
                        name, .fields, quota: field.limit, windowSeconds: field.windowSeconds)
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// What the limit is, for metrics.
    func kind(of limit: RateLimit) -> RateRecorder.Outcome {
        RateRecorder.Outcome(rawValue: limit.name) ?? .field
    }
}

extension Credential {
    /// Who is limited; nothing for strangers. A key is, and not the account that it says: that of
    /// another may stand in a key that is none.
    var rateSubject: RateSubject? {
        switch self {
        case .nothing: nil
        case .token(let claims): .account(claims.account)
        case .claim(let account): .account(account)
        case .key(let key):
            key.secret.digest.bytes.withUnsafeBytes {
                .key(
                    $0.loadUnaligned(as: UInt64.self),
                    $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
        }
    }
}
