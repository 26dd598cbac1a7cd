import Glibc
import TestSupport
import Testing

@testable import Gateway

@Suite struct CheckCommandTests {
    private static let schema = """
        type Query { movie(id: ID!): Movie old: Int @deprecated(reason: "Ask for movie.") }
        type Movie { id: ID! title: String }
        """

    /// Stands for the text of a file that is no text.
    private let unreadable = "\u{FFFD}"

    /// Runs `marquee check` over files that exist only here.
    private func check(
        _ files: [String: String], options: [String] = [], schema: String = schema
    ) -> (code: Int32, output: String, error: String) {
        let captured = CapturedTerminal()
        let surroundings = Surroundings(environment: [:]) { path throws(TextFile.Fault) in
            if path == "s.graphql" { return schema }
            if files[path] == unreadable {
                throw TextFile.Fault(isAbsence: false, reason: "not UTF-8 text")
            }
            guard let text = files[path] else {
                throw TextFile.Fault(isAbsence: true, reason: "No such file or directory")
            }
            return text
        }
        let code = CommandLineTool.marquee.run(
            arguments: ["check", "--schema", "s.graphql"] + options + files.keys.sorted(),
            in: surroundings, output: captured.terminal)
        return (code, captured.output, captured.error)
    }

    @Test func `documents that keep the rules pass`() {
        let result = check(["a.graphql": "query A { movie(id: 1) { id } }"])
        #expect(result.code == 0)
        #expect(result.output == "1 operation in 1 file: 0 errors, 0 warnings\n")
    }

    @Test func `mistakes are shown at their places, with the others that belong to them`() {
        let result = check([
            "a.graphql": "query A {\n  movie(id: 1) { nam }\n}\nquery A { movie(id: 2) { id } }",
            "b.graphql": "query B { movie(id: 1) {",
        ])
        #expect(result.code == 1)
        #expect(
            result.output == """
                b.graphql:1:25: error: Syntax Error: Expected Name, found <EOF>.
                a.graphql:2:18: error: Cannot query field "nam" on type "Movie".
                a.graphql:1:7: error: There can be only one operation named "A".
                a.graphql:4:7: note: also here
                2 operations in 2 files: 3 errors, 0 warnings

                """)
    }

    @Test func `what is wrong takes one line, whatever it quotes`() {
        let block = "\"\"\"\n3\n4\n\"\"\""
        let found = #"Expected Name, found BlockString "3\n4"."#
        let result = check(["a.graphql": "{ movie(id: 1 \(block)) { id } }"])
        #expect(result.output.hasPrefix("a.graphql:1:15: error: Syntax Error: \(found)\n"))
        let schema = check(["a.graphql": ""], schema: "type Query { a(b: ID @c(d: 1 \(block)")
        #expect(schema.error == "s.graphql:1:30: error: Syntax Error: \(found)\n")
    }

    @Test func `files that take fragments from each other are checked together`() {
        let fragments = "\r\nfragment F on Movie { id\n title nope }"
        let result = check([
            "a.graphql": "query A { movie(id: 1) { ...F } }", "f.graphql": fragments,
            "z.graphql": "{ movie(id: 1) { id } }",
        ])
        #expect(result.code == 1)
        #expect(
            result.output == """
                f.graphql:3:8: error: Cannot query field "nope" on type "Movie".
                2 operations in 3 files: 1 error, 0 warnings

                """)
    }

    @Test func `deprecated fields are warnings, unless they are to fail`() {
        let files = ["a.graphql": "{ old }"]
        let result = check(files)
        #expect(result.code == 0)
        #expect(
            result.output == """
                a.graphql:1:3: warning: The field Query.old is deprecated. Ask for movie.
                1 operation in 1 file: 0 errors, 1 warning

                """)
        #expect(check(files, options: ["--strict"]).code == 1)
    }

    @Test func `what cannot be read is an error of its file, and the others are checked`() {
        let result = check(
            ["a.graphql": "{ nope }", "latin.graphql": unreadable], options: ["missing.graphql"])
        #expect(result.code == 1)
        #expect(
            result.output == """
                missing.graphql: error: No such file or directory
                latin.graphql: error: not UTF-8 text
                a.graphql:1:3: error: Cannot query field "nope" on type "Query".
                1 operation in 3 files: 3 errors, 0 warnings

                """)
        #expect(check([:]).code == ExitCode.usage)
    }

    @Test func `a fragment of another file's name is told of where it stands`() {
        let result = check([
            "a.graphql": "query A { movie(id: 1) { ...F } }",
            "f.graphql": "fragment F on Movie { id }",
            "g.graphql": "\n fragment F on Movie { title }",
        ])
        #expect(result.code == 1)
        #expect(
            result.output == """
                g.graphql:2:11: error: There can be only one fragment named "F".
                f.graphql:1:10: note: also here
                g.graphql:2:2: error: Fragment "F" is never used.
                1 operation in 3 files: 2 errors, 0 warnings

                """)
    }

    @Test func `files that use only their own fragments may give them the same name`() {
        let own = "{ movie(id: 1) { ...F } } fragment F on Movie { id }"
        #expect(check(["a.graphql": own, "b.graphql": own]).code == 0)
        let taking = "query { movie(id: 1) { ...F } }"
        #expect(
            check(["a.graphql": taking, "b.graphql": own, "c.graphql": own]).output.contains(
                "c.graphql:1:36: error: There can be only one fragment named \"F\"."))
    }

    @Test func `fragments in files that are checked together are told of once`() {
        let result = check([
            "a.graphql": "query A { movie(id: 1) { ...F ...G } }",
            "b.graphql": "fragment F on Movie { id }",
            "c.graphql": "fragment F on Movie { id } fragment G on Movie { id }",
        ])
        #expect(
            result.output == """
                b.graphql:1:10: error: There can be only one fragment named "F".
                c.graphql:1:10: note: also here
                1 operation in 3 files: 1 error, 0 warnings

                """)
    }

    /// Runs `marquee check` over what really is in a folder.
    private func check(folder: String, operands: [String]) throws -> String {
        try write(Self.schema, to: "\(folder)/s.txt")
        let captured = CapturedTerminal()
        _ = CommandLineTool.marquee.run(
            arguments: ["check", "--schema", "\(folder)/s.txt"] + operands,
            in: Surroundings(environment: [:], readFile: TextFile.read),
            output: captured.terminal)
        return captured.output.split(separator: folder, omittingEmptySubsequences: false)
            .joined()
    }

    private func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "we"))
        fputs(text, file)
        fclose(file)
    }

    @Test(.timeLimit(.minutes(1)))
    func `of a folder only its files are read, each once`() throws {
        let folder = try TemporaryFolder()
        mkdir("\(folder.path)/sub", 0o755)
        try write("{ nope }", to: "\(folder.path)/sub/a.graphql")
        mkfifo("\(folder.path)/pipe.graphql", 0o644)
        symlink("..", "\(folder.path)/sub/up")
        symlink("sub", "\(folder.path)/then")
        symlink("nowhere", "\(folder.path)/gone.graphql")
        #expect(
            try check(folder: folder.path, operands: [folder.path]) == """
                /sub/a.graphql:1:3: error: Cannot query field "nope" on type "Query".
                1 operation in 1 file: 1 error, 0 warnings

                """)
    }

    @Test(.timeLimit(.minutes(1)))
    func `what is no file is an error where it is named`() throws {
        let folder = try TemporaryFolder()
        let pipe = "\(folder.path)/pipe.graphql"
        mkfifo(pipe, 0o644)
        #expect(
            try check(folder: folder.path, operands: [pipe]) == """
                /pipe.graphql: error: not a regular file
                0 operations in 1 file: 1 error, 0 warnings

                """)
    }

    @Test func `a schema with mistakes is shown like the documents`() {
        let result = check(["a.graphql": "{ old }"], schema: "type Query {\n  a: Nope\n}")
        #expect(result.code == 1)
        #expect(result.error == "s.graphql:2:6: error: Unknown type \"Nope\".\n")
    }
}
