import Testing

@Suite struct InfiniteNumberTests {
    @Test(
        arguments: [
            ("Int", "Int cannot represent non-integer value"),
            ("Float", "Float cannot represent non numeric value"),
            ("String", "String cannot represent value"),
            ("Boolean", "Boolean cannot represent a non boolean value"),
            ("ID", "ID cannot represent value"),
        ])
    func `a number that no double holds is no value`(type: String, reason: String) async throws {
        let text = try await answer("type Query { a: \(type) }", "{ a }", root: #"{"a":1e400}"#)
        #expect(
            text == """
                {"data":{"a":null},"errors":[{"message":"\(reason): Infinity","locations":\
                [{"line":1,"column":3}],"path":["a"]}]}
                """)
    }
}
