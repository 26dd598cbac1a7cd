import Testing

@Suite struct FloorsTests {
    private func floors(_ targets: String) -> Floors {
        let text =
            "func floor(_ a: String) {}\nlet package = Package(\nproducts: [a(targets: [b])],\n"
        return Floors(
            manifest: SourceFile(path: "Package.swift", text: text + "targets: [\n\(targets)])"))
    }

    private let house = """
        .systemLibrary(name: "C", providers: [.apt(["libc-dev"])]),
        floor("A", on: ["C"]),  // on: ["Z"]
        floor("B", on: ["A"]),
        .executableTarget(
            name: "main", dependencies: ["B", .target(name: "A")], path: "x"),
        .target(name: "TestSupport", dependencies: ["A"]),
        tests(of: "B", using: ["A"]),
        """

    @Test func `floors are read in their order`() {
        #expect(
            floors(house).floors == [
                .init(name: "C", dependencies: [], line: 5),
                .init(name: "A", dependencies: ["C"], line: 6),
                .init(name: "B", dependencies: ["A"], line: 7),
                .init(name: "main", dependencies: ["B", "A"], line: 8),
                .init(name: "TestSupport", dependencies: ["A"], line: 10),
                .init(name: "BTests", dependencies: ["B", "TestSupport", "A"], line: 11),
            ])
        #expect(floors(house).findings == [])
    }

    @Test func `a floor stands on floors above it in the list`() {
        #expect(
            floors("floor(\"A\", on: [\"B\"]),\nfloor(\"B\", on: [\"A\"])").findings
                .map(\.description) == [
                    "Package.swift:5: floors: A needs B, which is not listed above it"
                ])
    }

    @Test func `a floor cannot stand on itself`() {
        #expect(floors("floor(\"A\", on: [\"A\"])").findings.count == 1)
    }

    @Test(arguments: ["import B", "@testable import B", "package import struct B.C", "import B.C"])
    func `an upward import is found`(text: String) {
        #expect(
            findings(floors(house).importRule, "import C\n" + text, in: "Sources/A/F.swift") == [
                "Sources/A/F.swift:2: import: A may not import B"
            ])
    }

    @Test func `an import that the floor does not name is found`() {
        let rule = floors(house).importRule
        #expect(findings(rule, "import C", in: "Sources/B/F.swift").count == 1)
        #expect(findings(rule, "import A; import Glibc", in: "Sources/B/F.swift") == [])
    }

    @Test func `a folder without a target is found`() {
        #expect(
            findings(floors(house).importRule, "let a = 1", in: "Sources/Lost/F.swift") == [
                "Sources/Lost/F.swift:1: import: Package.swift lists no Lost"
            ])
        let rule = floors(house).importRule
        #expect(findings(rule, "import A", in: "Tests/LostTests/F.swift").count == 1)
        #expect(findings(rule, "import A", in: "Tests/Fuzzing/Parser/F.swift") == [])
    }
}
