import HTTP
import Testing

private let tag = EntityTag("a")
private let modified = HTTPDate(secondsSinceEpoch: 784_111_777)
private let same = "Sun, 06 Nov 1994 08:49:37 GMT"
private let earlier = "Sun, 06 Nov 1994 08:49:36 GMT"
private let later = "Sun, 06 Nov 1994 08:49:38 GMT"

private func judge(
    _ lines: [String], method: String = "GET",
    of present: Preconditions = Preconditions(entityTag: tag, lastModified: modified)
) -> Preconditions.Verdict {
    let fields = lines.map { $0 + "\r\n" }.joined()
    return present.judge(
        head(of: "\(method) / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"), now: modified)
}

@Suite struct PreconditionsTests {
    @Test(arguments: [
        ("If-Match: \"a\"", true), ("If-Match: *", true), ("If-Match: \"b\", \"a\"", true),
        ("If-Match: \"b\"\r\nIf-Match: \"a\"", true), ("If-Match: ,\"b\" ,, \"a\"", true),
        ("If-Match: \"b\"", false), ("If-Match: W/\"a\"", false), ("If-Match: a", false),
        ("If-Match:", false), ("If-Match: \"a", false), ("If-Match: \"b\" \"a\"", false),
        ("If-Unmodified-Since: \(same)", true), ("If-Unmodified-Since: \(later)", true),
        ("If-Unmodified-Since: \(earlier)", false), ("If-Unmodified-Since: soon", true),
        ("If-Unmodified-Since: \(earlier)\r\nIf-Unmodified-Since: \(earlier)", true),
        ("If-Match: \"a\"\r\nIf-Unmodified-Since: \(earlier)", true),
        ("If-Match: \"b\"\r\nIf-None-Match: \"a\"", false),
    ])
    func `a write goes on only over what it knows`(lines: String, proceeds: Bool) {
        let expected: Preconditions.Verdict =
            proceeds ? .proceed(appliesRange: false) : .preconditionFailed
        for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE"] {
            #expect(judge([lines], method: method) == expected)
        }
    }

    @Test(arguments: [
        ("If-None-Match: \"a\"", false), ("If-None-Match: W/\"a\"", false),
        ("If-None-Match: *", false), ("If-None-Match: \"b,\", W/\"a\"", false),
        ("If-None-Match: \"b\"", true), ("If-None-Match: \"A\"", true), ("If-None-Match:", true),
        ("If-None-Match: \"b\"\r\nIf-Modified-Since: \(later)", true),
        ("If-None-Match: \"a\"\r\nIf-Modified-Since: \(earlier)", false),
    ])
    func `what the client has is not sent again`(lines: String, proceeds: Bool) {
        let proceed = Preconditions.Verdict.proceed(appliesRange: false)
        #expect(judge([lines]) == (proceeds ? proceed : .notModified))
        #expect(judge([lines], method: "HEAD") == (proceeds ? proceed : .notModified))
        #expect(judge([lines], method: "PUT") == (proceeds ? proceed : .preconditionFailed))
    }

    @Test(arguments: [
        (same, false), (later, false), (earlier, true), ("soon", true),
        ("Sunday, 06-Nov-94 08:49:37 GMT", false), ("Sun Nov  6 08:49:36 1994", true),
    ])
    func `If-Modified-Since counts for reads`(date: String, proceeds: Bool) {
        let line = "If-Modified-Since: \(date)"
        let proceed = Preconditions.Verdict.proceed(appliesRange: false)
        #expect(judge([line]) == (proceeds ? proceed : .notModified))
        #expect(judge([line], method: "HEAD") == (proceeds ? proceed : .notModified))
        #expect(judge([line], method: "POST") == proceed)
    }

    @Test func `an asterisk stands for what exists`() {
        let nothing = Preconditions(entityTag: nil, exists: false)
        let proceed = Preconditions.Verdict.proceed(appliesRange: false)
        #expect(judge(["If-None-Match: *"], method: "PUT", of: nothing) == proceed)
        #expect(judge(["If-Match: *"], method: "PUT", of: nothing) == .preconditionFailed)
        #expect(judge(["If-Match: \"a\""], method: "PUT", of: nothing) == .preconditionFailed)
    }

    @Test func `dates count for nothing without a date here`() {
        let undated = Preconditions(entityTag: tag)
        let proceed = Preconditions.Verdict.proceed(appliesRange: false)
        #expect(judge(["If-Unmodified-Since: \(earlier)"], of: undated) == proceed)
        #expect(judge(["If-Modified-Since: \(later)"], of: undated) == proceed)
    }

    @Test(arguments: [
        ([], true), (["If-Range: \"a\""], true), (["If-Range: \"b\""], false),
        (["If-Range: W/\"a\""], false), (["If-Range: \(same)"], true),
        (["If-Range: \(later)"], false), (["If-Range: \(earlier)"], false),
        (["If-Range: \"a\", \"b\""], false), (["If-Range: x"], false),
        (["If-Match: \"a\"", "If-Range: \"a\""], true),
    ])
    func `a range applies to the very representation it was asked of`(
        lines: [String], applies: Bool
    ) {
        #expect(judge(lines + ["Range: bytes=0-1"]) == .proceed(appliesRange: applies))
    }

    @Test func `ranges are for GET, and weak tags name no bytes`() {
        let range = ["Range: bytes=0-1", "If-Range: W/\"a\""]
        #expect(judge(["Range: bytes=0-1"], method: "HEAD") == .proceed(appliesRange: false))
        #expect(judge(["Range: bytes=0-1", "If-None-Match: \"a\""]) == .notModified)
        let weak = Preconditions(entityTag: EntityTag("a", isWeak: true))
        #expect(judge(range, of: weak) == .proceed(appliesRange: false))
    }
}

@Suite struct EntityTagTests {
    @Test func `a tag is written with its quotes`() {
        #expect(EntityTag("a").text == "\"a\"")
        #expect(EntityTag("a", isWeak: true).text == "W/\"a\"")
        #expect(EntityTag(field: ArraySlice("W/\"a\"".utf8)) == EntityTag("a", isWeak: true))
    }

    @Test(arguments: [
        "", "a", "\"", "\"a", "a\"", "w/\"a\"", "W\"a\"", "\"a b\"", "\"a\"b", "\"a\" ",
        "\"\u{7F}\"",
    ])
    func `anything else is no tag`(text: String) {
        #expect(EntityTag(field: ArraySlice(text.utf8)) == nil)
    }

    @Test func `an empty tag is one`() {
        #expect(EntityTag(field: ArraySlice("\"\"".utf8)) == EntityTag(""))
    }
}
