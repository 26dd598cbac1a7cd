import Bytes
import Features
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Reactor

extension Command {
    private static let endings = [".graphql", ".gql"]

    /// `marquee check OPERATIONS…`: for the CI of a client.
    package static let check = Command(
        name: "check",
        summary: "Checks a client's documents against the schema.",
        options: [
            CommandOption(
                "schema", value: "FILE", "Checks against this schema instead of the server's own."),
            CommandOption("strict", "Fails on warnings too, such as the use of deprecated fields."),
        ],
        operands: ["OPERATIONS…"],
        details: { columns in
            Paragraph.wrap(
                """
                OPERATIONS are files, or folders with files that end in .graphql or .gql. Files \
                that take fragments from each other are checked together. What is wrong comes as \
                path:line:column: error: message, and the command fails.
                """, columns: columns)
        }
    ) { invocation in
        let error = invocation.terminal.error
        guard !invocation.parsed.operands.isEmpty else {
            error.writeLine("marquee: check: which files? Try marquee check src/operations")
            return ExitCode.usage
        }
        guard let schema = loadedSchema(invocation) else { return ExitCode.failure }
        let paths = invocation.parsed.operands.flatMap {
            Folder.files(below: $0, endings: endings)
        }
        let files = paths.map { path in
            ClientDocuments.File(
                path: path,
                text: Result { () throws(TextFile.Fault) in
                    guard !Folder.isSpecial(path) else {
                        throw TextFile.Fault(isAbsence: false, reason: "not a regular file")
                    }
                    return try invocation.surroundings.readFile(path)
                })
        }
        guard !files.isEmpty else {
            error.writeLine("marquee: check: no file there ends in .graphql or .gql")
            return ExitCode.failure
        }
        let documents = ClientDocuments(files, against: schema)
        for remark in documents.remarks { invocation.terminal.output.writeLine(remark.line) }
        let (errors, warnings) = (documents.errorCount, documents.warningCount)
        invocation.terminal.output.writeLine(
            """
            \(counted(documents.operationCount, "operation")) in \(counted(files.count, "file")): \
            \(counted(errors, "error")), \(counted(warnings, "warning"))
            """)
        let fails = errors > 0 || invocation.parsed.has("strict") && warnings > 0
        return fails ? ExitCode.failure : ExitCode.success
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    /// The schema that `--schema` names, or the server's own. Says what is wrong with it.
    static func loadedSchema(_ invocation: Invocation) -> Schema? {
        let path = invocation.parsed["schema"]
        do {
            let text = try path.map { try invocation.surroundings.readFile($0) }
            return try Schema.checked(text ?? Contract.text)
        } catch let errors as GraphQLErrors {
            for error in errors.errors {
                let place = error.locations.first.map { ":\($0.line):\($0.column)" } ?? ""
                invocation.terminal.error.writeLine(
                    "\(path ?? "schema.graphql")\(place): error: \(error.message.inOneLine)")
            }
        } catch let fault as TextFile.Fault {
            invocation.terminal.error.writeLine("marquee: \(path ?? ""): \(fault.reason)")
        } catch {
            invocation.terminal.error.writeLine("marquee: \(path ?? ""): \(error)")
        }
        return nil
    }
}
