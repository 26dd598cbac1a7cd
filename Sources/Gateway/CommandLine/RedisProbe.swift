import Reactor
import Redis

/// Tries whether the server could count in its configured Redis.
package enum RedisProbe {
    package enum Outcome: Sendable, Equatable {
        case usable
        /// Why not and what to do, on one line.
        case unusable(String)
    }

    package static func outcome(of configuration: Configuration) -> Outcome {
        guard let url = configuration.rates.redis else { return .usable }
        return EventLoop.run {
            let client = RedisClient(url, configuration.rates)
            var reason: RedisError?
            client.onTrouble = { reason = $0 }
            await client.connect()
            client.close()
            return reason.map { .unusable("\(UnreachableRedis(url, $0))") } ?? .usable
        }
    }
}
