import Glibc
import TestSupport
import Testing

/// The real binary with pipes for its standard input and output.
@Suite struct GraphQLCommandTests {
    @Test func `requests on standard input are answered on standard output`() async throws {
        let requests = [
            #"{"op":"print","source":"{a}"}"#, "x", #"{"op":"parse","source":"{"}"#,
        ]
        let output = try await onThread {
            try run("printf '%s\\n' \(requests.map { "'\($0)'" }.joined(separator: " "))")
        }
        #expect(
            output == #"""
                {"printed":"{\n  a\n}"}
                {"error":{"message":"Line 2: Expected a value, found \"x\" (byte 0)."}}
                {"ok":false,"error":{"message":"Syntax Error: Expected Name, found <EOF>.",\#
                "locations":[{"line":1,"column":2}]}}
                exit code 0

                """#)
    }

    @Test func `the schema is shown as it is written, and as introspection tells it`() async throws
    {
        let (text, json) = try await onThread {
            (
                try shell("'\(RunningMarquee.path)' schema"),
                try shell("'\(RunningMarquee.path)' schema --json")
            )
        }
        #expect(text.contains("type Query {\n"))
        #expect(json.hasPrefix(#"{"data":{"__schema":{"description":"What Marquee answers."#))
        #expect(json.hasSuffix("}}\n"))
    }

    /// What `marquee graphql` makes of what a shell command writes.
    private func run(_ command: String) throws -> String {
        try shell("\(command) | '\(RunningMarquee.path)' graphql; echo exit code $?")
    }

    private func shell(_ script: String) throws -> String {
        let stream = try #require(popen(script, "re"))
        defer { pclose(stream) }
        var output: [UInt8] = []
        while case let byte = fgetc(stream), byte != EOF { output.append(UInt8(byte)) }
        return String(decoding: output, as: UTF8.self)
    }
}
