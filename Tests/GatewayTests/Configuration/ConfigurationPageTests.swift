import Gateway
import Glibc
import Testing

@Suite struct ConfigurationPageTests {
    private static let path =
        #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined()
        + "/docs/configuration.md"

    /// `REWRITE_PAGES=1 swift test --filter ConfigurationPageTests` writes the page anew.
    @Test func `the docs page is what the table says`() throws {
        if getenv("REWRITE_PAGES") != nil, let file = fopen(Self.path, "we") {
            fputs(ConfigurationPage.markdown, file)
            fclose(file)
        }
        #expect(
            try TextFile.read(Self.path) == ConfigurationPage.markdown,
            "run REWRITE_PAGES=1 swift test --filter ConfigurationPageTests")
    }

    @Test func `the help shows meaning, value and default`() {
        let help = ConfigurationPage.help(columns: 60)
        #expect(
            help.hasPrefix(
                """
                Basics:
                  MARQUEE_ENV
                      The mode. Production refuses to start without explicit
                      origins, database and keys.
                      Value: production or development. Default: production.
                  MARQUEE_LISTEN

                """))
        #expect(
            help.contains(
                """
                  DATABASE_URL
                      The PostgreSQL database.
                      Value: postgres://user:password@host:port/database,
                      special characters as %40 and so on. Default: required
                      in production, a private PostgreSQL under .marquee/ in
                      development.

                """))
    }

    @Test(arguments: [40, 60, 80, 120])
    func `the help keeps to the width of the terminal`(columns: Int) {
        for line in ConfigurationPage.help(columns: columns).split(separator: "\n")
        where line.count > columns {
            #expect(line.split(separator: " ").count == 1, "\(line)")
        }
    }

    @Test func `the help knows no value of the environment`() {
        let output = CapturedTerminal()
        let code = CommandLineTool.marquee.run(
            arguments: ["serve", "--help"], environment: Samples.production,
            output: output.terminal)
        #expect(code == 0)
        #expect(!output.output.contains("hunter2"))
        #expect(!output.output.contains(Samples.hexadecimalKey))
    }

    @Test func `every variable is listed once, with an example that works`() throws {
        let names = ConfigurationVariable.table.map(\.name)
        #expect(Set(names).count == names.count)
        for variable in ConfigurationVariable.table where !variable.example.contains("<") {
            let fault = Samples.fault([variable.name: variable.example], over: Samples.production)
            let isAlone = variable.name == "MARQUEE_MAX_CONNECTIONS" || fault.isEmpty
            #expect(isAlone, "\(fault)")
        }
    }
}
