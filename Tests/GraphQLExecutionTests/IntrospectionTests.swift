import Testing

@Suite struct IntrospectionTests {
    private let schema = #"""
        "A \"quoted\" \u00e9." scalar Time @specifiedBy(url: "https://example.org/é")
        type Query {
          """
            Several
              lines, \""" and 😀.
          """
          a(
            "An input." b: Int @deprecated(reason: "Not\tany more.")
          ): Time @deprecated
        }
        enum Kind { "One." A @deprecated(reason: """Old.""") B }
        "A directive." directive @d repeatable on FIELD | QUERY
        """#

    private func expect(
        _ selection: String, _ data: String,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) async throws {
        let text = try await answer(schema, "{ type: __type(\(selection) }")
        #expect(text == #"{"data":{"type":\#(data)}}"#, sourceLocation: sourceLocation)
    }

    @Test func `a scalar has a description and a URL`() async throws {
        try await expect(
            #"name: "Time") { kind name description specifiedByURL isOneOf }"#,
            #"""
            {"kind":"SCALAR","name":"Time","description":"A \"quoted\" é.",\#
            "specifiedByURL":"https://example.org/é","isOneOf":null}
            """#)
    }

    @Test func `fields and arguments have descriptions and may be deprecated`() async throws {
        let parts = "name description isDeprecated deprecationReason"
        try await expect(
            """
            name: "Query") { fields(includeDeprecated: true) { \(parts) \
            args(includeDeprecated: true) { \(parts) } } }
            """,
            #"""
            {"fields":[{"name":"a","description":"Several\n  lines, \"\"\" and 😀.",\#
            "isDeprecated":true,"deprecationReason":"No longer supported","args":[{"name":"b",\#
            "description":"An input.","isDeprecated":true,"deprecationReason":"Not\tany more."}]}]}
            """#)
    }

    @Test func `enum values have descriptions and may be deprecated`() async throws {
        try await expect(
            """
            name: "Kind") { enumValues(includeDeprecated: true) { name description isDeprecated \
            deprecationReason } }
            """,
            #"""
            {"enumValues":[{"name":"A","description":"One.","isDeprecated":true,\#
            "deprecationReason":"Old."},{"name":"B","description":null,"isDeprecated":false,\#
            "deprecationReason":null}]}
            """#)
    }

    @Test func `directives have descriptions and places`() async throws {
        let text = try await answer(
            schema, "{ __schema { directives { name description isRepeatable locations } } }")
        #expect(
            text.contains(
                #"""
                {"name":"d","description":"A directive.","isRepeatable":true,\#
                "locations":["FIELD","QUERY"]}
                """#))
    }
}
