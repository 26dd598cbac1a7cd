/// What people read about the configuration, made from the table alone.
package enum ConfigurationPage {
    /// The page `docs/configuration.md`.
    package static var markdown: String {
        var text = """
            # Configuration

            Marquee is configured by environment variables alone. `marquee serve --check` reads \
            them and lists everything that is wrong; a server does not start with a wrong one, \
            nor with a variable that begins with `MARQUEE_` and is not listed here. An empty \
            value counts as not set.

            `marquee serve --env-file PATH` reads a file of `NAME=value` lines first. Where the \
            environment says `MARQUEE_ENV=development`, `.env` in the working directory is read \
            without asking. The environment wins over the file, and the options `--workers` and \
            `--listen` win over both.

            In such a file a line is `NAME=value`, `export NAME=value` or `# a comment`. A bare \
            value ends at the line's end or before ` #`. In single quotes `\\'` and `\\\\` are \
            escapes, in double quotes `\\n`, `\\r`, `\\t`, `\\"`, `\\$` and `\\\\`; quoted text \
            may span lines. Nothing is expanded, and no name is set twice.

            This page is made from the table in `Sources/Gateway/Configuration`; a test keeps \
            the two equal.

            """
        for section in ConfigurationVariable.Section.allCases {
            text += "\n## \(section.rawValue)\n\n"
            text += "| variable | meaning | value | default | example |\n"
            text += "| --- | --- | --- | --- | --- |\n"
            text += variables(of: section).map(markdownRow).joined()
        }
        return text
    }

    /// The part of `marquee serve --help` that lists all variables.
    package static func help(columns: Int) -> String {
        ConfigurationVariable.Section.allCases.map { section in
            let entries = variables(of: section).map { helpEntry($0, columns: columns) }
            return "\(section.rawValue):\n" + entries.joined()
        }.joined(separator: "\n")
    }

    private static func variables(
        of section: ConfigurationVariable.Section
    ) -> [ConfigurationVariable] {
        ConfigurationVariable.table.filter { $0.section == section }
    }

    private static func markdownRow(_ variable: ConfigurationVariable) -> String {
        let cells = [
            "`\(variable.name)`", variable.meaning, variable.wording,
            fallbacks(of: variable) { "`\($0)`" }, "`\(variable.example)`",
        ]
        return "| " + cells.map(escapedCell).joined(separator: " | ") + " |\n"
    }

    private static func escapedCell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }

    private static func helpEntry(_ variable: ConfigurationVariable, columns: Int) -> String {
        let value = "Value: \(variable.wording). Default: \(fallbacks(of: variable))."
        return "  \(variable.name)\n"
            + Paragraph.wrap(variable.meaning, columns: columns, indent: 6)
            + Paragraph.wrap(value, columns: columns, indent: 6)
    }

    private static func fallbacks(
        of variable: ConfigurationVariable, quoting: (String) -> String = { $0 }
    ) -> String {
        let production = words(for: variable.production, quoting)
        let development = words(for: variable.development, quoting)
        return production == development
            ? production : "\(production) in production, \(development) in development"
    }

    private static func words(
        for fallback: ConfigurationVariable.Fallback, _ quoting: (String) -> String
    ) -> String {
        switch fallback {
        case .text(let text): quoting(text)
        case .required: "required"
        case .absent(let meaning): meaning
        }
    }
}
