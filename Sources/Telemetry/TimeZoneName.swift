import Bytes
import Glibc

/// The name of a time zone this system knows, such as `Europe/Berlin`. `UTC` is always known.
package struct TimeZoneName: Sendable, Hashable {
    package let name: String

    package static let utc = TimeZoneName(known: "UTC")

    private init(known name: String) { self.name = name }

    /// Nothing if the system has no such zone. Reads a file.
    package init?(_ name: String) {
        guard Self.isKnown(name) else { return nil }
        self.name = name
    }

    /// Whether `name` is `UTC` or the path of a zone below the system's folder of zones, without
    /// dots, empty parts or anything else that could lead out of it. Reads a file.
    package static func isKnown(_ name: String) -> Bool {
        if name == "UTC" { return true }
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard name.utf8.count <= nameLimit, parts.allSatisfy({ isPlain($0) }) else { return false }
        return isZoneFile("\(folder)/\(name)")
    }

    private static let folder = "/usr/share/zoneinfo"
    private static let nameLimit = 64

    private static func isPlain(_ part: some Collection<UInt8>) -> Bool {
        !part.isEmpty && part.allSatisfy { "+-_".utf8.contains($0) || $0.isLetter || $0.isDigit }
    }

    /// Zone files open with four letters (RFC 8536 section 3.1); folders and lists do not.
    private static func isZoneFile(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var magic: [UInt8] = [0, 0, 0, 0]
        return read(descriptor, &magic, 4) == 4 && magic == Array("TZif".utf8)
    }
}

extension TimeZoneName {
    /// How far local time is ahead of UTC at `second` since 1970. A few hundred nanoseconds, much
    /// more when the process has been asking about another zone: callers keep the answer.
    package func offsetSeconds(at second: Int64) -> Int {
        if self == .utc { return 0 }
        return zoneOfLibrary.withLock { current in
            if current != name {
                setenv("TZ", name, 1)
                tzset()
                current = name
            }
            var moment = time_t(second)
            var local = tm()
            localtime_r(&moment, &local)
            return local.tm_gmtoff
        }
    }
}

/// The C library has one zone for the whole process; this is the one it was last told.
private let zoneOfLibrary = Locked("")
