/// Text broken into lines for a terminal.
enum Paragraph {
    /// Breaks at blanks so that no line passes `columns`, save for a single longer word. Each line
    /// begins with `indent` blanks and ends with a line feed.
    static func wrap(_ text: String, columns: Int, indent: Int = 0) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= columns {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(margin + word)
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Two columns: names, and texts wrapped beside them.
    static func list(_ entries: [(name: String, text: String)], columns: Int) -> String {
        let indent = 4 + (entries.map(\.name.count).max() ?? 0)
        return entries.map { name, text in
            let wrapped = wrap(text, columns: columns, indent: indent)
            let head = "  " + name
            return head + String(wrapped.dropFirst(min(wrapped.count - 1, head.count)))
        }.joined()
    }
}
