import Postgres

/// Numbers that look random and are the same on every machine (SplitMix64, Steele et al. 2014).
struct Dice {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of 0, 1, … `count` - 1.
    mutating func below(_ count: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    /// Version 4 (RFC 9562, section 5.4).
    mutating func uuid() -> UUID {
        UUID(
            high: next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            low: next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}

/// Different numbers below `count`, as many as asked for, without remembering any: steps of a
/// length that has no divisor in common with the number of places, around and around.
struct Steps: Sequence, IteratorProtocol {
    private let count: Int
    private let step: Int
    private var place: Int
    private var left: Int

    init(_ wanted: Int, below count: Int, _ dice: inout Dice) {
        precondition(wanted <= count, "there are fewer numbers")
        self.count = count
        place = dice.below(count)
        var step = dice.within(1...count)
        while Self.divisor(step, count) != 1 { step += 1 }
        self.step = step
        left = wanted
    }

    private static func divisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : divisor(right, left % right)
    }

    mutating func next() -> Int? {
        guard left > 0 else { return nil }
        left -= 1
        place = (place + step) % count
        return place
    }
}

/// How many of a total fall to each place when few are popular and most are not.
enum Shares {
    /// Falls with the place to the power of 0.8; no place gets more than `most`.
    static func of(_ total: Int, places: Int, most: Int) -> [Int] {
        // Integers only, so that every machine gets the same: 1/n^0.8 as exponents of two would
        // need a library's rounding.
        let weights = (0..<places).map { 1_000_000_000 / (Self.power($0 + 10)) }
        let sum = weights.reduce(0, +)
        var shares: [Int] = []
        var (given, weight) = (0, 0)
        for place in 0..<places {
            weight += weights[place]
            let until = Int(
                UInt64(sum).dividingFullWidth(
                    UInt64(total).multipliedFullWidth(by: UInt64(weight))
                ).quotient)
            let share = min(most, until - given)
            shares.append(share)
            given += share
        }
        return shares
    }

    /// `n^0.8`, times 100 and rounded down, by the fifth root of its fourth power.
    private static func power(_ n: Int) -> Int {
        let goal = Double(n) * Double(n) * Double(n) * Double(n)
        var (low, high) = (1, 100 * n + 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            let root = Double(middle) / 100
            if root * root * root * root * root <= goal { low = middle } else { high = middle }
        }
        return low
    }
}
