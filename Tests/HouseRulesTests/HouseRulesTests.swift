import Testing

/// All rules over everything in this repository.
@Suite struct HouseRulesTests {
    private static let rules = [
        columnsRule, fileLinesRule, functionLinesRule, printRule, openWorkRule, disabledTestRule,
        testNameRule, machinePathRule, forcedTryRule, forcedCastRule, forcedUnwrapRule,
        uncheckedRule, emptyCatchRule, foundationRule,
    ]

    @Test func `the house keeps its rules`() async throws {
        let manifest = try #require(Repository.file("Package.swift"))
        let floors = Floors(manifest: manifest)
        let files = Repository.files()
        let rules = Self.rules + [floors.importRule]
        var findings = floors.findings
        for file in files {
            findings += rules.flatMap { $0.check(file) }
            // Others wait for the thread, some of them with a limit.
            await Task.yield()
        }
        #expect(findings.isEmpty, Comment(rawValue: findings.map { "\n\($0)" }.joined()))
    }

    @Test func `the rules see the whole house`() {
        let paths = Set(Repository.files().map(\.path))
        let known = [
            "Package.swift", "Sources/Bytes/ASCII.swift", "Sources/CSystem/csystem.c",
            "Tests/HouseRulesTests/HouseRulesTests.swift", "script/setup", ".ci/run",
        ]
        #expect(known.filter { !paths.contains($0) } == [])
    }

    @Test func `the floors are read from the manifest`() throws {
        let manifest = try #require(Repository.file("Package.swift"))
        let floors = Set(Floors(manifest: manifest).floors.map(\.name))
        let modules = Set(Repository.files().compactMap { $0.isSource ? $0.module : nil })
        #expect(modules.subtracting(floors) == [])
        #expect(modules.contains("Bytes"))
    }
}
