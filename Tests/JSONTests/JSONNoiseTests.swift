import JSON
import Testing

@Suite struct JSONNoiseTests {
    private static let sample = #"""
         {"query" : "{ a(b: \"\u00e9\\\ud83d\ude00\") }\n", "operationName":null,
         "variables":{"list":[1,-0.5e+3,[],{},true,false],"größe":"日本 😀","":{"a":[{"b":0}]}}}
        """#

    @Test func `wherever the text is cut off it is refused at its end`() throws {
        let source = Array(Self.sample.utf8)
        _ = try JSONDocument.parse(source)
        for count in source.indices {
            let error = #expect(throws: JSONError.self) {
                _ = try JSONDocument.parse(Array(source[..<count]))
            }
            #expect(error.map { $0.offset <= count } == true)
        }
    }

    @Test func `a text with one byte changed is refused in place or read`() {
        var random = SystemRandomNumberGenerator()
        let source = Array(Self.sample.utf8)
        for place in source.indices {
            for _ in 0..<20 {
                var changed = source
                changed[place] = UInt8.random(in: 0...255, using: &random)
                check(changed)
            }
        }
    }

    @Test func `random bytes are refused in place or read`() {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array(#"[]{}:,"\u0dD8e-+. tn"#.utf8) + [0xC3, 0xA9, 0xFF, 0x00]
        for round in 0..<20_000 {
            let count = round % 40
            check(
                (0..<count).map { _ in
                    round.isMultiple(of: 2)
                        ? UInt8.random(in: 0...255, using: &random)
                        : alphabet.randomElement(using: &random) ?? 0
                })
        }
    }

    /// What is accepted is read in every way, and its copy reads as the same.
    private func check(_ source: [UInt8]) {
        do throws(JSONError) {
            let value = try JSONDocument.parse(source).root
            let again = try JSONDocument.parse(Array(copied(value).utf8)).root
            #expect(shape(again) == shape(value))
        } catch {
            #expect(0...source.count ~= error.offset, "\(source)")
        }
    }
}
