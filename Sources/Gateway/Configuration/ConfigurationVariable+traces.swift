/// OpenTelemetry's own variables, where it has one; those it has besides mean nothing here.
extension ConfigurationVariable {
    static let traces = [
        ConfigurationVariable(
            "OTEL_EXPORTER_OTLP_ENDPOINT", .traces, \.traces.collector, .collector,
            .absent("nothing is traced"), example: "http://127.0.0.1:4318", isSecret: true,
            "The collector that takes traces, as OTLP in JSON; `/v1/traces` is added."),
        ConfigurationVariable(
            "OTEL_EXPORTER_OTLP_HEADERS", .traces, \.traces.headers, .secretFields,
            .absent("none"), example: "x-api-key=<key>", isSecret: true,
            "Header fields for the collector."),
        ConfigurationVariable(
            "OTEL_EXPORTER_OTLP_TIMEOUT", .traces, \.traces.timeoutMilliseconds,
            .integer(10...600_000), "10000", example: "2000",
            "How many milliseconds one attempt to send spans may take."),
        ConfigurationVariable(
            "OTEL_SERVICE_NAME", .traces, \.traces.serviceName, .words, "marquee",
            example: "films", "What traces call this service."),
        ConfigurationVariable(
            "OTEL_RESOURCE_ATTRIBUTES", .traces, \.traces.resource, .namedTexts, .absent("none"),
            example: "deployment.environment.name=production",
            "What traces say of this service besides."),
        ConfigurationVariable(
            "OTEL_TRACES_SAMPLER", .traces, \.traces.sampling, .choice, "parentbased_always_on",
            example: "parentbased_traceidratio",
            "Which requests are traced; `parentbased` goes by what the caller says, if it says "
                + "something."),
        ConfigurationVariable(
            "OTEL_TRACES_SAMPLER_ARG", .traces, \.traces.ratio, .ratio, "1", example: "0.01",
            "The part of all traces that the samplers with a ratio take."),
        ConfigurationVariable(
            "MARQUEE_TRACEPARENT_FROM", .traces, \.traces.followed, .blocks, "private",
            example: "any",
            "Clients whose `traceparent` is followed. For others a trace begins here, so that "
                + "strangers do not decide what is traced."),
        ConfigurationVariable(
            "OTEL_BSP_MAX_QUEUE_SIZE", .traces, \.traces.queueSpans, .integer(1...1_000_000),
            "2048", example: "8192",
            "How many spans each worker keeps for the collector; further ones are dropped."),
        ConfigurationVariable(
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", .traces, \.traces.batchSpans,
            .integer(1...10_000), "512", example: "256", "How many of them leave together."),
        ConfigurationVariable(
            "OTEL_BSP_SCHEDULE_DELAY", .traces, \.traces.delayMilliseconds,
            .integer(1...600_000), "5000", example: "1000",
            "How many milliseconds a span waits for others to leave with."),
    ]
}
