import Bytes
import Reactor
import TestSupport
import Testing

@testable import Database

/// What the real binary keeps when requests are over.
@Suite struct MemoryTests {
    private static let list =
        "{ movies(first: 20) { nodes { title reviews(first: 3) { nodes { text } } } } }"
    private static let rating = #"mutation { rateMovie(movieId: "movie-1", value: 4) { value } }"#

    private func ask(_ count: Int, _ client: TestClient) async throws {
        for number in 0..<count {
            let document = number % 4 == 0 ? Self.rating : Self.list
            try await client.send(
                RunningMarquee.request(RunningMarquee.body(document), ["Marquee-Viewer: 2"]))
            let answer = try await client.response()
            #expect(answer.status == 200 && !answer.text.contains("errors"))
        }
    }

    private func residentPages(_ process: Int32) throws -> Int {
        let text = try #require(TextOfFile.read("/proc/\(process)/statm"))
        return try #require(Int(text.split(separator: " ")[1]))
    }

    @Test func `requests that are over are kept nowhere`() async throws {
        let marquee = try await RunningMarquee.showingDemo(
            on: try await RunningPostgres.shared.newDatabase("memory"),
            environment: ["MARQUEE_ACCESS_LOG": "on"])
        let worker = try #require(try await marquee.workers.last)
        let client = try await marquee.client()
        try await ask(200, client)
        let before = try residentPages(worker)
        try await ask(1_000, client)
        // Each of them took 58 KiB.
        #expect(try residentPages(worker) - before < 4_096)
        try await marquee.stop()
    }
}
