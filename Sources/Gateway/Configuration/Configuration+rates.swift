extension Configuration {
    /// So many in a window of time.
    package struct Rate: Sendable, Equatable {
        package let quota: Int
        package let windowSeconds: Int
    }

    /// How often clients may ask, and who counts it.
    package struct Rates: Sendable, Equatable {
        /// Whether anything is limited.
        package var isOn = false
        package var address: Rate?
        package var account: Rate?
        package var key: Rate?
        package var cost: Rate?
        /// Who counts for all machines; nil where each counts by itself.
        package var redis: RedisURL?
        package var redisTimeoutMilliseconds = 0
        package var failure = Failure.open

        /// What happens while Redis does not answer.
        package enum Failure: String, Sendable, CaseIterable {
            /// Each machine counts by itself.
            case open
            /// Nothing is answered.
            case closed
        }
    }
}
