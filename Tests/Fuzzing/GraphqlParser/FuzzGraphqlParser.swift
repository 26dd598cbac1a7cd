import GraphQLLanguage

/// Parses `source` with usual and with narrow limits, and walks what is accepted. Traps where nodes
/// do not lie in each other as they should, and where an error lies outside of the source.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGraphqlParser(_ source: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = [UInt8](UnsafeBufferPointer(start: source, count: count))
    do throws(SyntaxError) {
        let document = try Document.parse(source)
        checkRecords(of: document)
    } catch {
        checkPlace(of: error, in: source)
    }
    checkLimits(source)
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
