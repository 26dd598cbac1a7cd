import Gateway
import Testing

@Suite struct EnvironmentFileTests {
    @Test(arguments: [
        ("", [:]), ("\n\n  \n", [:]), ("# only words\n", [:]), ("  # A=1", [:]),
        ("A=1", ["A": "1"]), ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
        ("\u{FEFF}A=1", ["A": "1"]), ("export A=1\nexport\tB=2", ["A": "1", "B": "2"]),
        ("export=1", ["export": "1"]), ("exported=1", ["exported": "1"]),
        ("A = 1 ", ["A": "1"]), ("A=", ["A": ""]), ("A=\nB=", ["A": "", "B": ""]),
        ("A=a b  # c", ["A": "a b"]), ("A=a#b", ["A": "a#b"]), ("A=#b", ["A": ""]),
        ("A=a=b", ["A": "a=b"]), ("A=$HOME\\n", ["A": "$HOME\\n"]),
        ("A='a # b' # c", ["A": "a # b"]), ("A=''", ["A": ""]),
        (#"A='it\'s \\ \n'"#, ["A": #"it's \ \n"#]),
        (#"A="a\n\t\r\"\$\\b""#, ["A": "a\n\t\r\"$\\b"]),
        ("A=\"one\ntwo\"\nB=3", ["A": "one\ntwo", "B": "3"]), ("_a1=é", ["_a1": "é"]),
    ])
    func `a file sets variables`(text: String, variables: [String: String]) throws {
        #expect(try EnvironmentFile.parse(text) == variables)
    }

    @Test(arguments: [
        ("1A=1", "1:1: expected a name of letters, digits and _"),
        ("A=1\n  =2", "2:3: expected a name of letters, digits and _"),
        ("A", "1:2: expected = after the name"), ("A: 1", "1:2: expected = after the name"),
        ("A-B=1", "1:2: expected = after the name"), ("export A", "1:9: expected = after the name"),
        ("é=1", "1:1: expected a name of letters, digits and _"),
        ("A=1\nB=2\nA=3", "3:1: A is already set on line 1"),
        ("A='x", "1:3: a quote that is never closed"),
        ("A=1\nB=\"x\ny\n", "2:3: a quote that is never closed"),
        ("A='x'y", "1:6: unexpected text behind the closing quote"),
        ("A='x'#y", "1:6: unexpected text behind the closing quote"),
        (#"A="\x""#, #"1:4: an unknown escape; write \\ for a backslash"#),
        ("é_=1\nA=é\"b\"", "1:1: expected a name of letters, digits and _"),
        ("A=é\"b\"", "1:4: a quote inside a value; quote the whole value"),
        ("A=a\u{1B}b", "1:4: a control character"), ("A=a\rb", "1:4: a control character"),
        ("A='\0'", "1:4: a control character"),
    ])
    func `a faulty file is refused with line and column`(text: String, message: String) {
        do throws(EnvironmentFileFault) {
            let variables = try EnvironmentFile.parse(text)
            Issue.record("read as \(variables)")
        } catch {
            #expect(error.description == message)
        }
    }
}

@Suite struct EnvironmentSourcesTests {
    @Test(
        arguments: [
            (nil, [:], .none), (nil, ["MARQUEE_ENV": "production"], .none),
            (nil, ["MARQUEE_ENV": "development"], .optional(path: ".env")),
            ("a.env", [:], .required(path: "a.env")),
            ("a.env", ["MARQUEE_ENV": "development"], .required(path: "a.env")),
        ] as [(String?, [String: String], EnvironmentSources.File)])
    func `the file by default is for development alone`(
        path: String?, environment: [String: String], file: EnvironmentSources.File
    ) {
        #expect(EnvironmentSources.file(named: path, beside: environment) == file)
    }

    @Test func `the environment wins over the file, even when empty`() throws {
        let merged = try EnvironmentSources.merge(
            ["A": "given", "B": ""], over: "A=file\nB=file\nC=file")
        #expect(merged == ["A": "given", "B": "", "C": "file"])
    }

    @Test func `without a file the environment stays as it is`() throws {
        #expect(try EnvironmentSources.merge(["A": "1"], over: nil) == ["A": "1"])
    }
}
