import Glibc
import Reactor

/// Where the embedded cluster keeps what: `data/`, which is PostgreSQL's own, `log/`, and the
/// files that Marquee writes anew at each start.
package struct ClusterFolder: Sendable, Equatable {
    /// Absolute.
    package let path: String

    package init(path: String) { self.path = path }

    /// `.marquee/postgres` in the working directory.
    package static func ofWorkingDirectory() -> ClusterFolder {
        guard let folder = getcwd(nil, 0) else { return ClusterFolder(path: "/.marquee/postgres") }
        defer { free(folder) }
        let path = String(cString: folder)
        return ClusterFolder(path: (path == "/" ? "" : path) + "/.marquee/postgres")
    }

    var parent: String { String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)) }
    var lock: String { "\(path).lock" }
    package var data: String { "\(path)/data" }
    /// Where `data` grows until it is whole.
    var unfinishedData: String { "\(path)/data.unfinished" }
    var logs: String { "\(path)/log" }
    var startLog: String { "\(logs)/start.log" }
    var configuration: String { "\(path)/postgresql.conf" }
    var access: String { "\(path)/pg_hba.conf" }

    /// The release that made the data; nil if there is none.
    package var majorVersion: Int? {
        TextOfFile.read("\(data)/PG_VERSION").flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Whether clients can connect.
    package var isRunning: Bool {
        guard let file = PostmasterFile.read(in: data), file.isReady else { return false }
        return ClusterProcesses.of(data).contains(file.process)
    }

    // MARK: The socket

    /// What `sockaddr_un` holds, less its closing zero.
    private static let longestSocketPath = 107
    private static let socketName = "/.s.PGSQL.5432"

    /// Where PostgreSQL listens: the folder itself, or one with a short name if the path of a
    /// socket in it would be too long or hard to quote.
    package var socketFolder: String {
        let isShort = path.utf8.count + Self.socketName.utf8.count <= Self.longestSocketPath
        let isPlain = path.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !"\"'\\,".utf8.contains(byte)
        }
        return isShort && isPlain ? path : "/tmp/marquee-\(String(fingerprint, radix: 16))"
    }

    /// FNV-1a of the path: the same at each start.
    private var fingerprint: UInt64 {
        path.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// What libpq is told; only root and the owner of the folder get as far as the socket.
    package var connectionURL: String {
        let host = socketFolder.utf8.map { byte in
            let isPlain =
                byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".") || Character(Unicode.Scalar(byte)).isLetter
                || Character(Unicode.Scalar(byte)).isNumber
            if isPlain, byte < 0x80 { return String(Unicode.Scalar(byte)) }
            return (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
        return "postgres://marquee@/marquee?host=\(host.joined())"
    }

    // MARK: Making

    /// Makes the folders and gives them to `owner`.
    func prepare(for owner: ClusterOwner) throws(ClusterFault) {
        try make(parent, mode: 0o755)
        if owner != .ofThisProcess { try checkWay(for: owner) }
        for folder in [path, logs] {
            try make(folder, mode: 0o700)
            try owner.take(folder)
        }
        if socketFolder != path { try prepareSocketFolder(for: owner) }
    }

    private func make(_ folder: String, mode: mode_t) throws(ClusterFault) {
        guard mkdir(folder, mode) == 0 || errno == EEXIST else {
            throw .notMade(step: "make \(folder)", reason: Self.lastError)
        }
    }

    private func checkWay(for owner: ClusterOwner) throws(ClusterFault) {
        var way = ""
        for part in parent.split(separator: "/") {
            way += "/\(part)"
            guard owner.mayEnter(way) else { throw .outOfReach(folder: way, user: owner.name) }
        }
    }

    /// In a folder where everyone may write, another may have been first.
    private func prepareSocketFolder(for owner: ClusterOwner) throws(ClusterFault) {
        if mkdir(socketFolder, 0o700) == 0 { try owner.take(socketFolder) }
        var status = stat()
        guard lstat(socketFolder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
            status.st_uid == owner.user, status.st_mode & 0o077 == 0
        else {
            throw .notMade(step: socketFolder, reason: "is not a private folder of \(owner.name)")
        }
    }

    /// Writes a file of its own in place of the one before.
    func write(_ text: String, to path: String, for owner: ClusterOwner) throws(ClusterFault) {
        let descriptor = try create(path, for: owner)
        defer { close(descriptor) }
        guard Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count else {
            throw .notMade(step: "write \(path)", reason: Self.lastError)
        }
    }

    /// A new and empty file, open for writing.
    func create(_ path: String, for owner: ClusterOwner) throws(ClusterFault) -> Int32 {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .notMade(step: "write \(path)", reason: Self.lastError)
        }
        do throws(ClusterFault) {
            try owner.take(path)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    static var lastError: String { String(cString: strerror(errno)) }

    // MARK: Reading

    /// The last lines that PostgreSQL has written, wherever it wrote last.
    func lastWords(lines count: Int = 5) -> String {
        let files = Folder.entries(of: logs).map { "\(logs)/\($0)" }
        let newest = files.max { Self.changed($0) < Self.changed($1) }
        let text = newest.flatMap { TextOfFile.readEnd($0) } ?? ""
        return text.split(separator: "\n").suffix(count).joined(separator: "; ")
    }

    private static func changed(_ path: String) -> Int {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { return 0 }
        return status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }
}

/// Small files that PostgreSQL writes.
enum TextOfFile {
    private static let mostBytes = 8_192

    static func read(_ path: String) -> String? { read(path, from: 0) }

    static func readEnd(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return read(path, from: max(0, Int(status.st_size) - mostBytes))
    }

    private static func read(_ path: String, from offset: Int) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        fseek(file, offset, SEEK_SET)
        var bytes = [UInt8](repeating: 0, count: mostBytes)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
