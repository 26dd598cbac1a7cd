import Testing

@Suite struct ShapeRulesTests {
    @Test func `a line may have a hundred columns and no more`() {
        let line = String(repeating: "é", count: 100)
        #expect(findings(columnsRule, "\n\(line)\n") == [])
        #expect(
            findings(columnsRule, "\n\(line)é\n") == [
                "Sources/Bytes/Example.swift:2: columns: 101 columns, 100 are allowed"
            ])
    }

    @Test func `scripts and C files have columns too`() {
        let line = String(repeating: "x", count: 101)
        #expect(findings(columnsRule, line, in: "script/setup").count == 1)
        #expect(findings(columnsRule, line, in: "Sources/CSystem/csystem.c").count == 1)
        #expect(findings(columnsRule, line, in: "README.md") == [])
    }

    @Test func `a file may have five hundred lines and no more`() {
        #expect(findings(fileLinesRule, lines(500, of: "a")) == [])
        #expect(
            findings(fileLinesRule, lines(501, of: "a")) == [
                "Sources/Bytes/Example.swift:501: file length: 501 lines, 500 are allowed"
            ])
    }

    @Test func `a function may have sixty lines and no more`() {
        #expect(findings(functionLinesRule, "func f() {\n\(lines(58, of: "a"))}") == [])
        #expect(
            findings(functionLinesRule, "\nfunc f() {\n\(lines(59, of: "a"))}") == [
                "Sources/Bytes/Example.swift:2: function length: 61 lines, 60 are allowed"
            ])
    }

    @Test(arguments: [
        "struct S { let a = 1\ninit() {\n", "class C { deinit {\n",
        "extension A where B: C { var x: Int {\n",
        "enum E { static let f: (Int) -> Int = {\n", "actor A { subscript(i: Int) -> Int {\n",
        "struct S { var x = 1 {\ndidSet {\n", "final class C { class func f() {\n",
        "struct S { func f(enum: Int, g: () -> Void = { _ in }) {\n",
    ])
    func `everything that is run is a function`(opening: String) {
        #expect(findings(functionLinesRule, opening + lines(61, of: "a") + "}}").count == 1)
        #expect(findings(functionLinesRule, opening + lines(50, of: "a") + "}}").isEmpty)
    }

    @Test func `what stands inside a function counts as its lines`() {
        let inner = "struct S {\n\(lines(20, of: "a"))}\nlet b = {\n\(lines(40, of: "a"))}\n"
        #expect(findings(functionLinesRule, "func f() {\n\(inner)}").count == 1)
    }

    @Test func `a long type with short functions is no long function`() {
        let functions = lines(50, of: "func f() {\nif x == \"{\" { return }\n}")
        #expect(findings(functionLinesRule, "public struct S: P {\n\(functions)}\n") == [])
        #expect(findings(functionLinesRule, "import struct A.B\n\(functions)") == [])
    }
}
