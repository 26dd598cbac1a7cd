extension NodeCursor {
    /// The node as source text in the usual form; a whole document when asked of its root. Parsed
    /// again it is the same tree. O(n); comments are gone.
    public var printed: String {
        var printer = Printer(document: node.document)
        printer.write(node)
        return String(decoding: printer.output, as: UTF8.self)
    }
}

extension Document {
    /// The document as source text in the usual form, without comments.
    public var printed: String { root.printed }
}

/// Writes nodes as source text. It recurses as deep as the parser that made them.
struct Printer {
    let document: Document
    private(set) var output: [UInt8] = []
    private(set) var indentation = 0

    /// A line of arguments that is longer, in UTF-16 code units, is broken.
    private static let longestLine = 80

    init(document: Document) { self.document = document }

    mutating func write(_ node: Node) {
        switch node.kind {
        case .document: each(node.children, separatedBy: "\n\n")
        case .selectionSet: block(node.children)
        case .field: write(field: node)
        case .description, .stringValue: write(string: StringLiteral(unchecked: node))
        case .intValue, .floatValue: append(node.start..<node.end)
        case .listValue: enclose(node, "[", "]")
        case .objectValue: enclose(node, "{", "}")
        case .argument, .objectField: write(namedValue: node)
        case .directive: write(directive: node)
        case .variable: append("$", node.name)
        case .namedType, .listType: write(type: TypeReference(unchecked: node))
        case .operationTypeDefinition: write(operationType: node)
        case .alias, .booleanValue, .nullValue, .enumValue, .directiveLocation: append(node.name)
        default: write(definition: node)
        }
    }
}

/// Bytes.
extension Printer {
    mutating func append(_ text: StaticString) {
        output.append(
            contentsOf: UnsafeBufferPointer(
                start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ name: Name) { append(name.start..<name.end) }

    mutating func append(_ text: StaticString, _ name: Name) {
        append(text)
        append(name)
    }

    private mutating func append(_ range: Range<Int>) {
        output.append(contentsOf: document.source[range])
    }

    mutating func append(text: String) { output.append(contentsOf: text.utf8) }

    mutating func newline() {
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indentation))
    }

    /// The items, with a space before each.
    mutating func spaced(_ items: NodeList<some NodeCursor>) {
        for item in items {
            append(" ")
            write(item.node)
        }
    }

    mutating func each(_ items: NodeList<some NodeCursor>, separatedBy separator: StaticString) {
        var isFirst = true
        for item in items {
            if !isFirst { append(separator) }
            write(item.node)
            isFirst = false
        }
    }

    /// The items on a line each, indented one level more.
    private mutating func lines(_ items: NodeList<some NodeCursor>) {
        indentation += 1
        for item in items {
            newline()
            write(item.node)
        }
        indentation -= 1
        newline()
    }

    private mutating func block(_ items: NodeList<some NodeCursor>) {
        append("{")
        lines(items)
        append("}")
    }

    /// A space and a block, or nothing if it would be empty.
    mutating func spacedBlock(_ items: NodeList<some NodeCursor>) {
        guard !items.isEmpty else { return }
        append(" ")
        block(items)
    }

    /// The items between parentheses: on one line, unless `isTooLong` says of where that line
    /// begins that they have to be on a line each.
    private mutating func parenthesized(
        _ items: NodeList<some NodeCursor>, isTooLong: (borrowing Printer, Int) -> Bool
    ) {
        guard !items.isEmpty else { return }
        let start = output.count
        append("(")
        each(items, separatedBy: ", ")
        append(")")
        guard isTooLong(self, start) else { return }
        output.removeSubrange((start + 1)...)
        lines(items)
        append(")")
    }

    /// Definitions of arguments: a line each if one of them needs several.
    mutating func argumentDefinitions(_ items: NodeList<InputValueDefinition>) {
        parenthesized(items) { printer, start in printer.output[start...].contains(0x0A) }
    }

    /// Definitions of variables: not indented when they are on lines of their own.
    mutating func variableDefinitions(_ items: NodeList<VariableDefinition>) {
        guard !items.isEmpty else { return }
        let start = output.count
        append("(")
        each(items, separatedBy: ", ")
        if output[start...].contains(0x0A) {
            output.removeSubrange((start + 1)...)
            newline()
            each(items, separatedBy: "\n")
            newline()
        }
        append(")")
    }
}

/// Executable parts.
extension Printer {
    private mutating func write(field node: Node) {
        let field = Field(unchecked: node)
        let start = output.count
        if let alias = field.alias {
            append(alias)
            append(": ")
        }
        append(field.name)
        parenthesized(field.arguments) { printer, _ in
            printer.length(from: start) > Self.longestLine
        }
        spaced(field.directives)
        if let selectionSet = field.selectionSet {
            append(" ")
            write(selectionSet.node)
        }
    }

    /// UTF-16 code units written since `start`, not counting the indentation of lines.
    private func length(from start: Int) -> Int {
        let written = output[start...]
        let lineFeeds = written.count { $0 == UInt8(ascii: "\n") }
        return written.utf16Length - lineFeeds * 2 * indentation
    }

    private mutating func write(directive node: Node) {
        append("@", node.name)
        parenthesized(Directive(unchecked: node).arguments) { _, _ in false }
    }

    private mutating func write(namedValue node: Node) {
        append(node.name)
        append(": ")
        write(node.requiredLast)
    }

    private mutating func enclose(_ node: Node, _ open: StaticString, _ close: StaticString) {
        append(open)
        each(node.children, separatedBy: ", ")
        append(close)
    }

    private mutating func write(type: TypeReference) {
        if let itemType = type.itemType {
            append("[")
            write(type: itemType)
            append("]")
        } else {
            append(type.node.name)
        }
        if type.isNonNull { append("!") }
    }
}
