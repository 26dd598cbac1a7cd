import Glibc

/// A text and where it comes from.
package struct SourceFile: Sendable {
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    package init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

    /// The file at `path`, or nothing if it cannot be read; `errno` says why.
    package init?(reading path: String) {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes += chunk[..<count]
        }
        guard ferror(file) == 0 else { return nil }
        self.init(path: path, bytes: bytes)
    }

    /// The Swift files in a folder and in the folders in it, in the order of their paths.
    package static func swiftFiles(below folder: String) -> [SourceFile] {
        names(in: folder).sorted().flatMap { name -> [SourceFile] in
            let path = folder + "/" + name
            if name.hasSuffix(".swift") { return SourceFile(reading: path).map { [$0] } ?? [] }
            return swiftFiles(below: path)
        }
    }

    /// Nothing, if `path` is no folder.
    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
