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
    ]
}
