import Bytes

/// The log of a process: one line for each thing that happened, with named values.
///
///     logger.info("request") { line in
///         line.field("status", 200)
///         line.field("path", path)
///     }
///
/// Lines are gathered and written with the next `flush()`, which the event loop calls once a turn;
/// warnings and errors are written at once. Writing never waits for the reader: while it does not
/// keep up, lines stay in memory up to `bufferLimit`, further ones are dropped and counted, and
/// once half of the memory is free again a warning tells how many. May be used from any thread; the
/// closures run one at a time and must not log themselves.
package final class Logger: Sendable {
    /// How many bytes may wait for the reader.
    package static let bufferLimit = 1 << 20
    /// How many bytes are gathered before the logger writes without being told to.
    package static let flushThreshold = 32 << 10

    @usableFromInline let level: LogLevel
    private let isUnbuffered: Bool
    private let clock: @Sendable () -> Int64
    private let state: Locked<LogState>

    /// `constants` adds the fields that each line is to have, behind its message. `clock` gives
    /// milliseconds since 1970.
    package init(
        _ settings: LogSettings = LogSettings(),
        constants: (inout LogLine) -> Void = { _ in },
        clock: @escaping @Sendable () -> Int64 = WallClock.nowMilliseconds
    ) {
        level = settings.level
        isUnbuffered = settings.isUnbuffered
        self.clock = clock
        state = Locked(LogState(settings, constants))
    }

    @inlinable package func isEnabled(_ level: LogLevel) -> Bool { level >= self.level }
}

extension Logger {
    @inlinable package func debug(
        _ message: @autoclosure () -> String, _ fields: (inout LogLine) -> Void = { _ in }
    ) {
        if isEnabled(.debug) { write(.debug, message(), fields) }
    }

    @inlinable package func info(
        _ message: @autoclosure () -> String, _ fields: (inout LogLine) -> Void = { _ in }
    ) {
        if isEnabled(.info) { write(.info, message(), fields) }
    }

    @inlinable package func warning(
        _ message: @autoclosure () -> String, _ fields: (inout LogLine) -> Void = { _ in }
    ) {
        if isEnabled(.warning) { write(.warning, message(), fields) }
    }

    @inlinable package func error(
        _ message: @autoclosure () -> String, _ fields: (inout LogLine) -> Void = { _ in }
    ) {
        if isEnabled(.error) { write(.error, message(), fields) }
    }

    @usableFromInline
    func write(_ level: LogLevel, _ message: String, _ fields: (inout LogLine) -> Void) {
        let now = clock()
        state.withLock { state in
            guard state.admitsLine(at: now) else { return }
            state.begin(level, message, at: now)
            fields(&state.line)
            state.end(isUrgent: level >= .warning || isUnbuffered, at: now)
        }
    }

    /// Writes what has been gathered, as far as the reader takes it now.
    package func flush() {
        state.withLock { state in
            if state.hasWork { state.flush(at: clock()) }
        }
    }

    /// Writes what has been gathered, waits for a slow reader at most so many milliseconds, and
    /// ends the log: what is left and all later lines are dropped. Other threads that log wait too.
    package func close(waitingAtMost milliseconds: Int) {
        let deadline = MonotonicClock.nowMicroseconds() + Int64(milliseconds) * 1000
        state.withLock { $0.close(deadline: deadline, at: clock()) }
    }

    /// How many lines were dropped since the start, because nobody took them.
    package var droppedLines: Int { state.withLock { $0.droppedLines } }
}
