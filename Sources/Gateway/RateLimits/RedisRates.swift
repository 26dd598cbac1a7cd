import RateLimiting
import Reactor
import Redis

/// The limits as all machines count them together, in a Redis.
@EventLoop final class RedisRates {
    private let client: RedisClient

    init(_ client: RedisClient) { self.client = client }

    /// Uses all that the charges say, or nothing, in one call; returns which of them does not fit.
    /// Each learns what is owed of its limit.
    func take(_ charges: [RateCharge]) async throws(RedisError) -> (
        charges: [RateCharge], refused: Int?
    ) {
        var arguments: [Int] = []
        arguments.reserveCapacity(charges.count * 2)
        for charge in charges {
            arguments.append(Int(charge.amount))
            arguments.append(Int(charge.limit.capacity))
        }
        let keys = charges.map { "marquee:rate:\($0.limit.name):\($0.subject)" }
        let reply = try await client.run(keys: keys, arguments: arguments)
        guard let numbers = reply.integers, numbers.count == charges.count + 1 else {
            throw .refused("the script's answer is of another form")
        }
        var charges = charges
        for index in charges.indices { charges[index].debt = UInt64(max(0, numbers[index + 1])) }
        return (charges, numbers[0] == 0 ? nil : numbers[0] - 1)
    }

    /// `ArrivalTime` for many keys at once, by the clock of the Redis and in microseconds. A key
    /// expires when it owes nothing. Lua's numbers are doubles, here exact to a quarter of a
    /// microsecond, so that one of slack makes up for all rounding.
    static let script = RedisScript(
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local debts, refused = {}, 0
        for i, key in ipairs(KEYS) do
          local debt = math.max(0, tonumber(redis.call('GET', key) or 0) - now)
          debts[i] = debt
          if refused == 0 and debt + ARGV[2 * i - 1] > ARGV[2 * i] + 1 then refused = i end
        end
        if refused == 0 then
          for i, key in ipairs(KEYS) do
            debts[i] = debts[i] + ARGV[2 * i - 1]
            local life = math.max(1, math.ceil(debts[i] / 1000))
            redis.call('SET', key, string.format('%.2f', now + debts[i]), 'PX', life)
          end
        end
        return {refused, unpack(debts)}
        """, tryingKeys: ["marquee:rate:trial"], arguments: [1, 1_000])
}
