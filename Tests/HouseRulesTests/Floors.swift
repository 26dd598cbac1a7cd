/// The floors of the house as Package.swift lists them, lowest first.
struct Floors: Sendable {
    struct Floor: Equatable, Sendable {
        let name: String
        let dependencies: [String]
        let line: Int
    }

    let floors: [Floor]
    private let path: String

    /// Reads the target list of a manifest: `floor("A", on: ["B"])`, `tests(of: "A")`, and the
    /// package description's own `.target(name: "A", dependencies: ["B"])` and its siblings.
    init(manifest file: SourceFile) {
        path = file.path
        floors = ManifestReader(file: file).floors()
    }

    /// A floor that stands on one which is not listed above it. Without those there is no cycle.
    var findings: [Finding] {
        var known: Set<String> = []
        var findings: [Finding] = []
        for floor in floors {
            for dependency in floor.dependencies where !known.contains(dependency) {
                let what = "\(floor.name) needs \(dependency), which is not listed above it"
                findings.append(
                    Finding(path: path, line: floor.line, rule: "floors", what: what))
            }
            known.insert(floor.name)
        }
        return findings
    }

    /// A file may import the floors that its own one names, and every module from outside.
    var importRule: Rule {
        let allowed = Dictionary(
            floors.map { ($0.name, Set($0.dependencies)) }, uniquingKeysWith: { $0.union($1) })
        return Rule(name: "import") { file in
            guard file.isSwift, let module = file.module else { return [] }
            guard let floors = allowed[module] else {
                // What else lies in Tests, a fuzzer say, is built by a script.
                guard file.isSource || module.hasSuffix("Tests") else { return [] }
                return [file.finding("import", at: 0, "Package.swift lists no \(module)")]
            }
            return file.imports.compactMap { used in
                guard allowed[used.module] != nil, !floors.contains(used.module) else { return nil }
                let what = "\(module) may not import \(used.module)"
                return file.finding("import", at: used.offset, what)
            }
        }
    }
}

private struct ManifestReader {
    let file: SourceFile
    private var code: [UInt8] { file.code }
    private static let calls = [
        "floor(", "tests(", ".target(", ".executableTarget(", ".testTarget(", ".systemLibrary(",
        ".plugin(", ".macro(",
    ]

    init(file: SourceFile) { self.file = file }

    func floors() -> [Floors.Floor] {
        guard let list = code.offsets(of: "targets: [").last(where: { depth(before: $0) == 1 })
        else { return [] }
        let starts = Self.calls.flatMap { code.offsets(of: $0) }.filter { $0 > list }.sorted()
        var floors: [Floors.Floor] = []
        var end = list
        for start in starts where start > end {
            guard let open = code[start...].firstIndex(of: ascii("(")) else { continue }
            end = close(of: open)
            floors.append(floor(in: start..<end))
        }
        return floors
    }

    private func floor(in call: Range<Int>) -> Floors.Floor {
        let line = file.line(of: call.lowerBound)
        let name = strings(in: call).first ?? ""
        let lists = ["dependencies:", "on:", "using:"].flatMap { label in
            strings(inListAfter: label, in: call)
        }
        guard code[call].starts(with: "tests(".utf8) else {
            return .init(name: name, dependencies: lists, line: line)
        }
        let dependencies = [name, "TestSupport"] + lists
        return .init(name: name + "Tests", dependencies: dependencies, line: line)
    }

    private func strings(inListAfter label: String, in call: Range<Int>) -> [String] {
        let found = code.offsets(ofWord: label).first { call.contains($0) }
        guard let found, let open = code[found...].firstIndex(of: ascii("[")) else { return [] }
        return call.contains(open) ? strings(in: open..<close(of: open)) : []
    }

    /// The plain string literals between two offsets.
    private func strings(in range: Range<Int>) -> [String] {
        let quotes = range.filter { code[$0] == ascii("\"") }
        return stride(from: 0, to: quotes.count - 1, by: 2).map {
            String(decoding: file.bytes[(quotes[$0] + 1)..<quotes[$0 + 1]], as: UTF8.self)
        }
    }

    private func close(of open: Int) -> Int {
        var depth = 0
        for offset in open..<code.count {
            depth += change(at: offset)
            if depth == 0 { return offset }
        }
        return code.count
    }

    private func depth(before offset: Int) -> Int {
        (0..<offset).reduce(0) { $0 + change(at: $1) }
    }

    private func change(at offset: Int) -> Int {
        if "([{".utf8.contains(code[offset]) { return 1 }
        return ")]}".utf8.contains(code[offset]) ? -1 : 0
    }
}
