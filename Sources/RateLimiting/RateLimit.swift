package import Bytes

/// So many of something in a window of time, and as many at once.
///
/// One class and not a value, since every request that is counted refers to several.
package final class RateLimit: Sendable {
    /// Names it to clients, logs and other processes: `address`, or `Mutation.login`.
    package let name: String
    /// What is counted.
    package let unit: Unit
    package let quota: Int
    package let windowSeconds: Int
    /// How long one unit takes to come back, in microseconds.
    package let interval: UInt64
    /// The same in all processes that count under this name.
    let code: UInt64

    package enum Unit: String, Sendable {
        case requests
        /// What operations cost.
        case points
        /// Fields that operations ask for.
        case fields = "times"
    }

    /// How many units a second may at most come back: each takes a microsecond.
    package static let mostPerSecond = 1_000_000

    package init(_ name: String, _ unit: Unit, quota: Int, windowSeconds: Int) {
        precondition(
            quota > 0 && windowSeconds > 0 && quota <= windowSeconds * Self.mostPerSecond,
            "a limit that cannot be counted")
        (self.name, self.unit) = (name, unit)
        (self.quota, self.windowSeconds) = (quota, windowSeconds)
        interval = UInt64(windowSeconds) * 1_000_000 / UInt64(quota)
        code = SipHash.code(of: name)
    }

    /// What may be used at once, in microseconds: all of the quota.
    package var capacity: UInt64 { interval * UInt64(quota) }

    /// What `count` units use. More than the quota is as good as one more than the quota.
    package func charge(_ count: Int) -> UInt64 {
        interval * UInt64(min(max(count, 0), quota + 1))
    }

    /// How many units somebody with that debt may still use.
    package func remaining(at debt: UInt64) -> Int {
        debt >= capacity ? 0 : Int((capacity - debt) / interval)
    }
}

/// Who uses something of a limit.
package enum RateSubject: Hashable, Sendable {
    /// An address, of IPv6 the network: whoever has one address there has all.
    case network(IPAddress)
    /// The number of an account.
    case account(Int)
    /// The digest of a key's secret. Not its account: that is believed of nobody's key unseen.
    case key(UInt64, UInt64)

    /// Of IPv6 the first 64 bits count.
    package static func client(_ address: IPAddress) -> RateSubject {
        .network(address.isIPv4 ? address : IPAddress(high: address.high, low: 0))
    }

    var words: (UInt64, UInt64, UInt64) {
        switch self {
        case .network(let address): (1, address.high, address.low)
        case .account(let number): (2, UInt64(bitPattern: Int64(number)), 0)
        case .key(let high, let low): (3, high, low)
        }
    }
}

extension RateSubject: CustomStringConvertible {
    package var description: String {
        switch self {
        case .network(let address): "address:\(address)"
        case .account(let number): "account:\(number)"
        case .key(let high, let low):
            "key:\(String(high, radix: 16)).\(String(low, radix: 16))"
        }
    }
}

/// What one request uses of one limit, and then what its subject owes.
package struct RateCharge: Sendable {
    package let limit: RateLimit
    package let subject: RateSubject
    package let count: Int
    /// What has not come back yet, in microseconds, as far as it was found out.
    package var debt: UInt64 = 0

    package init(_ limit: RateLimit, _ subject: RateSubject, count: Int = 1) {
        (self.limit, self.subject, self.count) = (limit, subject, count)
    }

    package var amount: UInt64 { limit.charge(count) }

    /// In how many seconds the charge would fit, once it was refused: at least one.
    package var retryAfterSeconds: Int {
        // What is more than the quota never fits; whoever asks for less waits at most a window.
        guard count <= limit.quota else { return limit.windowSeconds }
        let over = debt + amount - min(limit.capacity, debt + amount)
        return max(1, Int((over + 999_999) / 1_000_000))
    }

    /// In how many seconds all has come back.
    package var resetSeconds: Int { Int((debt + 999_999) / 1_000_000) }
}
