import Testing

@testable import Database

@Suite struct ScriptTextTests {
    private func parts(_ text: String) -> [String] {
        ScriptText(text).parts.map { "\($0.line) \($0.keyword)" }
    }

    @Test func `statements end with semicolons and empty ones do not count`() {
        #expect(parts("select 1;\n;;\n  Insert into a values (1);\n") == ["1 SELECT", "3 INSERT"])
        #expect(parts("") == [])
        #expect(parts(" ;\n-- nothing\n") == [])
    }

    @Test(arguments: [
        "SELECT ';', ';''\n;';\nCOMMIT",
        "SELECT \";\n\";\nCOMMIT",
        "SELECT E'\\';\n';\nCOMMIT",
        "SELECT $$;\n$$;\nCOMMIT",
        "SELECT $a$ $$;\n$b$; $a$;\nCOMMIT",
        "SELECT 1 -- ;\n;\nCOMMIT",
        "/* /* ; */ \n; */ SELECT $1;\nCOMMIT",
        "CREATE (a; b;\n c);\nCOMMIT",
        "SELECT a$b;\n\nCOMMIT",
    ])
    func `what is quoted, commented or bracketed ends nothing`(_ text: String) {
        #expect(ScriptText(text).parts.count == 2)
        #expect(ScriptText(text).parts.last == .init(line: 3, keyword: "COMMIT"))
    }

    @Test(arguments: ["SELECT '", "SELECT $$", "/* ", "SELECT E'\\", "$", "SELECT (", "'", "$a"])
    func `what is not closed ends with the text`(_ text: String) {
        #expect(ScriptText(text).parts.count <= 1)
    }

    @Test func `places are counted in characters`() {
        #expect(ScriptText.line(ofCharacter: 1, in: "a\nb") == 1)
        #expect(ScriptText.line(ofCharacter: 3, in: "ä\nb") == 2)
        #expect(ScriptText.line(ofCharacter: 99, in: "a\nb\n") == 3)
    }
}
