import Glibc
import Reactor

/// What a running cluster says of itself in `postmaster.pid`.
struct PostmasterFile: Equatable {
    let process: Int32
    let isReady: Bool

    private static let statusLine = 7

    static func path(in data: String) -> String { "\(data)/postmaster.pid" }

    /// The process is on the first line, the status, padded with blanks, on the eighth.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let process = lines.first.flatMap({ Int32($0) }), process > 0 else { return nil }
        self.process = process
        isReady = lines.count > Self.statusLine && lines[Self.statusLine].hasPrefix("ready")
    }

    static func read(in data: String) -> PostmasterFile? {
        TextOfFile.read(path(in: data)).flatMap(PostmasterFile.init)
    }

}

/// The processes of a cluster, found by where they work: a number alone may by now be another
/// program's.
enum ClusterProcesses {
    /// The postmaster and its children, even those that have lost it.
    static func of(_ data: String) -> [Int32] {
        var ours = stat()
        guard stat(data, &ours) == 0 else { return [] }
        return Folder.entries(of: "/proc").compactMap { Int32($0) }.filter { process in
            var theirs = stat()
            return stat("/proc/\(process)/cwd", &theirs) == 0 && ours.st_dev == theirs.st_dev
                && ours.st_ino == theirs.st_ino
        }
    }

    /// The program that makes a cluster there, and what it has started.
    static func making(_ data: String) -> [Int32] {
        let word = Array("\0\(data)\0".utf8)
        let programs = Folder.entries(of: "/proc").compactMap { Int32($0) }.filter { process in
            guard let line = TextOfFile.read("/proc/\(process)/cmdline") else { return false }
            return Array("\(line)\0".utf8).contains(word)
        }
        return Array(Set(programs + of(data)))
    }
}
