// swift-tools-version: 6.3
import PackageDescription

/// Continuous integration sets `CI`; there a warning is an error.
let warningsAreErrors = Context.environment["CI"] != nil

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

/// One floor of the house: it may import the floors named here and nothing else.
func floor(_ name: String, on floors: [String]) -> Target {
    .target(
        name: name, dependencies: floors.map { .init(stringLiteral: $0) }, swiftSettings: settings)
}

func tests(of name: String, using others: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: ([name, "TestSupport"] + others).map { .init(stringLiteral: $0) },
        swiftSettings: settings)
}

let package = Package(
    name: "marquee",
    products: [.executable(name: "marquee", targets: ["marquee"])],
    targets: [
        // C libraries
        .systemLibrary(
            name: "CUV", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        // Its .pc file has flags at which SwiftPM warns.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .target(name: "CSystem"),

        // Foundations
        floor("Bytes", on: []),
        floor("JSON", on: ["Bytes"]),
        floor("Telemetry", on: ["Bytes", "CSystem"]),

        // Event loop
        floor("Reactor", on: ["CUV", "CSystem", "Bytes", "Telemetry"]),

        // Passwords, signatures, tokens
        floor(
            "Secrets", on: ["COpenSSL", "CArgon2", "CSystem", "Bytes", "JSON", "Reactor"]),

        // Limits in time
        floor("RateLimiting", on: ["CSystem", "Bytes", "Telemetry", "Reactor"]),

        // Traces
        floor("Tracing", on: ["CSystem", "Bytes", "Telemetry", "Reactor", "Secrets"]),

        // Wires
        floor(
            "HTTP",
            on: ["CUV", "CZlib", "CSystem", "Bytes", "Telemetry", "Reactor", "Tracing"]),

        floor("WebSocket", on: ["Bytes", "Telemetry", "Reactor", "Secrets", "HTTP"]),

        floor("Postgres", on: ["CPostgres", "Bytes", "Telemetry", "Reactor"]),

        floor(
            "Redis", on: ["CHiredis", "CSystem", "Bytes", "Telemetry", "Reactor", "Secrets"]),

        // GraphQL
        floor("GraphQLLanguage", on: ["Bytes"]),
        floor("GraphQLTypes", on: ["Bytes", "GraphQLLanguage"]),
        floor("GraphQLValidation", on: ["Bytes", "GraphQLLanguage", "GraphQLTypes"]),
        floor(
            "GraphQLGeneration",
            on: ["Bytes", "GraphQLLanguage", "GraphQLTypes", "GraphQLValidation"]),
        .executableTarget(
            name: "marquee-generate", dependencies: ["GraphQLGeneration"],
            swiftSettings: settings),
        .plugin(
            name: "GenerateResolvers", capability: .buildTool(),
            dependencies: ["marquee-generate"]),
        .plugin(
            name: "EmbedMigrations", capability: .buildTool(),
            dependencies: ["marquee-generate"]),
        floor(
            "GraphQLExecution",
            on: [
                "Bytes", "JSON", "Telemetry", "Reactor", "Secrets", "Tracing", "GraphQLLanguage",
                "GraphQLTypes", "GraphQLValidation",
            ]),
        floor(
            "GraphQLTool",
            on: [
                "Bytes", "JSON", "Reactor", "GraphQLLanguage", "GraphQLTypes",
                "GraphQLValidation", "GraphQLExecution",
            ]),

        // GraphQL over the wires
        .target(
            name: "GraphQLHTTP",
            dependencies: [
                "Bytes", "JSON", "Telemetry", "Reactor", "Secrets", "Tracing", "HTTP",
                "GraphQLLanguage", "GraphQLTypes", "GraphQLExecution",
            ],
            resources: [
                .embedInCode("Explorer/explorer.html"), .embedInCode("Explorer/explorer.css"),
                .embedInCode("Explorer/explorer.js"), .embedInCode("Explorer/schema.js"),
                .embedInCode("Explorer/trace.js"), .embedInCode("Explorer/completion.js"),
            ],
            swiftSettings: settings),

        floor(
            "GraphQLWebSocket",
            on: [
                "CUV", "Bytes", "JSON", "Telemetry", "Reactor", "Tracing", "HTTP", "WebSocket",
                "GraphQLLanguage", "GraphQLTypes", "GraphQLExecution", "GraphQLHTTP",
            ]),

        // Database
        floor("Database", on: ["CSystem", "Bytes", "Telemetry", "Reactor", "Postgres"]),

        // Events
        floor("Events", on: ["Bytes", "Telemetry", "Reactor", "Postgres"]),

        // Processes
        floor(
            "Serving",
            on: ["CSystem", "Bytes", "Telemetry", "Reactor", "RateLimiting", "HTTP"]),

        // Product
        .target(
            name: "DataModel",
            dependencies: ["Bytes", "Reactor", "Secrets", "Postgres", "Database"],
            exclude: ["Migrations"],
            swiftSettings: settings, plugins: ["EmbedMigrations"]),
        .target(
            name: "Features",
            dependencies: [
                "Bytes", "JSON", "Telemetry", "Reactor", "Secrets", "GraphQLLanguage",
                "GraphQLTypes", "GraphQLValidation", "GraphQLExecution", "Postgres", "Events",
            ],
            swiftSettings: settings, plugins: ["GenerateResolvers"]),

        // Gateway and command line
        floor(
            "Gateway",
            on: [
                "CSystem", "Bytes", "JSON", "Telemetry", "Reactor", "Secrets", "RateLimiting",
                "Tracing", "HTTP", "WebSocket", "GraphQLLanguage", "GraphQLTypes",
                "GraphQLValidation",
                "GraphQLExecution", "GraphQLTool", "GraphQLHTTP", "GraphQLWebSocket", "Postgres",
                "Redis", "Database", "Events", "Serving", "DataModel", "Features",
            ]),
        .executableTarget(
            name: "marquee", dependencies: ["Gateway"], swiftSettings: settings),

        // Benchmarks
        .executableTarget(
            name: "bench-http-server",
            dependencies: ["Telemetry", "Reactor", "HTTP", "Serving", "Gateway"],
            path: "Benchmarks/HTTPServer", swiftSettings: settings),
        .target(name: "CAllocations", path: "Benchmarks/Allocations"),
        .executableTarget(
            name: "bench-engine",
            dependencies: [
                "CAllocations", "Bytes", "JSON", "Reactor", "GraphQLLanguage", "GraphQLTypes",
                "GraphQLValidation", "GraphQLExecution",
            ],
            path: "Benchmarks/Engine", swiftSettings: settings),
        .executableTarget(
            name: "bench-replay",
            dependencies: [
                "Bytes", "JSON", "Telemetry", "Reactor", "Secrets", "Postgres", "Events",
                "GraphQLTypes", "GraphQLExecution", "Features",
            ],
            path: "Benchmarks/Replay", swiftSettings: settings),

        // Comparisons
        .executableTarget(
            name: "websocket-test-server",
            dependencies: [
                "Bytes", "JSON", "Telemetry", "Reactor", "HTTP", "WebSocket", "GraphQLTypes",
                "GraphQLValidation", "GraphQLExecution", "GraphQLHTTP", "GraphQLWebSocket",
            ],
            path: "Tests/WebSockets/Server", swiftSettings: settings),

        // Tests
        .target(
            name: "TestSupport",
            dependencies: [
                "CSystem", "Bytes", "JSON", "Telemetry", "Reactor", "Tracing", "HTTP", "Postgres",
            ],
            path: "Tests/TestSupport", swiftSettings: settings),
        tests(of: "Bytes"),
        tests(of: "JSON", using: ["Bytes"]),
        tests(of: "Telemetry", using: ["Bytes"]),
        tests(of: "Reactor", using: ["Bytes"]),
        tests(of: "Secrets", using: ["Bytes", "JSON", "Reactor"]),
        tests(of: "RateLimiting", using: ["Bytes", "Reactor"]),
        tests(
            of: "Tracing", using: ["Bytes", "JSON", "Telemetry", "Reactor", "Secrets", "HTTP"]),
        tests(
            of: "HTTP", using: ["CZlib", "Bytes", "JSON", "Telemetry", "Reactor", "Tracing"]),
        tests(of: "WebSocket", using: ["Bytes", "Telemetry", "Reactor", "HTTP"]),
        tests(of: "Postgres", using: ["Bytes", "Telemetry", "Reactor"]),
        tests(of: "Redis", using: ["Bytes", "Telemetry", "Reactor", "Secrets"]),
        tests(of: "GraphQLLanguage", using: ["Bytes"]),
        tests(of: "GraphQLTypes", using: ["Bytes", "GraphQLLanguage"]),
        tests(of: "GraphQLValidation", using: ["GraphQLLanguage", "GraphQLTypes"]),
        tests(
            of: "GraphQLExecution",
            using: [
                "Bytes", "JSON", "Telemetry", "Reactor", "GraphQLLanguage", "GraphQLTypes",
                "GraphQLValidation",
            ]),
        tests(
            of: "GraphQLGeneration",
            using: ["Bytes", "GraphQLLanguage", "GraphQLTypes", "GraphQLValidation"]),
        .testTarget(
            name: "GeneratedResolversTests",
            dependencies: [
                "Bytes", "JSON", "Reactor", "GraphQLLanguage", "GraphQLTypes",
                "GraphQLValidation", "GraphQLExecution", "GraphQLGeneration", "TestSupport",
            ],
            exclude: ["schema.graphql", "schema.loads"], swiftSettings: settings,
            plugins: ["GenerateResolvers"]),
        tests(of: "GraphQLTool", using: ["CSystem", "Bytes", "Reactor"]),
        tests(
            of: "GraphQLHTTP",
            using: [
                "Bytes", "JSON", "Telemetry", "Reactor", "Secrets", "Tracing", "HTTP",
                "GraphQLTypes",
                "GraphQLValidation", "GraphQLExecution",
            ]),
        tests(
            of: "GraphQLWebSocket",
            using: [
                "Bytes", "JSON", "Telemetry", "Reactor", "Tracing", "HTTP", "WebSocket",
                "GraphQLTypes",
                "GraphQLValidation", "GraphQLExecution", "GraphQLHTTP",
            ]),
        tests(of: "Database", using: ["Bytes", "Reactor", "Telemetry", "Postgres"]),
        tests(of: "DataModel", using: ["Bytes", "Reactor", "Secrets", "Postgres", "Database"]),
        tests(
            of: "Events",
            using: ["Bytes", "Telemetry", "Reactor", "Postgres", "Database", "DataModel"]),
        tests(of: "Serving", using: ["Bytes", "HTTP", "Reactor", "Telemetry"]),
        tests(
            of: "Features",
            using: [
                "Bytes", "JSON", "Telemetry", "Reactor", "Secrets", "Postgres", "Database",
                "Events", "DataModel", "GraphQLLanguage", "GraphQLTypes", "GraphQLValidation",
                "GraphQLExecution", "GraphQLGeneration",
            ]),
        tests(
            of: "Gateway",
            using: [
                "Bytes", "Reactor", "Secrets", "RateLimiting", "Tracing", "HTTP", "Redis",
                "Database", "Features", "GraphQLTypes",
            ]),
        tests(
            of: "marquee",
            using: [
                "Bytes", "JSON", "Reactor", "Secrets", "HTTP", "Postgres", "Database", "Gateway",
            ]),
        .testTarget(name: "HouseRulesTests", swiftSettings: settings),
    ]
)
