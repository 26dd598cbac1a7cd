import Glibc

/// Folders of files.
package enum Folder {
    /// The names of what is in it, in their order; none if there is no such folder.
    package static func entries(of folder: String) -> [String] {
        guard let listing = opendir(folder) else { return [] }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    package static func contains(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The files below `path` whose names end in one of `endings`, folders with a dot in front left
    /// out; `path` itself if it is no folder. At most `maximumDepth` folders deep.
    package static func files(
        below path: String, endings: [String], depth: Int = 0
    ) -> [String] {
        guard contains(path) else { return [path] }
        guard depth < maximumDepth else { return [] }
        return entries(of: path).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            let inner = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            if contains(inner) { return files(below: inner, endings: endings, depth: depth + 1) }
            return endings.contains { name.hasSuffix($0) } ? [inner] : []
        }
    }

    /// Removes it with all that is in it; symbolic links are removed, not followed.
    package static func remove(_ path: String) throws(SystemFault) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw SystemFault(call: "look at \(path)")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            guard unlink(path) == 0 else { throw SystemFault(call: "remove \(path)") }
            return
        }
        for name in entries(of: path) { try remove("\(path)/\(name)") }
        guard rmdir(path) == 0 else { throw SystemFault(call: "remove \(path)") }
    }

    private static let maximumDepth = 32
}
