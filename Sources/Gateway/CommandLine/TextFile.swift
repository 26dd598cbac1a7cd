import Glibc

/// Small files of text.
package enum TextFile {
    package struct Fault: Error, Sendable, Equatable {
        /// Whether there is no such file, which an optional file may be.
        package let isAbsence: Bool
        package let reason: String

        package init(isAbsence: Bool, reason: String) {
            (self.isAbsence, self.reason) = (isAbsence, reason)
        }
    }

    private static let mostBytes = 1 << 20

    /// The whole file; at most 1 MiB of UTF-8.
    package static func read(_ path: String) throws(Fault) -> String {
        guard let file = fopen(path, "re") else { throw systemFault() }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: mostBytes + 1)
        errno = 0
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw systemFault() }
        guard count <= mostBytes else { throw Fault(isAbsence: false, reason: "more than 1 MiB") }
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
            throw Fault(isAbsence: false, reason: "not UTF-8 text")
        }
        return text
    }

    private static func systemFault() -> Fault {
        Fault(isAbsence: errno == ENOENT, reason: String(cString: strerror(errno)))
    }
}
