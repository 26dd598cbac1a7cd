import Glibc
import GraphQLGeneration

/// What is wrong in a folder of migrations, each as a compiler would say it.
struct MigrationMistakes: Error {
    let lines: [String]
}

/// The files of a folder, in the order of their numbers, which count from 0001 without a gap.
struct MigrationFiles {
    private struct File {
        let path: String
        let name: String
        let text: String
    }

    private let files: [File]

    init(in folder: String) throws(MigrationMistakes) {
        guard let names = Self.names(in: folder) else {
            throw MigrationMistakes(lines: ["\(folder): error: cannot be read: \(reason())"])
        }
        var files: [File] = []
        var mistakes: [String] = []
        let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        for name in names {
            let path = "\(base)/\(name)"
            let source = SourceFile(reading: path)
            let text = source.flatMap { String(validating: $0.bytes, as: UTF8.self) } ?? ""
            if let mistake = Self.mistake(in: name, text, number: files.count + 1) {
                mistakes.append("\(path):1:1: error: \(mistake)")
            }
            files.append(File(path: path, name: name, text: text))
        }
        guard mistakes.isEmpty else { throw MigrationMistakes(lines: mistakes) }
        self.files = files
    }

    /// All but hidden ones, sorted.
    private static func names(in folder: String) -> [String]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func mistake(in name: String, _ text: String, number: Int) -> String? {
        let isNamed =
            name.hasSuffix(".sql") && name.utf8.count > 9
            && name.utf8.prefix(4).allSatisfy { 0x30...0x39 ~= $0 }
            && name.utf8.dropFirst(4).first == UInt8(ascii: "_")
            && name.utf8.dropFirst(5).dropLast(4).allSatisfy {
                $0 == UInt8(ascii: "_") || 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0
            }
        guard isNamed else { return "a migration is named like 0001_accounts.sql" }
        guard Int(name.prefix(4)) == number else {
            let expected = String(String(10_000 + number).dropFirst())
            return "migrations are numbered without a gap; this would be \(expected)"
        }
        guard !text.isEmpty else { return "a migration is UTF-8 text, and not empty" }
        // Swift would read other ends of lines as line feeds, and the checksum would differ.
        guard !text.utf8.contains(0x0D), !text.utf8.contains(0) else {
            return "a migration has neither carriage returns nor zero bytes"
        }
        guard text.hasSuffix("\n") else { return "a migration ends with a line feed" }
        return nil
    }

    func generate() -> String {
        let values = files.enumerated().map { index, file in
            let marks = String(repeating: "#", count: Self.marks(for: file.text))
            return """
                    Migration(
                        number: \(index + 1), name: "\(file.name)",
                        text: \(marks)\"""
                \(file.text)
                \"""\(marks)),

                """
        }
        return """
            // Generated from Migrations by marquee-generate.
            package import Database

            extension Migration {
                /// Those of this program, in their order.
                package static let all: [Migration] = [
            \(values.joined())    ]
            }

            """
    }

    /// More number signs than follow each other anywhere in the text.
    private static func marks(for text: String) -> Int {
        var (longest, run) = (0, 0)
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "#") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest + 1
    }
}
