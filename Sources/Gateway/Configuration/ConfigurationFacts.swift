import Bytes
import Glibc

/// What the configuration must know about the machine.
package struct ConfigurationFacts: Sendable {
    package let onlineCores: Int
    package let hasTimeZone: @Sendable (String) -> Bool

    package init(onlineCores: Int, hasTimeZone: @escaping @Sendable (String) -> Bool) {
        self.onlineCores = onlineCores
        self.hasTimeZone = hasTimeZone
    }

    package static var ofThisMachine: ConfigurationFacts {
        ConfigurationFacts(
            onlineCores: sysconf(Int32(_SC_NPROCESSORS_ONLN)), hasTimeZone: TimeZoneFiles.contain)
    }
}

/// The time zone data of the machine.
enum TimeZoneFiles {
    static let folder = "/usr/share/zoneinfo"

    /// Whether `name` is a compiled zone below the folder; names cannot lead out of it.
    static func contain(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isName = parts.allSatisfy { part in
            part.first?.isLetter == true
                && part.allSatisfy { $0.isLetter || $0.isDigit || "_+-".utf8.contains($0) }
        }
        return isName && isCompiledZone("\(folder)/\(name)")
    }

    /// RFC 8536 §3.1: the file begins with `TZif`.
    private static func isCompiledZone(_ path: String) -> Bool {
        guard let file = fopen(path, "re") else { return false }
        defer { fclose(file) }
        var magic = [UInt8](repeating: 0, count: 4)
        return fread(&magic, 1, 4, file) == 4 && magic == Array("TZif".utf8)
    }
}
