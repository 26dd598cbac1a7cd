extension SourceFile {
    struct Import: Equatable {
        let module: String
        let offset: Int
    }

    /// Every import of the file, of a whole module or of one of its symbols.
    var imports: [Import] {
        code.offsets(ofWord: "import").compactMap { offset in
            var names = code[(offset + 6)...].prefix { $0 != newline && $0 != ascii(";") }
                .split(separator: space)
                .map { String(decoding: $0, as: UTF8.self) }
            if let first = names.first, Self.importKinds.contains(first) { names.removeFirst() }
            guard let module = names.first?.split(separator: ".").first else { return nil }
            return Import(module: String(module), offset: offset)
        }
    }

    private static let importKinds: Set = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]
}
