extension ConfigurationVariable {
    static let webSockets = [
        ConfigurationVariable(
            "MARQUEE_WEBSOCKET_OPERATIONS", .webSockets, \.webSockets.operations,
            .integer(1...10_000), "100", example: "20",
            "How many operations one WebSocket may have at once."),
        ConfigurationVariable(
            "MARQUEE_WEBSOCKET_MESSAGE_BYTES", .webSockets, \.webSockets.messageBytes,
            .size("1KiB", "64MiB"), "1MiB", example: "128KiB",
            "The largest message that a client may send."),
        ConfigurationVariable(
            "MARQUEE_WEBSOCKET_QUEUE_BYTES", .webSockets, \.webSockets.queueBytes,
            .size("64KiB", "1GiB"), "1MiB", example: "4MiB",
            "What may wait for a client that reads too slowly; with more it is let go."),
        ConfigurationVariable(
            "MARQUEE_WEBSOCKET_INIT_TIMEOUT", .webSockets, \.webSockets.initMilliseconds,
            .duration("10ms", "1h"), "3s", example: "10s",
            "How long a client may take to send connection_init."),
        ConfigurationVariable(
            "MARQUEE_WEBSOCKET_PING_INTERVAL", .webSockets, \.webSockets.pingMilliseconds,
            .duration("10ms", "1h"), "12s", example: "30s",
            "After how long a silent client is pinged, and how long it then may take to answer."),
    ]
}
