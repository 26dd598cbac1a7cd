package import Reactor

/// What the statements of one request were answered: later requests of the same kind are told it
/// again, without a word to the database. So benchmarks see what is done with the answers.
@EventLoop package final class PostgresRecording {
    private var answers: [Int: Rows] = [:]

    package init() {}

    /// The answer to the statement at a place in its request.
    subscript(_ place: Int) -> Rows? {
        get { answers[place] }
        set { answers[place] = newValue }
    }
}
