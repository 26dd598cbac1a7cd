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

    package static func contains(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

    /// Whether there is something at `path` that is neither a file nor a folder: reading it may
    /// take for ever.
    package static func isSpecial(_ path: String) -> Bool {
        kind(of: path).map { $0 != S_IFREG && $0 != S_IFDIR } ?? false
    }

    /// The regular files below `path` whose names end in one of `endings`, folders with a dot in
    /// front left out; `path` itself if it is no folder. Symbolic links are followed, but no folder
    /// is looked into twice. At most `maximumDepth` folders deep.
    package static func files(below path: String, endings: [String]) -> [String] {
        guard contains(path) else { return [path] }
        var seen = Set<Identity>()
        return files(in: path, endings, depth: 0, &seen)
    }

    /// What a folder is known by, whatever path leads to it.
    private struct Identity: Hashable {
        let device: dev_t
        let number: ino_t
    }

    private static func files(
        in folder: String, _ endings: [String], depth: Int, _ seen: inout Set<Identity>
    ) -> [String] {
        guard depth < maximumDepth, let status = status(of: folder),
            seen.insert(Identity(device: status.st_dev, number: status.st_ino)).inserted
        else { return [] }
        var files: [String] = []
        for name in entries(of: folder) where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            switch kind(of: path) {
            case S_IFDIR: files += Self.files(in: path, endings, depth: depth + 1, &seen)
            case S_IFREG where endings.contains { name.hasSuffix($0) }: files.append(path)
            default: break
            }
        }
        return files
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// What is at `path`, or where the symbolic link there leads to.
    private static func kind(of path: String) -> mode_t? {
        status(of: path).map { $0.st_mode & S_IFMT }
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
