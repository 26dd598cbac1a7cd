extension ConfigurationVariable {
    static let database = [
        ConfigurationVariable(
            "MARQUEE_DATABASE_SHARED_CONNECTIONS", .data, \.connections.shared,
            .integer(1...64), "2", example: "4",
            "Connections of each worker that the reads of all requests share."),
        ConfigurationVariable(
            "MARQUEE_DATABASE_LEASED_CONNECTIONS", .data, \.connections.leased,
            .connections, "auto", example: "16",
            "Connections of each worker that one change at a time has for itself; `auto` is up to "
                + "8, fewer with more than 3 workers."),
        ConfigurationVariable(
            "MARQUEE_DATABASE_SNAPSHOT_CONNECTIONS", .data, \.connections.snapshot,
            .connections, "auto", example: "8",
            "Connections of each worker that one query at a time has for its snapshot; `auto` is "
                + "up to 4, fewer with more than 3 workers."),
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
