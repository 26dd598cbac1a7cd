@testable import GraphQLLanguage

/// Cuts `source` into tokens, one by one. Traps if tokens overlap or go back, or if a byte lies in
/// none of them that is not to be ignored; and if the error is not behind the last token.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGraphqlLexer(_ source: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = [UInt8](UnsafeBufferPointer(start: source, count: count))
    var end = 0
    do throws(SyntaxError) {
        end = try Lexer.reading(source) { lexer throws(SyntaxError) in
            try cutAll(of: source, with: lexer, &end)
            return end
        }
    } catch {
        let table = LineTable(source: source)
        let places = (end...source.count).lazy.map { table.location(of: $0) }
        precondition(places.contains(error.location), "an error inside of what was cut")
    }
    return 0
}

private func cutAll(
    of source: [UInt8], with lexer: Lexer, _ end: inout Int
) throws(SyntaxError) {
    while true {
        let token = try lexer.token(from: end)
        precondition(end <= token.start && token.start <= token.end, "a token goes back")
        precondition(token.end <= source.count, "a token behind the end")
        checkIgnored(source[end..<token.start])
        if token.kind == .endOfSource {
            precondition(token.start == source.count, "the source ends too early")
            return
        }
        precondition(token.start < token.end, "a token of nothing")
        let again = try lexer.token(from: token.start)
        precondition(again.kind == token.kind && again.end == token.end, "cut otherwise")
        end = token.end
    }
}

/// Between tokens stand white space, commas, comments to the end of a line, and byte order marks.
private func checkIgnored(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "#"):
            rest = rest.drop { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        case 0xEF:
            precondition(rest.starts(with: [0xBB, 0xBF]), "half a byte order mark")
            rest = rest.dropFirst(2)
        default:
            precondition(" ,\t\r\n".utf8.contains(byte), "a byte \(byte) was lost")
        }
    }
}
