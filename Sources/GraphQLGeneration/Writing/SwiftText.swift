import GraphQLLanguage

/// Swift code that grows line by line.
struct SwiftText {
    private(set) var text = ""
    private var depth = 0

    mutating func line(_ line: String = "") {
        if !line.isEmpty {
            text += String(repeating: "    ", count: depth)
            text += line
        }
        text += "\n"
    }

    mutating func lines(_ lines: [String]) { for line in lines { self.line(line) } }

    /// `head` and braces around what `body` writes.
    mutating func block(_ head: String, _ body: (inout SwiftText) -> Void) {
        line(head + " {")
        depth += 1
        body(&self)
        depth -= 1
        line("}")
    }

    mutating func doCatch(
        _ body: (inout SwiftText) -> Void, otherwise: (inout SwiftText) -> Void
    ) { chain("do", body, "catch", otherwise) }

    mutating func ifElse(
        _ condition: String, _ body: (inout SwiftText) -> Void,
        otherwise: (inout SwiftText) -> Void
    ) { chain("if " + condition, body, "else", otherwise) }

    private mutating func chain(
        _ first: String, _ body: (inout SwiftText) -> Void, _ second: String,
        _ otherwise: (inout SwiftText) -> Void
    ) {
        line(first + " {")
        depth += 1
        body(&self)
        depth -= 1
        block("} " + second, otherwise)
    }

    /// A line that the compiler finds at another place: there its messages about it point.
    mutating func line(_ line: String, asOf path: String, lineNumber: Int) {
        text += "#sourceLocation(file: \(Self.literal(path)), line: \(lineNumber))\n"
        self.line(line)
        text += "#sourceLocation()\n"
    }

    /// A string literal on one line.
    static func literal(_ value: String) -> String {
        var literal = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                literal += "\\u{\(String(scalar.value, radix: 16))}"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// A literal of as many lines as the value, in which only control characters are escaped.
    static func longLiteral(_ value: String) -> String {
        var hashes = "#"
        while value.contains("\"" + hashes) || value.contains("\\" + hashes)
            || value.contains("\"\"\"" + hashes)
        { hashes += "#" }
        var literal = hashes + "\"\"\"\n"
        for scalar in value.unicodeScalars {
            let isPlain = scalar.value >= 0x20 && scalar.value != 0xFEFF && scalar.value != 0x7F
            if isPlain || scalar == "\n" || scalar == "\t" {
                literal.unicodeScalars.append(scalar)
            } else {
                literal += "\\\(hashes)u{\(String(scalar.value, radix: 16))}"
            }
        }
        return literal + "\n\"\"\"" + hashes
    }
}
