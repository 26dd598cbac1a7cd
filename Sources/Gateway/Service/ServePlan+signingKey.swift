import Secrets

/// The variable in which a program leaves the key it made to the one that replaces it.
private let keyVariable = "SIGNING_KEY_OF_MARQUEE"

extension ServePlan {
    /// The plan with a signing key in any case. Where none is configured, all workers share a fresh
    /// one, and upgrades keep it: what was signed holds until the server stops.
    package func withSigningKey() -> ServePlan {
        guard configuration.signingKeys.isEmpty else { return self }
        let inherited = baseEnvironment[keyVariable].flatMap { try? SigningKey(parsing: $0) }
        let key = inherited ?? .fresh(id: "development")
        var configuration = configuration
        configuration.signingKeys = [key]
        let text = key.configurationText
        return ServePlan(
            configuration: configuration,
            baseEnvironment: baseEnvironment.merging([keyVariable: text]) { $1 },
            environment: environment.merging(["MARQUEE_SIGNING_KEYS": text]) { $1 },
            environmentFilePath: environmentFilePath, arguments: arguments, wantsDemo: wantsDemo)
    }
}
