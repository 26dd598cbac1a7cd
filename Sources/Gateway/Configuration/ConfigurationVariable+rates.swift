extension ConfigurationVariable {
    static let rates = [
        ConfigurationVariable(
            "MARQUEE_RATE_LIMITS", .rates, \.rates.isOn, .boolean, "on", inDevelopment: "off",
            example: "off",
            "Whether it is limited how often clients may ask: by the variables below, and by "
                + "`@rateLimit` in the contract."),
        ConfigurationVariable(
            "MARQUEE_RATE_PER_ADDRESS", .rates, \.rates.address, .rate, "6000/1m",
            example: "600/1m",
            "Requests and operations of one address; of IPv6 of one network of 64 bits."),
        ConfigurationVariable(
            "MARQUEE_RATE_PER_ACCOUNT", .rates, \.rates.account, .rate, "3000/1m",
            example: "600/1m", "Operations of one account that has signed in."),
        ConfigurationVariable(
            "MARQUEE_RATE_PER_KEY", .rates, \.rates.key, .rate, "12000/1m",
            example: "60000/1m", "Operations of one API key."),
        ConfigurationVariable(
            "MARQUEE_RATE_COST", .rates, \.rates.cost, .rate, "1000000/1m",
            example: "200000/1m",
            "What the operations of one account or key, or else of one address, may cost."),
        ConfigurationVariable(
            "REDIS_URL", .rates, \.rates.redis, .redis,
            .absent("each machine counts by itself"),
            example: "redis://:secret@redis.internal:6379/0", isSecret: true,
            "The Redis in which all machines count together."),
        ConfigurationVariable(
            "MARQUEE_REDIS_TIMEOUT", .rates, \.rates.redisTimeoutMilliseconds,
            .duration("1ms", "10s"), "100ms", example: "20ms",
            "How long Redis may take to answer before it is given up."),
        ConfigurationVariable(
            "MARQUEE_RATE_LIMIT_FAILURE", .rates, \.rates.failure, .choice, "open",
            example: "closed",
            "What happens while Redis does not answer: `open` lets each machine count by itself, "
                + "`closed` answers nothing."),
    ]
}
