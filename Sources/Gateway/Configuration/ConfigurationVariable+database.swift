extension ConfigurationVariable {
    static let database = [
        ConfigurationVariable(
            "MARQUEE_DATABASE_SHARED_CONNECTIONS", .data, \.connections.shared,
            .integer(1...64), "2", example: "4",
            "Connections of each worker that the reads of all requests share."),
        ConfigurationVariable(
            "MARQUEE_DATABASE_LEASED_CONNECTIONS", .data, \.connections.leased,
            .integer(1...64), "8", example: "16",
            "Connections of each worker that one change at a time has for itself."),
        ConfigurationVariable(
            "MARQUEE_DATABASE_SNAPSHOT_CONNECTIONS", .data, \.connections.snapshot,
            .integer(1...64), "4", example: "8",
            "Connections of each worker that one query at a time has for its snapshot."),
        ConfigurationVariable(
            "MARQUEE_SNAPSHOTS", .data, \.snapshots, .choice, "asked", example: "always",
            "Which queries are answered as of one moment: those `asked` with `@snapshot`, or "
                + "`always`, but for those with `@snapshot(if: false)`."),
        ConfigurationVariable(
            "MARQUEE_STATEMENT_TIMEOUT", .data, \.connections.statementMilliseconds,
            .duration("10ms", "10m"), "10s", example: "5s",
            "How long one statement may take before the database ends it."),
    ]
}
