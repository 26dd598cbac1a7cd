package import Postgres

extension PostgresAddress {
    /// For tests: all suites connect to the one server at once, and share one loop.
    package var patient: PostgresAddress {
        var address = self
        address.connectTimeoutMilliseconds = 60_000
        return address
    }
}
