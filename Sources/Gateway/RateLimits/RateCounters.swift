import GraphQLExecution
import GraphQLValidation
import RateLimiting
import Reactor
import Redis
import Telemetry

/// Where it is counted how often everybody asks.
struct RateCounters {
    let table: RateTable
    let redis: RedisClient?
}

extension RateLimiter {
    /// Nothing where nothing is limited.
    convenience init?(
        _ configuration: Configuration.Rates, _ fields: FieldRateLimits?, _ counters: RateCounters,
        _ recorder: RateRecorder
    ) {
        guard configuration.isOn, let fields else { return nil }
        self.init(
            RateLimits(configuration, fields: fields), table: counters.table,
            redis: counters.redis.map { RedisRates($0) }, failure: configuration.failure,
            recorder: recorder)
    }
}

extension RedisClient {
    /// Nothing where nothing is counted in a Redis.
    convenience init?(
        _ configuration: Configuration, _ metrics: RedisMetrics, _ cells: MetricCells,
        _ logger: Logger
    ) {
        guard configuration.rates.isOn, let url = configuration.rates.redis else { return nil }
        self.init(url, configuration.rates, recorder: RedisRecorder(metrics, cells))
        onTrouble = { reason in
            logger.error("\(UnreachableRedis(url, reason)); \(configuration.rates.failure.meaning)")
        }
        onRecovery = { logger.info("Redis answers, and counts for all machines") }
    }

    convenience init(
        _ url: RedisURL, _ configuration: Configuration.Rates, recorder: RedisRecorder? = nil
    ) {
        var settings = Settings()
        settings.timeoutMilliseconds = UInt64(configuration.redisTimeoutMilliseconds)
        self.init(
            url.address, running: RedisRates.script, settings: settings, recorder: recorder)
    }
}

/// Why the configured Redis cannot be used, and what to do about it, on one line.
struct UnreachableRedis: Error, CustomStringConvertible {
    private let url: RedisURL
    private let reason: RedisError

    init(_ url: RedisURL, _ reason: RedisError) { (self.url, self.reason) = (url, reason) }

    var description: String { "the Redis \(url) cannot be used: \(reason); \(remedy)" }

    private var remedy: String {
        switch reason {
        case .refused:
            "correct REDIS_URL, or see that it writes, and that its user may do EVALSHA, "
                + "SCRIPT LOAD, GET, SET and TIME"
        case .timedOut: "look why it is slow, or raise MARQUEE_REDIS_TIMEOUT"
        case .unreachable, .paused, .overloaded: "start it, or correct REDIS_URL"
        }
    }
}

extension Configuration.Rates.Failure {
    fileprivate var meaning: String {
        switch self {
        case .open: "meanwhile each machine counts by itself"
        case .closed: "meanwhile nothing is answered (MARQUEE_RATE_LIMIT_FAILURE=closed)"
        }
    }
}
