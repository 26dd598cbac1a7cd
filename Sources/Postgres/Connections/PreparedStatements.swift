/// What one connection has prepared, by the statements' numbers.
struct PreparedStatements {
    private enum State {
        case unknown
        /// Sent: what is sent behind it may use it.
        case begun
        case known
    }

    private struct Entry {
        var state = State.unknown
        /// A name is never used twice, as the server may still know the old one.
        var generation = 0
        var name = ""
        var failure: ServerError?
    }

    private var entries: [Entry] = []

    func needsPreparing(_ number: Int) -> Bool {
        number >= entries.count || entries[number].state == .unknown
    }

    /// Returns the name to prepare it under.
    mutating func beginPreparing(_ number: Int) -> String {
        while entries.count <= number { entries.append(Entry()) }
        entries[number].state = .begun
        entries[number].generation += 1
        entries[number].name = "s\(number)_\(entries[number].generation)"
        return name(of: number)
    }

    func name(of number: Int) -> String { entries[number].name }

    mutating func succeeded(_ number: Int) {
        entries[number].state = .known
        entries[number].failure = nil
    }

    mutating func failed(_ number: Int, _ error: ServerError) {
        entries[number].state = .unknown
        entries[number].failure = error
    }

    mutating func forget(_ number: Int) { entries[number].state = .unknown }

    mutating func forgetAll() {
        for number in entries.indices { entries[number].state = .unknown }
    }

    /// The error to report for a use that failed; nil if preparing it again may help.
    func explanation(of error: ServerError, for number: Int) -> ServerError? {
        switch error.state {
        case .invalidStatementName: entries[number].failure
        case .featureNotSupported where error.saysPlanIsStale: nil
        default: error
        }
    }
}

extension ServerError {
    /// "cached plan must not change result type": a table has changed since.
    fileprivate var saysPlanIsStale: Bool { message.hasPrefix("cached plan") }

    /// Whether the transaction that it ended may succeed when it is tried again: the server could
    /// not order it among others, or no longer knows its statements as they were prepared.
    package var mayGoAway: Bool {
        state.isRetryable || state == .invalidStatementName
            || state == .featureNotSupported && saysPlanIsStale
    }
}
