import Bytes
import Reactor
import Secrets
import TestSupport
import Testing

@testable import Redis

/// Against a real Redis.
@Suite struct RedisClientTests {
    /// Counts its calls, and returns the count and what it was given.
    private static let script = RedisScript(
        "return {redis.call('INCR', KEYS[1]), tonumber(ARGV[1])}", tryingKeys: ["trial"],
        arguments: [0])

    @EventLoop private static func expect(
        _ client: RedisClient, _ number: Int, toGive numbers: [Int]
    ) async throws {
        let reply = try await client.run(keys: ["a"], arguments: [number])
        #expect(reply.integers == numbers)
    }

    private func withClient(
        of redis: RunningRedis, password: String? = nil, database: Int = 0,
        timeoutMilliseconds: UInt64 = 60_000,
        _ body: @escaping @Sendable @EventLoop (RedisClient) async throws -> Void
    ) async throws {
        let address = RedisAddress(
            .unix(path: redis.socket), password: password.map { Secret($0) }, database: database)
        try await onLoop {
            var settings = RedisClient.Settings()
            settings.timeoutMilliseconds = timeoutMilliseconds
            settings.breaker.firstPauseMilliseconds = 5
            settings.breaker.longestPauseMilliseconds = 20
            let client = RedisClient(address, running: Self.script, settings: settings)
            defer { client.close() }
            await client.connect()
            try await body(client)
        }
    }

    @Test func `a script is run with its keys and arguments`() async throws {
        try await withClient(of: try await .start()) { client in
            try await Self.expect(client, 5, toGive: [1, 5])
            try await Self.expect(client, 6, toGive: [2, 6])
        }
    }

    @Test func `calls that are made together are answered in their order`() async throws {
        try await withClient(of: try await .start()) { client in
            let tasks = (1...2_000).map { number in
                Task { @EventLoop in
                    try await client.run(keys: ["a"], arguments: [number]).integers
                }
            }
            var counts: Set<Int> = []
            for (index, task) in tasks.enumerated() {
                let answer = try await task.value ?? []
                #expect(answer.last == index + 1)
                counts.formUnion(answer.prefix(1))
            }
            #expect(counts == Set(1...2_000))
        }
    }

    @Test func `a script that was forgotten is given again, and runs once`() async throws {
        let redis = try await RunningRedis.start()
        try await withClient(of: redis) { client in
            try await Self.expect(client, 0, toGive: [1, 0])
            _ = try await onThread { redis.say("SCRIPT FLUSH") }
            try await Self.expect(client, 0, toGive: [2, 0])
            try await Self.expect(client, 0, toGive: [3, 0])
        }
    }

    @Test func `password and database are kept to`() async throws {
        let redis = try await RunningRedis.start(password: "s3cret")
        try await withClient(of: redis, password: "s3cret", database: 3) { client in
            try await Self.expect(client, 0, toGive: [1, 0])
        }
        try await withClient(of: redis, password: "s3cret") { client in
            try await Self.expect(client, 0, toGive: [1, 0])
        }
        try await withClient(of: redis, password: "wrong") { client in
            await #expect(throws: RedisError.paused) {
                try await client.run(keys: ["a"], arguments: [0])
            }
        }
    }

    @Test func `one that is killed fails its calls, and is asked again when it is back`()
        async throws
    {
        let redis = try await RunningRedis.start()
        try await withClient(of: redis) { client in
            redis.pause(true)
            let waiting = Task { @EventLoop in
                try await client.run(keys: ["a"], arguments: [0])
            }
            try await redis.kill()
            await #expect(throws: RedisError.self) { try await waiting.value }
            await #expect(throws: RedisError.paused) {
                try await client.run(keys: ["a"], arguments: [0])
            }
            try await redis.start()
            try await eventually("a connection") { client.isReady }
            try await Self.expect(client, 0, toGive: [1, 0])
        }
    }

    @Test func `one that knows the script and does not run it is not asked until it does`()
        async throws
    {
        let redis = try await RunningRedis.start()
        try await withClient(of: redis) { client in
            let told = Locked<[String]>([])
            client.onTrouble = { reason in
                told.withLock { $0.append(String("\(reason)".prefix(3))) }
            }
            client.onRecovery = { told.withLock { $0.append("well") } }
            try await Self.expect(client, 0, toGive: [1, 0])
            _ = try await onThread { redis.say("CONFIG SET maxmemory 1") }
            for _ in 0..<5 {
                await #expect(throws: RedisError.self) {
                    try await client.run(keys: ["a"], arguments: [0])
                }
            }
            // It connects and is refused anew, again and again.
            try await eventually("the end of its connection") { !client.isReady }
            for _ in 0..<20 {
                await #expect(throws: RedisError.paused) {
                    try await client.run(keys: ["a"], arguments: [0])
                }
                try await EventLoop.sleep(milliseconds: 5)
            }
            #expect(told.withLock { $0 } == ["OOM"])
            _ = try await onThread { redis.say("CONFIG SET maxmemory 0") }
            try await eventually("a connection") { client.isReady }
            #expect(told.withLock { $0 } == ["OOM", "well"])
        }
    }

    @Test func `one that does not answer in time is given up`() async throws {
        let redis = try await RunningRedis.start()
        try await withClient(of: redis, timeoutMilliseconds: 1_000) { client in
            try await eventually("a connection") { client.isReady }
            redis.pause(true)
            await #expect(throws: RedisError.timedOut(milliseconds: 1_000)) {
                try await client.run(keys: ["a"], arguments: [0])
            }
            #expect(!client.isReady)
            redis.pause(false)
            try await eventually("a connection") { client.isReady }
        }
    }

    @Test func `one that is not there, or is none, is said to be`() async throws {
        let reasons = Locked<[String]>([])
        for endpoint in [
            RedisAddress.Endpoint.unix(path: "/nowhere/redis.sock"),
            .internet(host: "127.0.0.1", port: 1), .internet(host: "localhost", port: 1),
        ] {
            try await onLoop {
                var settings = RedisClient.Settings()
                settings.timeoutMilliseconds = 60_000
                let client = RedisClient(
                    RedisAddress(endpoint), running: Self.script, settings: settings)
                client.onTrouble = { reason in reasons.withLock { $0.append("\(reason)") } }
                await client.connect()
                client.close()
            }
        }
        let said = reasons.withLock { $0 }
        #expect(
            said == ["No such file or directory", "Connection refused", "Connection refused"])
    }
}
