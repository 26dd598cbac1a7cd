import Bytes
import Reactor
import TestSupport
import Testing

@testable import RateLimiting

@Suite struct RateTableTests {
    private static let limit = RateLimit("films", .requests, quota: 5, windowSeconds: 5)
    private static let now: UInt64 = 1_000_000_000

    private func charge(_ account: Int, count: Int = 1) -> RateCharge {
        RateCharge(Self.limit, .account(account), count: count)
    }

    @Test func `everybody has all of the quota, and what is owed is told`() throws {
        let table = try RateTable()
        for account in 1...3 {
            for used in 1...5 {
                #expect(
                    table.take(charge(account), at: Self.now)
                        == .taken(debt: UInt64(used) * 1_000_000))
            }
            #expect(table.take(charge(account), at: Self.now) == .refused(debt: 5_000_000))
            #expect(table.debt(of: charge(account), at: Self.now + 1_000_000) == 4_000_000)
        }
        #expect(table.debt(of: charge(4), at: Self.now) == 0)
    }

    @Test func `limits of other names and subjects of other kinds count apart`() throws {
        let table = try RateTable()
        let other = RateLimit("series", .requests, quota: 5, windowSeconds: 5)
        let charges = [
            charge(1), RateCharge(other, .account(1)), RateCharge(Self.limit, .key(1, 0)),
            RateCharge(Self.limit, .network(IPAddress(high: 1, low: 0))),
        ]
        for charge in charges {
            #expect(table.take(charge, at: Self.now) == .taken(debt: 1_000_000))
        }
    }

    @Test func `one network of IPv6 counts as one, addresses of IPv4 each`() {
        let addresses = ["2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1", "192.0.2.1"]
        let subjects = addresses.compactMap { IPAddress($0.utf8).map(RateSubject.client) }
        #expect(subjects[0] == subjects[1])
        #expect(Set(subjects).count == 3)
    }

    @Test func `what one process uses another sees`() throws {
        let table = try RateTable()
        let other = try #require(RateTable(inherited: table.descriptor))
        _ = table.take(charge(1, count: 4), at: Self.now)
        #expect(other.take(charge(1, count: 2), at: Self.now) == .refused(debt: 4_000_000))
        #expect(other.take(charge(1), at: Self.now) == .taken(debt: 5_000_000))
    }

    @Test func `other memory is not joined`() throws {
        let memory = try SharedMemory.make("other", bytes: (64 + RateTable.cells * 2) * 8)
        #expect(RateTable(inherited: memory) == nil)
        #expect(RateTable(inherited: -1) == nil)
        #expect(RateTable(inherited: try RateTable(cells: 8).descriptor) == nil)
    }

    @Test func `a charge that is given back may be used again`() throws {
        let table = try RateTable()
        _ = table.take(charge(1, count: 5), at: Self.now)
        table.giveBack(charge(1, count: 2))
        #expect(table.debt(of: charge(1), at: Self.now) == 3_000_000)
        #expect(table.take(charge(1, count: 2), at: Self.now) == .taken(debt: 5_000_000))
        table.giveBack(charge(2))
        #expect(table.debt(of: charge(2), at: Self.now) == 0)
    }

    @Test func `cells that say nothing any more are used again`() throws {
        let table = try RateTable(cells: 8)
        var forgotten = 0
        for account in 1...1_000 {
            let now = Self.now + UInt64(account) * 1_000_000
            _ = table.take(charge(account), at: now) { forgotten += 1 }
        }
        #expect(forgotten == 0)
    }

    @Test func `where all are needed, the one that owes least is forgotten`() throws {
        let table = try RateTable(cells: 8)
        for account in 1...8 {
            _ = table.take(charge(account, count: account == 3 ? 1 : 2), at: Self.now)
        }
        var forgotten = 0
        #expect(
            table.take(charge(9), at: Self.now) { forgotten += 1 } == .taken(debt: 1_000_000))
        #expect(forgotten == 1)
        let debts = (1...9).map { table.debt(of: charge($0), at: Self.now) / 1_000_000 }
        #expect(debts == [2, 2, 0, 2, 2, 2, 2, 2, 1])
    }

    @Test func `several charges are used together or not at all`() throws {
        let rates = LocalRates(try RateTable())
        let small = RateLimit("small", .points, quota: 2, windowSeconds: 2)
        var charges = [charge(1, count: 3), RateCharge(small, .account(1), count: 3)]
        #expect(rates.take(&charges, at: Self.now, onForgotten: {}) == 1)
        charges = [charge(1, count: 5), RateCharge(small, .account(1), count: 2)]
        #expect(rates.take(&charges, at: Self.now, onForgotten: {}) == nil)
        #expect(charges.map(\.debt) == [5_000_000, 2_000_000])
    }

    @Test func `many at once get what one would, and no more`() async throws {
        let table = try RateTable(cells: 1_024)
        let limit = RateLimit("films", .requests, quota: 100, windowSeconds: 86_400)
        let counts = Locked([Int](repeating: 0, count: 64))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await onThread {
                        guard let view = RateTable(inherited: table.descriptor, cells: 1_024)
                        else { throw NeverHappened(what: "a view of the table") }
                        var taken = [Int](repeating: 0, count: 64)
                        for _ in 0..<200 {
                            for account in 0..<64 {
                                let charge = RateCharge(limit, .account(account))
                                if case .taken = view.take(charge, at: Self.now) {
                                    taken[account] += 1
                                }
                            }
                        }
                        counts.withLock { counts in
                            for account in 0..<64 { counts[account] += taken[account] }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counts.withLock { $0 } == [Int](repeating: 100, count: 64))
    }
}

@Suite struct SipHashTests {
    @Test func `it depends on key and words`() {
        func hash(_ words: [UInt64], key: (UInt64, UInt64)) -> UInt64 {
            var hash = SipHash(key: key)
            for word in words { hash.combine(word) }
            return hash.finish()
        }
        #expect(hash([1, 2], key: (3, 4)) == hash([1, 2], key: (3, 4)))
        let others = [
            hash([1, 2], key: (3, 4)), hash([2, 1], key: (3, 4)), hash([1, 2], key: (4, 3)),
            hash([1, 2, 0], key: (3, 4)), hash([], key: (3, 4)),
        ]
        #expect(Set(others).count == 5)
    }
}

@Suite struct RateFieldsTests {
    @Test func `policies and remainders are told as the draft says`() {
        var address = RateCharge(
            RateLimit("address", .requests, quota: 600, windowSeconds: 60),
            .network(.loopback))
        address.debt = 150_000
        var cost = RateCharge(
            RateLimit("cost", .points, quota: 1_000, windowSeconds: 10), .account(1), count: 7)
        cost.debt = 10_000_000
        var text = ByteBuffer()
        RateFields.policies(of: [address, cost], to: &text)
        #expect(
            String(decoding: text.array(), as: UTF8.self)
                == #""address";q=600;w=60, "cost";q=1000;qu="points";w=10"#)
        text.removeAll()
        RateFields.remainders(of: [address, cost], to: &text)
        #expect(
            String(decoding: text.array(), as: UTF8.self)
                == #""address";r=598;t=1, "cost";r=0;t=10"#)
    }
}
