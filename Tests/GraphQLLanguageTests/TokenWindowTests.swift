import Testing

@testable import GraphQLLanguage

/// Tokens are cut many at a time; nobody can tell how many.
@Suite struct TokenWindowTests {
    /// So many names stand before something: none to speak of, about a window, about two.
    private static let counts = [6, TokenWindow.capacity, 2 * TokenWindow.capacity].flatMap {
        ($0 - 5)...($0 + 5)
    }

    @Test func `a mistake is found behind any number of tokens`() {
        for count in Self.counts {
            let names = String(repeating: "a ", count: count)
            let column = names.utf8.count + 2
            #expect(failure("{\(names)?}") == "1:\(column) Unexpected character: \"?\".")
            #expect(failure("{\(names))") == "1:\(column) Expected Name, found \")\".")
            #expect(failure("{\(names)") == "1:\(column) Expected Name, found <EOF>.")
        }
    }

    @Test func `a mistake in the grammar comes before a later one in a token`() {
        for count in Self.counts {
            let names = String(repeating: "a ", count: count)
            let column = names.utf8.count + 2
            #expect(failure("{\(names))\(names)?") == "1:\(column) Expected Name, found \")\".")
        }
    }

    @Test func `the limit of tokens is exact`() throws {
        var limits = ParseLimits()
        for count in Self.counts {
            let names = String(repeating: "a ", count: count)
            limits.maximumTokens = count + 2
            let document = try Document.parse("{\(names)}", limits: limits)
            #expect(document.tokenCount == count + 2)
            limits.maximumTokens = count + 1
            #expect(
                failure("{\(names)}", limits: limits)
                    == "1:\(names.utf8.count + 2) Document contains more that \(count + 1) tokens. "
                    + "Parsing aborted.")
        }
    }

    @Test func `descriptions and extensions look ahead from any token`() throws {
        for count in Self.counts {
            let names = String(repeating: "a ", count: count)
            let source = "{\(names)} \"described\" type B extend type C @d"
            let kinds = try Document.parse(source).definitions.map(\.node.kind)
            #expect(kinds == [.operationDefinition, .objectTypeDefinition, .objectTypeExtension])
        }
    }

    @Test(arguments: [
        "type A", "type A ", "scalar _9", "{a}\n", "{a}\n   ", "{a},", "type A @b(c: 1)\n  ",
        "{a}#",
    ])
    func `a source may end with anything`(source: String) throws {
        let document = try Document.parse(source)
        #expect(document.source == Array(source.utf8))
        #expect(document.root.end == source.utf8.count)
        #expect(document.definitions.count == 1)
    }
}
