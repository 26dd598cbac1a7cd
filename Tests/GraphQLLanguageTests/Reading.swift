@testable import GraphQLLanguage

/// `line:column message` of the error that parsing ends with, without its prefix.
func failure(
    _ source: [UInt8], limits: ParseLimits = ParseLimits(),
    by parse: ([UInt8], ParseLimits) throws -> Void = { _ = try Document.parse($0, limits: $1) }
) -> String {
    do {
        try parse(source, limits)
        return "none"
    } catch let error as SyntaxError {
        let prefix = "Syntax Error: "
        guard error.message.hasPrefix(prefix) else { return "no prefix: \(error.message)" }
        let message = error.message.dropFirst(prefix.count)
        return "\(error.location.line):\(error.location.column) \(message)"
    } catch {
        return "\(error)"
    }
}

func failure(_ source: String, limits: ParseLimits = ParseLimits()) -> String {
    failure(Array(source.utf8), limits: limits)
}

/// The tokens of a source as errors would describe them, with the bytes each begins and ends at.
func tokens(_ source: String) throws -> [String] {
    try Lexer.reading(Array(source.utf8)) { lexer throws(SyntaxError) in
        let parser = try Parser(lexer: lexer, limits: ParseLimits())
        var tokens: [String] = []
        var token = Token()
        repeat {
            token = try lexer.token(from: token.end)
            tokens.append("\(parser.describe(token)) \(token.start)-\(token.end)")
        } while token.kind != .endOfSource
        return tokens
    }
}

/// A tree in brackets: each node as its kind, its name, and the nodes below it.
func tree(_ node: Node) -> String {
    var words = ["\(node.kind)"]
    let record = node.record
    if let name = node.nameIfAny { words[0] += " \(name)" }
    if node.kind == .operationDefinition || node.kind == .operationTypeDefinition {
        words[0] += " \(OperationType(rawValue: record.detail).map { "\($0)" } ?? "?")"
    }
    if record.flags.contains(.isNonNull) { words[0] += " !" }
    if record.flags.contains(.isRepeatable) { words[0] += " repeatable" }
    if let literal = StringLiteral(node) { words[0] += " '\(literal.value)'" }
    if node.kind == .intValue || node.kind == .floatValue { words[0] += " \(node.text)" }
    words += node.children.map { tree($0) }
    return "(" + words.joined(separator: " ") + ")"
}

/// The trees of all definitions of a source.
func trees(_ source: String) throws -> [String] {
    try Document.parse(source).root.children.map { tree($0) }
}

/// What is said of an apostrophe.
let singleQuote =
    "Unexpected single quote character ('), did you mean to use a double quote (\")?"
