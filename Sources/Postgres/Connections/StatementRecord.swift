package import Reactor
import Telemetry

/// Hears of each statement when it begins.
package typealias StatementObserver = @EventLoop (StatementRecord) -> Void

/// What became of a statement, for those who want to know: all but the values bound to it.
@EventLoop package final class StatementRecord {
    /// The SQL as the server got it.
    package let text: String
    package let begunMicroseconds = MonotonicClock.nowMicroseconds()
    /// When its answer came, or its failure.
    package private(set) var answeredMicroseconds: Int64?
    /// When whoever waited went on: on a busy loop, others may come first.
    package private(set) var resumedMicroseconds: Int64?
    package private(set) var rows = 0
    /// What the values of its rows took on the wire.
    package private(set) var bytes = 0
    package private(set) var failure: String?
    /// Batches that it was the first of, each a round trip.
    package private(set) var roundTrips = 0

    init(_ statement: Statement) { text = statement.text }

    func sent() { roundTrips += 1 }

    func answered(_ outcome: Result<Rows, PostgresError>) {
        answeredMicroseconds = MonotonicClock.nowMicroseconds()
        switch outcome {
        case .success(let answer): (rows, bytes) = (answer.count, answer.byteCount)
        case .failure(let error): failure = error.kind
        }
    }

    func resumed() { resumedMicroseconds = MonotonicClock.nowMicroseconds() }
}

extension PostgresError {
    /// What kind of failure it is, without the words of the server: they may tell values.
    fileprivate var kind: String {
        switch self {
        case .server(let error): "SQLSTATE \(error.state)"
        case .skipped: "skipped"
        case .unavailable: "unavailable"
        case .rolledBack: "rolled back"
        case .queueFull: "queue full"
        case .timedOut: "timed out"
        case .snapshotLost: "snapshot lost"
        case .notSent: "not sent"
        case .column: "unreadable"
        }
    }
}
