extension ConfigurationVariable {
    static let events = [
        ConfigurationVariable(
            "MARQUEE_EVENT_RETENTION", .events, \.events.retentionMilliseconds,
            .duration("1h", "87600h"), "168h", example: "720h",
            "How long events are kept for those who were away; they hear of a gap beyond."),
        ConfigurationVariable(
            "MARQUEE_EVENT_POLL_INTERVAL", .events, \.events.pollMilliseconds,
            .duration("50ms", "1m"), "2s", example: "10s",
            "How often each worker looks for events that the database has not told it of."),
        ConfigurationVariable(
            "MARQUEE_EVENT_LAG_LIMIT", .events, \.events.lagLimitMilliseconds,
            .duration("10ms", "1h"), "5s", example: "30s",
            "How long an open transaction may hold events back before the log names it."),
        ConfigurationVariable(
            "MARQUEE_EVENT_PATIENCE", .events, \.events.patienceMilliseconds,
            .duration("10ms", "24h"), "1m", example: "10m",
            "For how long an event is answered anew while the database is away; then its "
                + "subscription ends in front of it."),
    ]
}
