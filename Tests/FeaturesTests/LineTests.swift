import Features
import Reactor
import TestSupport
import Testing

/// Names of one line, and emails: what others see is what was given.
@Suite struct LineTests {
    /// As a document writes them.
    private static let names = [
        "Ada", "Renée", "O’Brien", "Łukasz", "Γιώργος", "Юлия", "محمد", "שָׁלוֹם", "李小龍", "はなこ",
        "김민수", "ศรีสุดา", "தமிழ்", "Nguyễn Thị", "🎬", "1️⃣", "❤", "\u{10330}",
        // Emoji that are joined, of a form that is chosen, and of a country within a country.
        "👩‍👩‍👧‍👦", "👩🏽‍🚀 Ada", "🏳️‍🌈", "❤️‍🔥", "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        // Joiners of Persian, Sinhala, Malayalam (at the end of a word), and Mongolian.
        "علی\u{200C}رضا", "ක්\u{200D}රිස්", "അവന്\u{200D}", "\u{1820}\u{180E}\u{1821}",
        // A form of a character as it is written in one family's name.
        "葛\u{E0100}城",
    ]

    private static let faultyNames = [
        ("", "REQUIRED"), (" \u{00A0}\u{3000} ", "REQUIRED"), ("\u{200B}", "REQUIRED"),
        ("\u{FEFF}", "REQUIRED"), ("\u{3164}", "REQUIRED"), ("\u{2800}", "REQUIRED"),
        ("\u{200D}", "REQUIRED"), ("\u{E0041}", "REQUIRED"), ("\u{0301}", "REQUIRED"),
        ("\u{FE0F}", "REQUIRED"), ("\u{115F}\u{1160}", "REQUIRED"), ("\u{00AD}", "REQUIRED"),
        ("a\u{2028}b", "ONE_LINE"), ("a\u{2029}b", "ONE_LINE"), ("a\u{0085}b", "ONE_LINE"),
        ("a\\nb", "ONE_LINE"), ("a\u{0007}", "ONE_LINE"),
        ("\u{202E}abc", "HIDDEN"), ("abc\u{202C}", "HIDDEN"), ("a\u{2066}b\u{2069}", "HIDDEN"),
        ("a\u{200E}b", "HIDDEN"), ("a\u{200B}b", "HIDDEN"), ("\u{FEFF}abc", "HIDDEN"),
        ("a\u{3164}b", "HIDDEN"), ("a\u{2060}b", "HIDDEN"), ("a\u{00AD}b", "HIDDEN"),
        ("ad\u{200C}min", "HIDDEN"), ("ad\u{200D}min", "HIDDEN"), ("Ada\u{200D}", "HIDDEN"),
        ("علی\u{200C}", "HIDDEN"), ("\u{200C}علی", "HIDDEN"), ("علی\u{200C}\u{200C}رضا", "HIDDEN"),
        ("👩\u{200D}", "HIDDEN"), ("a \u{FE0F}", "HIDDEN"), ("a\u{FE0F}\u{FE0F}", "HIDDEN"),
        ("a\u{E0041}", "HIDDEN"), ("a\u{E0001}", "HIDDEN"), ("a\u{FFFE}", "HIDDEN"),
        ("a\u{FFF9}b", "HIDDEN"), ("a\u{034F}b", "HIDDEN"),
    ]

    private static func naming(_ name: String) -> String {
        #"mutation { updateProfile(name: "\#(name)") { user { name } } }"#
    }

    private static func registering(_ email: String) -> String {
        """
        mutation { register(name: "A", email: "\(email)", password: "\(Cinema.password)") {
            user { email } } }
        """
    }

    @Test func `names are written in any script, and mean what they show`() async throws {
        try await withCinema("names") { cinema in
            for name in Self.names {
                let answer = try await cinema.ask(Self.naming(name), viewer: 1)
                #expect(
                    answer.text == #"{"data":{"updateProfile":{"user":{"name":"\#(name)"}}}}"#)
            }
            for (name, rule) in Self.faultyNames {
                let answer = try await cinema.ask(Self.naming(name), viewer: 1)
                let details = #""details":[{"path":["name"],"rule":"\#(rule)"}]"#
                let scalars = name.unicodeScalars.map { String($0.value, radix: 16) }
                #expect(answer.text.contains(details), "\(scalars): \(answer.text)")
            }
        }
    }

    @Test(arguments: [
        "a\u{200B}@films.example", "\u{FEFF}ada@films.example", "a\u{200D}b@films.example",
        "علی\u{200C}رضا@films.example", "ada@films\u{00AD}.example", "a\u{202E}@films.example",
        "a\u{2028}@films.example", "\u{3164}@films.example", "a@\u{2800}", "a\u{FE0F}@b.example",
    ])
    func `an email has nothing in it that nobody sees`(email: String) async throws {
        let text = try await answer(Self.registering(email))
        #expect(text.contains(#""details":[{"path":["email"],"rule":"EMAIL"}]"#), "\(text)")
    }

    @Test func `emails are of any script`() async throws {
        try await withCinema("emails") { cinema in
            for email in ["josé@films.example", "用户@例子.example", "محمد@films.example"] {
                let answer = try await cinema.ask(Self.registering(email))
                #expect(answer.text.contains(#"{"email":"\#(email)"}"#), "\(answer.text)")
            }
        }
    }
}
