/// Where a database is, and how to talk to it.
package struct PostgresAddress: Sendable {
    /// A URI or `name=value` list as libpq reads it.
    package var connectionString: String
    package var applicationName = "marquee"
    /// The server ends every statement that takes longer; zero is no limit.
    package var statementTimeoutMilliseconds = 30_000
    /// The server ends a session that leaves its transaction open and does nothing in it for
    /// longer, which keeps others waiting: for its locks, and for events. Zero is no limit.
    package var idleTransactionTimeoutMilliseconds = 15_000
    package var connectTimeoutMilliseconds: UInt64 = 5_000
    /// Plan each prepared statement once and for all values.
    package var usesGenericPlans = false
    /// Every transaction only reads, and all of it as of its first statement.
    package var readsSnapshots = false

    package init(_ connectionString: String) { self.connectionString = connectionString }

    /// libpq's parameters; later ones win over those of the connection string.
    var parameters: [(name: String, value: String)] {
        var options = "-c statement_timeout=\(statementTimeoutMilliseconds)"
        options +=
            " -c idle_in_transaction_session_timeout=\(idleTransactionTimeoutMilliseconds)"
        if usesGenericPlans { options += " -c plan_cache_mode=force_generic_plan" }
        if readsSnapshots {
            options += #" -c default_transaction_isolation=repeatable\ read"#
            options += " -c default_transaction_read_only=on"
        }
        return [
            ("dbname", connectionString), ("application_name", applicationName),
            ("client_encoding", "UTF8"), ("options", options),
        ]
    }
}
