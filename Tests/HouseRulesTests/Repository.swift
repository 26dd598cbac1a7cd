import Glibc

/// The files of this repository that the rules look at.
enum Repository {
    /// `Tests/HouseRulesTests/Repository.swift` stands three steps below the root.
    private static let root = #filePath.split(separator: "/").dropLast(3)
        .reduce(into: "") { $0 += "/" + $1 }

    private static let folders = [
        "Sources", "Tests", "Migrations", "Benchmarks", "Plugins", "Deploy", "docs", "Examples",
        "script", ".ci",
    ]
    private static let endings = [
        ".swift", ".c", ".h", ".sh", ".py", ".js", ".lua", ".md", ".conf", ".modulemap", ".sql",
    ]

    static func files() -> [SourceFile] {
        let top = names(in: root).filter { name in
            [".swift", ".md"].contains(where: name.hasSuffix)
        }
        let inside = folders.flatMap { paths(below: $0) }
        return (top + inside).sorted().compactMap(file)
    }

    static func file(_ path: String) -> SourceFile? {
        guard let stream = fopen(root + "/" + path, "re") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&chunk, 1, chunk.count, stream)
            if count == 0 { return SourceFile(path: path, bytes: bytes) }
            bytes += chunk[..<count]
        }
    }

    /// Files of a known kind, and files without any ending: those are scripts. What fuzzers begin
    /// with is data.
    private static func paths(below folder: String) -> [String] {
        names(in: root + "/" + folder).flatMap { name -> [String] in
            let path = folder + "/" + name
            if isFolder(path) { return name == "Corpus" ? [] : paths(below: path) }
            let isText = !name.contains(".") || endings.contains { name.hasSuffix($0) }
            return isText ? [path] : []
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(root + "/" + path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// What a folder holds; hidden files and what Python leaves behind are passed over.
    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix("."), name != "__pycache__" { names.append(name) }
        }
        return names
    }
}
