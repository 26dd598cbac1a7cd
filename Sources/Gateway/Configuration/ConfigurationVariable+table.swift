/// Every variable that Marquee reads: the one place where they are declared.
extension ConfigurationVariable {
    package static let table =
        basics + logs + access + data + database + limits + rates + times + graphQL + webSockets
        + events + traces + work

    /// Read before all others, since their defaults depend on it.
    static let mode = ConfigurationVariable(
        "MARQUEE_ENV", .basics, \.mode, .choice, "production", example: "development",
        "The mode. Production refuses to start without explicit origins, database and keys.")

    private static let basics = [
        mode,
        ConfigurationVariable(
            "MARQUEE_LISTEN", .basics, \.listen, .addresses, "127.0.0.1:4000",
            example: "*:4000,unix:/run/marquee.sock",
            "Where to accept connections. `*` is every address; port 0 is any free port."),
        ConfigurationVariable(
            "MARQUEE_WORKERS", .basics, \.workers, .workers, "auto", example: "4",
            "How many worker processes serve requests; `auto` is one for each online core."),
    ]

    private static let logs = [
        ConfigurationVariable(
            "MARQUEE_LOG_LEVEL", .logs, \.log.level, .choice, "info", example: "warning",
            "The least serious messages that are logged."),
        ConfigurationVariable(
            "MARQUEE_LOG_FORMAT", .logs, \.log.format, .choice, "auto", example: "json",
            "How log lines look; `auto` is text on a terminal and JSON elsewhere."),
        ConfigurationVariable(
            "MARQUEE_TIME_ZONE", .logs, \.log.timeZone, .timeZone, "UTC", example: "Europe/Berlin",
            "The time zone of dates in text logs."),
        ConfigurationVariable(
            "MARQUEE_ACCESS_LOG", .logs, \.log.recordsAccess, .boolean, "on", example: "off",
            "Whether each request leaves a line in the log."),
        ConfigurationVariable(
            "NO_COLOR", .logs, \.log.isColorful, .offWhenSet, .absent("colour on a terminal"),
            example: "1", "Switches colour off, as in other programs (no-color.org)."),
    ]

    private static let access = [
        ConfigurationVariable(
            "MARQUEE_CORS_ORIGINS", .access, \.allowedOrigins, .origins, .required,
            inDevelopment: "*", example: "https://films.example,https://admin.films.example",
            "Which web pages may call from another origin. `*`, every page, only in development."),
        ConfigurationVariable(
            "MARQUEE_TRUSTED_PROXIES", .access, \.trustedProxies, .blocks, "none",
            example: "10.0.0.0/8",
            "The proxies whose forwarding headers name the client. Anyone else's are ignored."),
        ConfigurationVariable(
            "MARQUEE_METRICS_FROM", .access, \.metricsReaders, .blocks, "private",
            example: "10.1.2.3",
            "Who may read /metrics. `private` is loopback and the private ranges."),
    ]

    private static let data = [
        ConfigurationVariable(
            "DATABASE_URL", .data, \.database, .database, .required,
            inDevelopment: .absent("a private PostgreSQL under .marquee/"),
            example: "postgres://marquee@db.internal:5432/marquee", isSecret: true,
            "The PostgreSQL database."),
        ConfigurationVariable(
            "MARQUEE_MIGRATE", .data, \.migrating, .choice, "check", inDevelopment: "auto",
            example: "auto",
            "What `serve` does first about migrations: `auto` applies them, `check` refuses to "
                + "start when one is missing, `off` does not look."),
        ConfigurationVariable(
            "MARQUEE_SIGNING_KEYS", .data, \.signingKeys, .signingKeys, .required,
            inDevelopment: .absent("a fresh key at each start"),
            example: "2026b:<new key>,2026a:<old key>", isSecret: true,
            "The keys of tokens and signed links. The first signs; the others still verify. A key "
                + "is one of HMAC-SHA-256, or with `ed25519:` of Ed25519."),
    ]

    private static let limits = [
        ConfigurationVariable(
            "MARQUEE_MAX_CONNECTIONS", .limits, \.limits.connections, .integer(1...1_000_000),
            "16384", example: "50000",
            "How many client connections may be open, over all workers."),
        ConfigurationVariable(
            "MARQUEE_MAX_CONNECTIONS_PER_ADDRESS", .limits, \.limits.connectionsPerAddress,
            .integer(1...1_000_000), "1024", example: "64",
            "How many of them one address may hold; trusted proxies are not counted."),
        ConfigurationVariable(
            "MARQUEE_MAX_HEAD_BYTES", .limits, \.limits.headBytes, .size("1KiB", "1MiB"), "32KiB",
            example: "16KiB", "The longest request line and headers together."),
        ConfigurationVariable(
            "MARQUEE_MAX_TARGET_BYTES", .limits, \.limits.targetBytes, .size("64", "1MiB"), "8KiB",
            example: "4KiB", "The longest request target: path and query."),
        ConfigurationVariable(
            "MARQUEE_MAX_BODY_BYTES", .limits, \.limits.bodyBytes, .size("1", "1GiB"), "1MiB",
            example: "256KiB", "The largest request body, uploads aside."),
        ConfigurationVariable(
            "MARQUEE_MIN_BODY_RATE", .limits, \.limits.minimumBytesPerSecond, .size("1", "1GiB"),
            "1KiB", example: "512",
            "Bytes per second that a client must send or read on average once "
                + "MARQUEE_BODY_TIMEOUT or MARQUEE_SEND_TIMEOUT has passed."),
        ConfigurationVariable(
            "MARQUEE_ATTEMPTS_PER_ADDRESS", .limits, \.attempts.perAddress,
            .integer(1...1_000_000), "100", example: "1000",
            "How often in ten minutes one address may register or try a password."),
        ConfigurationVariable(
            "MARQUEE_ATTEMPTS_PER_ACCOUNT", .limits, \.attempts.perAccount,
            .integer(1...1_000_000), "10", example: "20",
            "How often in ten minutes the password of one account may be tried."),
    ]

    private static let times = [
        ConfigurationVariable(
            "MARQUEE_HEADER_TIMEOUT", .times, \.timeLimits.headerMilliseconds,
            .duration("10ms", "1h"), "10s", example: "5s",
            "How long the headers of a request may take to arrive."),
        ConfigurationVariable(
            "MARQUEE_BODY_TIMEOUT", .times, \.timeLimits.bodyGraceMilliseconds,
            .duration("10ms", "1h"), "30s", example: "1m",
            "The grace before a body must keep up with MARQUEE_MIN_BODY_RATE."),
        ConfigurationVariable(
            "MARQUEE_IDLE_TIMEOUT", .times, \.timeLimits.idleMilliseconds, .duration("10ms", "24h"),
            "75s", example: "2m", "How long a connection stays open between requests."),
        ConfigurationVariable(
            "MARQUEE_SEND_TIMEOUT", .times, \.timeLimits.sendMilliseconds, .duration("10ms", "1h"),
            "30s", example: "1m", "How long a client may read nothing of a response."),
        ConfigurationVariable(
            "MARQUEE_REQUEST_TIMEOUT", .times, \.timeLimits.requestMilliseconds,
            .duration("10ms", "1h"), "10s", example: "3s",
            "The deadline of a request, carried down to its SQL statements."),
        ConfigurationVariable(
            "MARQUEE_DRAIN_TIMEOUT", .times, \.timeLimits.drainMilliseconds, .duration("0s", "24h"),
            "30s", example: "1m", "How long open requests may take to end when a worker stops."),
        ConfigurationVariable(
            "MARQUEE_STOP_DELAY", .times, \.timeLimits.stopDelayMilliseconds,
            .duration("0s", "10m"), "1s", example: "5s",
            "The time on SIGTERM between /readyz turning red and the listeners closing."),
    ]

    private static let work = [
        ConfigurationVariable(
            "MARQUEE_GZIP", .work, \.compression.isEnabled, .boolean, "on", example: "off",
            "Whether responses are compressed for clients that accept it."),
        ConfigurationVariable(
            "MARQUEE_GZIP_MIN_BYTES", .work, \.compression.minimumBytes, .size("0", "1GiB"), "1KiB",
            example: "4KiB", "The smallest response that is compressed."),
        ConfigurationVariable(
            "MARQUEE_BLOCKING_THREADS", .work, \.blocking.threads, .integer(1...128), "4",
            example: "8", "Threads of each worker for password hashes, files and name look-ups."),
        ConfigurationVariable(
            "MARQUEE_BLOCKING_QUEUE", .work, \.blocking.queue, .integer(1...65_536), "256",
            example: "1024", "How many calls may wait for those threads; more are refused."),
    ]
}
