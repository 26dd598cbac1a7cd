import GraphQLHTTP

extension ConfigurationVariable {
    static let graphQL = [
        ConfigurationVariable(
            "MARQUEE_MAX_QUERY_TOKENS", .graphQL, \.graphQL.maximumTokens,
            .integer(100...1_000_000), "5000", example: "10000",
            "How many tokens a document may have."),
        ConfigurationVariable(
            "MARQUEE_MAX_QUERY_DEPTH", .graphQL, \.graphQL.maximumDepth, .integer(1...1_000), "15",
            example: "10", "How deep its fields may nest. Asking for the schema takes 15."),
        ConfigurationVariable(
            "MARQUEE_MAX_QUERY_ALIASES", .graphQL, \.graphQL.maximumAliases, .integer(0...10_000),
            "30", example: "100", "How many of its fields may have an alias."),
        ConfigurationVariable(
            "MARQUEE_MAX_QUERY_COST", .graphQL, \.graphQL.maximumCost, .integer(1...1_000_000_000),
            "10000", example: "50000",
            "What an operation may cost: the objects it could fetch, by the sizes of its lists."),
        ConfigurationVariable(
            "MARQUEE_PLAN_CACHE_BYTES", .graphQL, \.graphQL.planCacheBytes, .size("0", "4GiB"),
            "16MiB", example: "64MiB",
            "How much memory each worker may use to keep documents it has validated."),
        ConfigurationVariable(
            "MARQUEE_INTROSPECTION", .graphQL, \.graphQL.introspection, .choice, "off",
            inDevelopment: "on", example: "permitted",
            "Whether requests may ask about the schema; `permitted` shows each caller what they "
                + "may ask for."),
        ConfigurationVariable(
            "MARQUEE_TRACE", .graphQL, \.graphQL.trace, .choice, "off", inDevelopment: "on",
            example: "permitted",
            "Whether requests may ask how they are answered; `permitted` tells administrators."),
        ConfigurationVariable(
            "MARQUEE_SUGGESTIONS", .graphQL, \.graphQL.suggestsNames, .boolean, "off",
            inDevelopment: "on", example: "on",
            "Whether errors say what a wrong name may have meant, and which arguments are missing; "
                + "that tells names of the schema."),
        ConfigurationVariable(
            "MARQUEE_EXPLORER", .graphQL, \.graphQL.hasExplorer, .boolean, "off",
            inDevelopment: "on", example: "on",
            "Whether browsers get a page at /graphql on which to try queries."),
        ConfigurationVariable(
            "MARQUEE_GRAPHQL_STATUS", .graphQL, \.graphQL.statusProfile, .choice, "audits",
            example: "draft",
            "Status codes as the audits of graphql-http want them, or as the draft of 2026 says."),
        ConfigurationVariable(
            "MARQUEE_DOCUMENTS", .graphQL, \.documents.policy, .choice, "any",
            example: "registered",
            "Which documents are answered: any, or only those of `marquee documents register`."),
        ConfigurationVariable(
            "MARQUEE_PERSISTED_QUERIES", .graphQL, \.documents.isPersisting, .boolean, "on",
            example: "off",
            "Whether clients may ask by hash for documents that they have sent before."),
        ConfigurationVariable(
            "MARQUEE_DOCUMENT_MEMORY_BYTES", .graphQL, \.documents.memoryBytes,
            .size("64KiB", "1GiB"), "4MiB", example: "16MiB",
            "How much memory each worker may use to keep documents asked for by hash or name."),
        ConfigurationVariable(
            "MARQUEE_DOCUMENTS_REFRESH", .graphQL, \.documents.refreshMilliseconds,
            .duration("100ms", "24h"), "1m", example: "10s",
            "How soon workers notice that a registered document was replaced or removed."),
        ConfigurationVariable(
            "MARQUEE_IDEMPOTENCY_LIFETIME", .graphQL, \.idempotency.lifetimeMilliseconds,
            .duration("1m", "720h"), "24h", example: "72h",
            "How long answers to mutations with an Idempotency-Key are kept to be repeated."),
    ]
}
