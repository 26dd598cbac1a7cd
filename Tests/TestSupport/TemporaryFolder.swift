import Glibc
import Reactor

/// A folder that everyone may enter and that is gone with the test that made it.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        var template = Array("/tmp/marquee-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemFault(call: "mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(path, 0o755)
    }

    deinit { remove() }

    /// Tells a cluster below it to wait for no disk, which after a kill takes it seconds.
    package func makeCareless(_ data: String) throws {
        guard let file = fopen("\(data)/postgresql.auto.conf", "ae") else {
            throw SystemFault(call: "open \(data)")
        }
        fputs("fsync = off\n", file)
        fclose(file)
    }

    package func remove() { try? Folder.remove(path) }
}
