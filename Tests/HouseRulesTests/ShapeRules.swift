/// How wide and how long things may be.
enum Limit {
    static let columns = 100
    static let functionLines = 60
    static let fileLines = 500
}

let columnsRule = Rule(name: "columns") { file in
    guard !file.isMarkdown else { return [] }
    return file.lines.enumerated().compactMap { index, line in
        guard line.count > Limit.columns else { return nil }
        let columns = line.count { $0 & 0xC0 != 0x80 }
        guard columns > Limit.columns else { return nil }
        return Finding(
            path: file.path, line: index + 1, rule: "columns",
            what: "\(columns) columns, \(Limit.columns) are allowed")
    }
}

let fileLinesRule = Rule(name: "file length") { file in
    let count = file.lines.count
    guard !file.isMarkdown, count > Limit.fileLines else { return [] }
    let what = "\(count) lines, \(Limit.fileLines) are allowed"
    return [Finding(path: file.path, line: count, rule: "file length", what: what)]
}

/// Functions, initialisers, accessors and closures that belong to no other function. What stands
/// inside a function counts as its lines.
let functionLinesRule = Rule(name: "function length") { file in
    guard file.isSwift else { return [] }
    return functionBlocks(of: file.code).compactMap { block in
        let first = file.line(of: block.lowerBound)
        let count = file.line(of: block.upperBound) - first + 1
        guard count > Limit.functionLines else { return nil }
        return file.finding(
            "function length", at: block.lowerBound,
            "\(count) lines, \(Limit.functionLines) are allowed")
    }
}

private let typeKeywords: Set = ["struct", "class", "enum", "extension", "actor", "protocol"]
private let functionKeywords: Set = ["func", "init", "deinit", "subscript", "var", "let"]

/// From the keyword, or else the opening brace, to the closing brace of every outermost block
/// that is not a type's.
private func functionBlocks(of code: [UInt8]) -> [ClosedRange<Int>] {
    var walk = BlockWalk()
    var offset = 0
    while offset < code.count {
        let start = offset
        while offset < code.count, code.isWordByte(at: offset) { offset += 1 }
        if offset > start {
            walk.word(String(decoding: code[start..<offset], as: UTF8.self), at: start)
        } else {
            walk.mark(code[offset], at: offset)
            offset += 1
        }
    }
    return walk.blocks
}

private struct BlockWalk {
    private(set) var blocks: [ClosedRange<Int>] = []
    private var typeDepth = 0
    private var functionDepth = 0
    private var functionStart = 0
    private var parentheses = 0
    private var keyword: (isType: Bool, offset: Int)?

    /// The last keyword before a brace, outside parentheses, says what the brace opens.
    mutating func word(_ word: String, at offset: Int) {
        guard functionDepth == 0, parentheses == 0 else { return }
        if typeKeywords.contains(word) { keyword = (true, offset) }
        if functionKeywords.contains(word) { keyword = (false, offset) }
    }

    mutating func mark(_ byte: UInt8, at offset: Int) {
        switch byte {
        case ascii("("), ascii("["): if functionDepth == 0 { parentheses += 1 }
        case ascii(")"), ascii("]"): if functionDepth == 0 { parentheses -= 1 }
        case ascii("{"): open(at: offset)
        case ascii("}"): close(at: offset)
        case ascii(";"): keyword = nil
        default: break
        }
    }

    private mutating func open(at offset: Int) {
        if functionDepth == 0, keyword?.isType == true, parentheses == 0 {
            typeDepth += 1
            keyword = nil
        } else {
            if functionDepth == 0 { functionStart = keyword?.offset ?? offset }
            functionDepth += 1
        }
    }

    private mutating func close(at offset: Int) {
        if functionDepth > 0 {
            functionDepth -= 1
            guard functionDepth == 0 else { return }
            blocks.append(functionStart...offset)
            if parentheses == 0 { keyword = nil }
        } else {
            typeDepth -= 1
            keyword = nil
        }
    }
}
