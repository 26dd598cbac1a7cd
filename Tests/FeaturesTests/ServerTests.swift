import Testing

@Suite struct ServerTests {
    @Test func `the server tells its release and how long it has been running`() async throws {
        let text = try await answer("{ server { version startedAt uptimeSeconds } }")
        #expect(
            text == """
                {"data":{"server":{"version":"1.2.3","startedAt":"1970-01-01T00:16:40.500Z",\
                "uptimeSeconds":10}}}
                """)
    }
}
