import Glibc
package import Telemetry

/// A log that is read back. All lines have the same time, which is cut off.
package final class CapturedLog: Sendable {
    package let logger: Logger
    private let ends: (read: Int32, write: Int32)

    package init(level: LogLevel = .info) {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no pipe")
        self.ends = (ends[0], ends[1])
        let settings = LogSettings(level: level, descriptor: ends[1], isUnbuffered: true)
        logger = Logger(settings, clock: { 0 })
    }

    deinit {
        close(ends.read)
        close(ends.write)
    }

    /// What has been logged since the last call.
    package func lines() -> [String] {
        var bytes: [UInt8] = []
        var question = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
        while poll(&question, 1, 0) > 0 {
            bytes += [UInt8](unsafeUninitializedCapacity: 65_536) { room, count in
                count = max(0, read(ends.read, room.baseAddress, room.count))
            }
        }
        let time = #"{"time":"1970-01-01T00:00:00.000Z","#
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            $0.hasPrefix(time) ? "{" + $0.dropFirst(time.count) : String($0)
        }
    }
}
