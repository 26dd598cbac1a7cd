package import Bytes
package import GraphQLHTTP
package import HTTP
package import Reactor
package import Secrets
package import Tracing

/// What an operator may set, read once at start and passed down as a value.
///
/// Each property is filled by one row of `ConfigurationVariable.table`, which also holds its
/// default; the blanks here only make room and are never seen outside `read`.
package struct Configuration: Sendable, Equatable {
    package var mode = Mode.production
    package var listen: [ListenAddress] = []
    package var workers = 0
    package var log = Log()
    package var allowedOrigins = AllowedOrigins.listed([])
    package var trustedProxies: [AddressBlock] = []
    package var metricsReaders: [AddressBlock] = []
    /// Nil only in development: the embedded database.
    package var database: DatabaseURL?
    package var connections = Connections()
    package var snapshots = Snapshots.asked
    package var migrating = Migrating.check
    /// The first signs, all verify. Empty only in development: a fresh key at each start.
    package var signingKeys: [SigningKey] = []
    package var limits = Limits()
    package var attempts = Attempts()
    package var rates = Rates()
    package var timeLimits = TimeLimits()
    package var graphQL = GraphQL()
    package var documents = Documents()
    package var idempotency = Idempotency()
    package var webSockets = WebSockets()
    package var events = Events()
    package var traces = Traces()
    package var compression = Compression()
    package var blocking = Blocking()

    init() {}

    /// Connections to the database that all workers have together.
    package var wantedConnections: Int { workers * connections.count }
}

extension Configuration {
    package enum Mode: String, Sendable, CaseIterable {
        case production, development
    }

    /// What `serve` does about the database's migrations before it starts.
    package enum Migrating: String, Sendable, CaseIterable {
        /// Applies what is missing.
        case auto
        /// Refuses to start where something is missing.
        case check
        /// Does not look.
        case off
    }

    /// What each worker has to the database.
    package struct Connections: Sendable, Equatable {
        package var shared = 0
        package var leased = 0
        package var snapshot = 0
        package var statementMilliseconds = 0

        /// One for events, and one for errands that come again and again.
        private static let others = 2

        var count: Int { shared + leased + snapshot + Self.others }

        /// What all workers have together where nobody says it: half of what PostgreSQL usually
        /// allows, since in an upgrade old and new ones have theirs.
        static let usualTotal = 48
        static let mostUsualLeased = 8
        static let mostUsualSnapshot = 4

        /// Chooses what was left open (zero), so that all workers together stay within the usual
        /// total as far as each can have one of a kind.
        mutating func choose(forWorkers workers: Int) {
            let rest = max(2, Self.usualTotal / max(1, workers) - shared - Self.others)
            let third = max(1, rest / 3)
            if snapshot == 0 { snapshot = min(Self.mostUsualSnapshot, third) }
            if leased == 0 { leased = min(Self.mostUsualLeased, rest - third) }
        }
    }

    /// Which queries are answered as of one moment.
    package enum Snapshots: String, Sendable, CaseIterable {
        /// Those with `@snapshot`.
        case asked
        /// All but those with `@snapshot(if: false)`.
        case always
    }

    package struct Log: Sendable, Equatable {
        package var level = Level.info
        package var format = Format.auto
        package var timeZone = ""
        package var recordsAccess = false
        package var isColorful = true

        package enum Level: String, Sendable, CaseIterable {
            case debug, info, warning, error
        }

        package enum Format: String, Sendable, CaseIterable {
            /// Text on a terminal, JSON elsewhere.
            case auto
            case json, text
        }
    }

    /// How much clients may send or hold. Connections are counted over all workers.
    package struct Limits: Sendable, Equatable {
        package var connections = 0
        package var connectionsPerAddress = 0
        package var headBytes = 0
        package var targetBytes = 0
        package var bodyBytes = 0
        /// What a sender or reader must keep on average after the grace.
        package var minimumBytesPerSecond = 0
    }

    /// How often passwords may be tried in ten minutes.
    package struct Attempts: Sendable, Equatable {
        package var perAddress = 0
        package var perAccount = 0
    }

    package struct TimeLimits: Sendable, Equatable {
        package var headerMilliseconds = 0
        package var bodyGraceMilliseconds = 0
        package var idleMilliseconds = 0
        package var sendMilliseconds = 0
        package var requestMilliseconds = 0
        package var drainMilliseconds = 0
        package var stopDelayMilliseconds = 0
    }

    /// Who is told something that is not for everybody.
    package enum Disclosure: String, Sendable, CaseIterable {
        case on
        /// Those who may know it.
        case permitted
        case off
    }

    /// What one operation may ask for, and what is told about the schema.
    package struct GraphQL: Sendable, Equatable {
        package var maximumTokens = 0
        package var maximumDepth = 0
        package var maximumAliases = 0
        package var maximumCost = 0
        package var planCacheBytes = 0
        package var introspection = Disclosure.off
        package var trace = Disclosure.off
        package var suggestsNames = false
        package var hasExplorer = false
        package var statusProfile = StatusProfile.audits
    }

    /// Which documents are answered, and what is kept of them.
    package struct Documents: Sendable, Equatable {
        package var policy = DocumentPolicy.any
        package var isPersisting = false
        package var memoryBytes = 0
        package var refreshMilliseconds = 0
    }

    /// Answers that are kept for whoever sends a mutation again.
    package struct Idempotency: Sendable, Equatable {
        package var lifetimeMilliseconds = 0
    }

    /// What each WebSocket may hold, and when it is given up.
    package struct WebSockets: Sendable, Equatable {
        package var operations = 0
        package var messageBytes = 0
        package var queueBytes = 0
        package var initMilliseconds = 0
        package var pingMilliseconds = 0
    }

    /// How what has happened is told.
    package struct Events: Sendable, Equatable {
        package var retentionMilliseconds = 0
        package var pollMilliseconds = 0
        package var lagLimitMilliseconds = 0
        package var patienceMilliseconds = 0
    }

    /// Which requests are traced, and where their spans go.
    package struct Traces: Sendable, Equatable {
        /// Nil where nothing is recorded.
        package var collector: CollectorAddress?
        package var headers = Secret<[NamedText]>([])
        package var timeoutMilliseconds = 0
        package var serviceName = ""
        /// What else is said of this service.
        package var resource: [NamedText] = []
        package var sampling = Sampling.parentAlways
        package var ratio = 0.0
        package var followed: [AddressBlock] = []
        package var queueSpans = 0
        package var batchSpans = 0
        package var delayMilliseconds = 0
    }

    /// The samplers of OpenTelemetry, by their names there.
    package enum Sampling: String, Sendable, CaseIterable {
        case parentAlways = "parentbased_always_on"
        case parentNever = "parentbased_always_off"
        case parentRatio = "parentbased_traceidratio"
        case always = "always_on"
        case never = "always_off"
        case ratio = "traceidratio"
    }

    package struct Compression: Sendable, Equatable {
        package var isEnabled = false
        package var minimumBytes = 0
    }

    /// The threads of each worker for calls that would block its loop.
    package struct Blocking: Sendable, Equatable {
        package var threads = 0
        package var queue = 0
    }
}
