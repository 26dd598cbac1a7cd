/// How much a line matters, from least to most.
package enum LogLevel: UInt8, Sendable, Comparable, CaseIterable {
    case debug, info, warning, error

    package var name: StaticString {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    @inlinable package static func < (lower: LogLevel, higher: LogLevel) -> Bool {
        lower.rawValue < higher.rawValue
    }

    /// Nothing if no level has this name.
    package init?(named name: String) {
        guard let level = Self.allCases.first(where: { $0.name.description == name })
        else { return nil }
        self = level
    }
}

package enum LogFormat: Sendable, Equatable {
    /// One object a line, for machines.
    case json
    /// Columns for people; colours only suit a terminal.
    case text(hasColours: Bool)
}

/// What a logger is told once.
package struct LogSettings: Sendable {
    /// Lines below it are not written.
    package var level: LogLevel
    package var format: LogFormat
    package var zone: TimeZoneName
    /// Where lines go. It stays open as long as the logger is used; the logger does not close it.
    package var descriptor: Int32
    /// Whether every line is written at once instead of with the next flush.
    package var isUnbuffered: Bool

    package init(
        level: LogLevel = .info, format: LogFormat = .json, zone: TimeZoneName = .utc,
        descriptor: Int32 = 2, isUnbuffered: Bool = false
    ) {
        self.level = level
        self.format = format
        self.zone = zone
        self.descriptor = descriptor
        self.isUnbuffered = isUnbuffered
    }
}
