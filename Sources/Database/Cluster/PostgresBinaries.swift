import Glibc
import Reactor

/// A folder with the programs of a PostgreSQL server.
package struct PostgresBinaries: Sendable, Equatable {
    package static let leastMajorVersion = 13

    private static let root = "/usr/lib/postgresql"

    package let folder: String
    package let majorVersion: Int

    package init(folder: String, majorVersion: Int) {
        (self.folder, self.majorVersion) = (folder, majorVersion)
    }

    /// Those below `/usr/lib/postgresql`, where Debian keeps them, and those on the search path.
    package static func installed(searchPath: String) -> [PostgresBinaries] {
        let versions = Folder.entries(of: root).filter { Int($0) != nil }
        let versioned = versions.map { "\(root)/\($0)/bin" }
        let folders = versioned + searchPath.split(separator: ":").map(String.init)
        return folders.compactMap(binaries)
    }

    /// The newest that Marquee can use.
    package static func newest(of all: [PostgresBinaries]) -> PostgresBinaries? {
        all.filter { $0.majorVersion >= leastMajorVersion }
            .max { $0.majorVersion < $1.majorVersion }
    }

    /// The path of a program of PostgreSQL's clients, of the newest release there is.
    package static func client(_ name: String, searchPath: String) -> String? {
        let versions = Folder.entries(of: root).compactMap { Int($0) }.sorted(by: >)
        let folders = versions.map { "\(root)/\($0)/bin" }
        return (folders + searchPath.split(separator: ":").map(String.init))
            .map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    package func path(of program: String) -> String { "\(folder)/\(program)" }

    private static func binaries(in folder: String) -> PostgresBinaries? {
        let programs = ["initdb", "postgres"].map { "\(folder)/\($0)" }
        guard programs.allSatisfy({ access($0, X_OK) == 0 }),
            let version = majorVersion(announcedBy: programs[1])
        else { return nil }
        return PostgresBinaries(folder: folder, majorVersion: version)
    }

    /// Asks the program itself. The shell between has nothing to read but a quoted path.
    private static func majorVersion(announcedBy program: String) -> Int? {
        guard !program.contains("'"), let pipe = popen("'\(program)' --version", "re") else {
            return nil
        }
        defer { pclose(pipe) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = fread(&bytes, 1, bytes.count, pipe)
        return majorVersion(in: String(decoding: bytes[..<count], as: UTF8.self))
    }

    /// The number behind the last blank: `postgres (PostgreSQL) 15.7 (Debian 15.7-0)` has 15.
    package static func majorVersion(in announcement: String) -> Int? {
        let words = announcement.split(whereSeparator: \.isWhitespace)
        guard let product = words.firstIndex(of: "(PostgreSQL)"), product + 1 < words.count else {
            return nil
        }
        return Int(words[product + 1].prefix { $0.isNumber })
    }
}
