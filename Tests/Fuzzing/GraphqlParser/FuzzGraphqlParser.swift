import GraphQLLanguage

/// Parses `source` with usual and with narrow limits. What is accepted is walked, printed and
/// parsed again, and has to be the same tree; traps where it is not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGraphqlParser(_ source: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = [UInt8](UnsafeBufferPointer(start: source, count: count))
    do throws(SyntaxError) {
        let document = try Document.parse(source)
        checkRecords(of: document)
        checkPrinting(of: document)
    } catch {
        checkPlace(of: error, in: source)
    }
    checkLimits(source)
    checkSingles(String(decoding: source, as: UTF8.self))
    return 0
}

/// Every node lies in its parent, and the flat order is the order of the source.
private func checkRecords(of document: Document) {
    let records = document.records
    precondition(Int(records[0].next) == records.count, "nodes behind the document's end")
    for (index, record) in records.enumerated() {
        precondition(index < Int(record.next) && Int(record.next) <= records.count)
        precondition(record.start <= record.end && Int(record.end) <= document.source.count)
        for child in document[index].children {
            precondition(record.start <= child.record.start && child.record.end <= record.end)
        }
    }
    var counter = Counter()
    precondition(document.walk(&counter), "nobody stopped the walk")
    precondition(counter.entered == records.count && counter.left == records.count)
}

private struct Counter: Visitor {
    var entered = 0
    var left = 0

    mutating func enter(_ node: Node, ancestors: [Int]) -> VisitStep {
        entered += 1
        return .proceed
    }

    mutating func leave(_ node: Node, ancestors: [Int]) -> VisitStep {
        left += 1
        return .proceed
    }
}

private func checkPrinting(of document: Document) {
    let printed = document.printed
    do throws(SyntaxError) {
        let again = try Document.parse(printed)
        precondition(meaning(of: again) == meaning(of: document), "another tree: \(printed)")
        precondition(again.printed == printed, "printed otherwise: \(printed)")
    } catch {
        preconditionFailure("what was printed is refused: \(error): \(printed)")
    }
}

/// What a document says, without where it says it.
private func meaning(of document: Document) -> [String] {
    document.records.indices.map { index in
        let node = document[index]
        let record = node.record
        let flags = record.flags.subtracting(.hasEscapes)
        let text =
            if let literal = StringLiteral(node) {
                literal.value
            } else if node.kind == .intValue || node.kind == .floatValue {
                node.text
            } else {
                node.name.text
            }
        return "\(node.kind) \(record.detail) \(flags.rawValue) \(record.next) \(text)"
    }
}

private func checkPlace(of error: SyntaxError, in source: [UInt8]) {
    precondition(error.message.hasPrefix("Syntax Error: "))
    let table = LineTable(source: source)
    let places = (0...source.count).lazy.map { table.location(of: $0) }
    precondition(places.contains(error.location), "an error outside of the source")
}

private func checkLimits(_ source: [UInt8]) {
    var limits = ParseLimits()
    limits.maximumTokens = 20
    limits.maximumDepth = 3
    do throws(SyntaxError) {
        let document = try Document.parse(source, limits: limits)
        precondition(document.tokenCount <= limits.maximumTokens)
    } catch {
        checkPlace(of: error, in: source)
    }
}

/// The parsers of single things take anything, and print what they accept.
private func checkSingles(_ source: String) {
    if let value = try? Value.parse(source) {
        precondition((try? Value.parse(value.printed))?.printed == value.printed)
    }
    if let type = try? TypeReference.parse(source) {
        precondition((try? TypeReference.parse(type.printed))?.printed == type.printed)
    }
    if let coordinate = try? SchemaCoordinate.parse(source) {
        precondition(coordinate.description == source, "a coordinate does not come back")
    }
}
