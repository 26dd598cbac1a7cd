/// What a rule says about a text, each finding on its own line as a reader would see it.
func findings(
    _ rule: Rule, _ text: String, in path: String = "Sources/Bytes/Example.swift"
) -> [String] {
    rule.check(SourceFile(path: path, text: text)).map(\.description)
}

/// A text of `count` lines, each holding `line`.
func lines(_ count: Int, of line: String) -> String {
    String(repeating: line + "\n", count: count)
}
