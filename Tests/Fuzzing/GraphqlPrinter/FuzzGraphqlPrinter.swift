import GraphQLLanguage

/// Prints `source` if it is a document, a value, a type or a schema coordinate. Traps if what is
/// printed does not mean the same, or is printed otherwise.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGraphqlPrinter(_ source: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = [UInt8](UnsafeBufferPointer(start: source, count: count))
    if let document = try? Document.parse(source) { checkPrinting(of: document) }
    checkSingles(String(decoding: source, as: UTF8.self))
    return 0
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
