import Testing

@testable import Secrets

@Suite struct PasswordTests {
    private func fault(_ text: String) -> Password.Fault? {
        do throws(Password.Fault) {
            _ = try Password(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("", .tooShort), ("1234567", .tooShort), ("12345678", nil), ("ääääääää", nil),
            // Seven characters, however many code points they were typed as.
            (String(repeating: "a\u{308}", count: 7), .tooShort),
            (String(repeating: "a\u{308}", count: 8), nil),
            (String(repeating: "x", count: 1_024), nil),
            (String(repeating: "x", count: 1_025), .tooLong),
            (String(repeating: "ä", count: 513), .tooLong),
            ("all lower case, no digits", nil), ("🎬🎬🎬🎬🎬🎬🎬🎬", nil),
        ] as [(String, Password.Fault?)])
    func `only its length is judged`(text: String, fault: Password.Fault?) {
        #expect(self.fault(text) == fault)
    }

    @Test func `accents may be composed either way`() throws {
        let composed = try Password("cr\u{E8}me br\u{FB}l\u{E9}e")
        let decomposed = try Password("cre\u{300}me bru\u{302}le\u{301}e")
        #expect(composed == decomposed)
        #expect(try composed != Password("creme brulee"))
    }

    @Test func `a password shows itself in no text`() throws {
        let password = try Password("hunter22")
        var dumped = ""
        dump(password, to: &dumped)
        for text in ["\(password)", String(reflecting: password), dumped] {
            #expect(!text.contains("hunter22"))
        }
    }

    @Test func `a random one can be typed, and never comes again`() throws {
        let all = (0..<100).map { _ in Password.random() }
        #expect(Set(all.map(\.text)).count == 100)
        for (password, text) in all {
            #expect(try Password(text) == password)
            let groups = text.split(separator: "-")
            #expect(groups.map(\.count) == [5, 5, 5, 5])
            #expect(!text.contains { "ilouABCDEFGHIJKLMNOPQRSTUVWXYZ".contains($0) })
        }
    }
}
