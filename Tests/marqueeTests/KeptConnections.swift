import Bytes
import Reactor
import TestSupport

/// Clients that ask again and again over connections they keep, and dial anew only when the
/// server has said that it closes.
final class KeptConnections: Sendable {
    private struct Count {
        var answered = 0
        var failed = 0
        var isStopping = false
    }

    private let count = Locked(Count())
    private let work = Locked<[Task<Void, any Error>]>([])

    static func start(_ number: Int, to marquee: RunningMarquee) async throws -> KeptConnections {
        let load = KeptConnections()
        for _ in 0..<number {
            let task = Task { try await load.ask(marquee) }
            load.work.withLock { $0.append(task) }
        }
        return load
    }

    private func ask(_ marquee: RunningMarquee) async throws {
        var client: TestClient?
        while !count.withLock(\.isStopping) {
            do {
                let connection = if let client { client } else { try await marquee.client() }
                try await connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                let response = try await connection.response()
                client = response["connection"] == "close" ? nil : connection
                count.withLock {
                    if response.status == 200 { $0.answered += 1 } else { $0.failed += 1 }
                }
            } catch {
                client = nil
                count.withLock { $0.failed += 1 }
            }
        }
    }

    /// Returns once so many more requests have been answered.
    func waitForMore(than number: Int) async throws {
        let goal = count.withLock { $0.answered + $0.failed } + number
        try await eventually("\(number) more requests") { [self] in
            count.withLock { $0.answered + $0.failed } > goal
        }
    }

    /// Ends the load and returns how many requests failed.
    func stop() async throws -> Int {
        count.withLock { $0.isStopping = true }
        for task in work.withLock({ $0 }) { try await task.value }
        return count.withLock(\.failed)
    }
}
