import Bytes

/// What a logger guards with its lock: lines that wait, and where they go.
struct LogState: ~Copyable, Sendable {
    var line: LogLine
    private(set) var droppedLines = 0
    private let output: LogOutput
    private var constants: [UInt8]
    /// Dropped lines that no warning has told of. While there are any, all new lines are dropped.
    private var unreportedLines = 0
    /// How many bytes have to wait before the next attempt to write without being told to. It rises
    /// while the reader does not keep up, to spare a system call with each line.
    private var nextFlush = Logger.flushThreshold
    private var isClosed = false

    init(_ settings: LogSettings, _ constants: (inout LogLine) -> Void) {
        line = LogLine(format: settings.format, zone: settings.zone)
        output = LogOutput(descriptor: settings.descriptor)
        self.constants = []
        self.constants = line.constants(constants)
    }

    var hasWork: Bool { !line.buffer.isEmpty }

    /// Whether a line may be begun; if not, it has been counted.
    mutating func admitsLine(at now: Int64) -> Bool {
        if unreportedLines > 0 && !isClosed { flush(at: now) }
        guard unreportedLines > 0 || isClosed else { return true }
        drop(1)
        return false
    }

    mutating func begin(_ level: LogLevel, _ message: String, at now: Int64) {
        line.begin(level, message, at: now, constants: constants)
    }

    mutating func end(isUrgent: Bool, at now: Int64) {
        let length = line.end()
        if isUrgent || line.buffer.count >= nextFlush { flush(at: now) }
        guard line.buffer.count > Logger.bufferLimit else { return }
        flush(at: now)
        guard line.buffer.count > Logger.bufferLimit else { return }
        line.buffer.truncate(to: line.buffer.count - length)
        drop(1)
    }

    mutating func flush(at now: Int64) {
        drain()
        guard unreportedLines > 0 && line.buffer.count <= Logger.bufferLimit / 2 else { return }
        let count = unreportedLines
        unreportedLines = 0
        begin(.warning, "log lines were dropped", at: now)
        line.field("count", count)
        _ = line.end()
        drain()
    }

    mutating func close(deadline: Int64, at now: Int64) {
        guard !isClosed else { return }
        flush(at: now)
        while hasWork {
            let left = (deadline - MonotonicClock.nowMicroseconds()) / 1000
            guard left > 0, output.hasRoom(waitingMilliseconds: Int32(clamping: left)) else {
                break
            }
            flush(at: now)
        }
        dropAll()
        isClosed = true
    }

    private mutating func drain() {
        if output.drain(&line.buffer) == .broken { dropAll() }
        nextFlush = line.buffer.count + Logger.flushThreshold
    }

    private mutating func drop(_ count: Int) {
        droppedLines += count
        unreportedLines += count
    }

    private mutating func dropAll() {
        droppedLines += line.buffer.withUnsafeBytes { $0.count { $0 == 0x0A } }
        line.buffer.removeAll()
        unreportedLines = 0
    }
}
