import Bytes
import HTTP
import Reactor
import TestSupport
import Testing

@Suite struct FaultPresentationTests {
    init() { LoopThread.start() }

    /// What a router with two paths answers; `/films` has refusals of its own.
    @EventLoop private func answer(_ text: String) async throws -> Response {
        var router = Router()
        let rules = RouteRules(mediaTypes: ["application/json"])
        router.add(.post, "/films", rules) { _ in .text("taken") }
        router.add(.post, "/plain", rules) { _ in .text("taken") }
        router.presentFaults(at: "/films") { fault, request in
            .text("\(request.method.name): \(fault.code)", status: fault.status)
        }
        return try await router.handler(try Request.parsing(text))
    }

    @EventLoop
    @Test(arguments: [
        ("GET /films HTTP/1.1\n\n", "GET: METHOD_NOT_ALLOWED", 405),
        (
            "POST /films HTTP/1.1\nContent-Length: 1\nContent-Type: text/plain\n\nx",
            "POST: UNSUPPORTED_MEDIA_TYPE", 415
        ),
        (
            "POST /films HTTP/1.1\nContent-Length: 1025\nContent-Type: application/json\n\nx",
            "POST: BODY_TOO_LARGE", 413
        ),
        ("PUT /films HTTP/1.1\nContent-Length: 1025\n\nx", "PUT: BODY_TOO_LARGE", 413),
        (
            "POST /films HTTP/1.1\nContent-Length: 1\nContent-Type: application/json\n\n1", "taken",
            200
        ),
    ])
    func `the refusals of a path may look as it likes`(
        request: String, text: String, status: Int
    ) async throws {
        let response = try await answer(request)
        #expect(try await response.text() == text)
        #expect(Int(response.status.rawValue) == status)
        if status == 405 { #expect(response.field("allow") == "POST, OPTIONS") }
    }

    @EventLoop @Test func `those of other paths stay as they are`() async throws {
        #expect(
            try await answer("GET /plain HTTP/1.1\n\n").text().hasPrefix(#"{"error":{"code":"#))
        await #expect(throws: RequestFault.self) {
            try await self.answer(
                "POST /plain HTTP/1.1\nContent-Length: 1\nContent-Type: text/plain\n\nx")
        }
    }

    @EventLoop @Test func `OPTIONS is no refusal`() async throws {
        #expect(try await answer("OPTIONS /films HTTP/1.1\n\n").status == .noContent)
    }
}
