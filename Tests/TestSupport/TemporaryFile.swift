import Glibc

/// A file that is gone with the test that made it.
package final class TemporaryFile: Sendable {
    package let path: String

    package convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

    package init(_ bytes: [UInt8]) throws {
        var template = Array("/tmp/marquee-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw NeverHappened(what: "a temporary file") }
        close(descriptor)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try write(bytes)
    }

    deinit { unlink(path) }

    package func write(_ text: String) throws { try write(Array(text.utf8)) }

    private func write(_ bytes: [UInt8]) throws {
        guard let file = fopen(path, "we") else { throw NeverHappened(what: "writing \(path)") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw NeverHappened(what: "writing \(path)")
        }
    }

    package func read() throws -> String {
        guard let file = fopen(path, "re") else { throw NeverHappened(what: "reading \(path)") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
