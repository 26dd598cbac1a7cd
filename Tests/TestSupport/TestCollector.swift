package import HTTP
package import Reactor

/// A collector of traces on a port of its own, that keeps what it is sent.
@EventLoop package final class TestCollector {
    package struct Export: Sendable {
        /// Method, target and fields, as they came.
        package let head: String
        package let body: [UInt8]
        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    package private(set) var exports: [Export] = []
    package nonisolated let port: UInt16

    private nonisolated init(port: UInt16) { self.port = port }

    /// What is answered to the export of a number, counted from 1.
    package typealias Answer = @Sendable @EventLoop (Int) async throws -> Response

    /// Collects while `body` runs; then it is gone, whatever it was about to answer.
    package nonisolated static func run(
        answering answer: @escaping Answer = { _ in .json([UInt8]("{}".utf8)) },
        _ body: (TestCollector) async throws -> Void
    ) async throws {
        let box = Box()
        let handler: Handler = { request in
            let body = try await request.body.collect()
            let head = String(decoding: request.head.bytes, as: UTF8.self)
            box.collector?.exports.append(Export(head: head, body: body))
            return try await answer(box.collector?.exports.count ?? 0)
        }
        var settings = ServerSettings()
        settings.maximumBodyBytes = 64 << 20
        try await TestServer.run(settings, handler: handler) { server in
            let collector = TestCollector(port: server.port)
            try await onLoop { box.collector = collector }
            try await body(collector)
        }
    }

    @EventLoop private final class Box {
        var collector: TestCollector?
        nonisolated init() {}
    }

    /// All exports, once there are so many.
    package nonisolated func exports(_ count: Int) async throws -> [Export] {
        try await eventually("\(count) exports") { self.exports.count >= count }
        return try await onLoop { self.exports }
    }
}
