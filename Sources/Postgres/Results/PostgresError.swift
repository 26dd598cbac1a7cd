/// Why a statement has no rows.
package enum PostgresError: Error, Equatable, Sendable {
    /// The server refused it.
    indirect case server(ServerError)
    /// An earlier statement of its batch failed, so that the server skipped it.
    case skipped
    /// The server cannot be reached, or went away before it answered: a change may have happened.
    case unavailable(String)
    /// A statement of the transaction had failed, so that the server undid all of it.
    case rolledBack
    /// As many statements wait as may.
    case queueFull(limit: Int)
    /// Its answer was not there at the deadline of whoever waited for it.
    case timedOut
    /// An error has ended the snapshot, and what was read by then has changed since.
    case snapshotLost
    /// libpq would not take the statement.
    case notSent(String)
    /// A column cannot be read as the type asked for.
    case column(Int, String)

    package var serverError: ServerError? {
        if case .server(let error) = self { error } else { nil }
    }

    /// The service may be asked again a moment later.
    package var isUnavailability: Bool {
        switch self {
        case .unavailable, .queueFull: true
        case .server(let error): error.state.isUnavailability
        case .skipped, .rolledBack, .timedOut, .snapshotLost, .notSent, .column: false
        }
    }

    /// Nothing is wrong with the statement: asked again, the server may answer. Whoever has the
    /// time to wait for that, and changes nothing by asking twice, does so.
    package var mayPass: Bool {
        isUnavailability || self == .timedOut || serverError?.state == .queryCancelled
            || serverError?.mayGoAway == true
    }
}

extension PostgresError {
    /// What is to be known of it, on one line.
    package var line: String {
        let text =
            switch self {
            case .server(let error):
                "\(error.message)\(error.detail.map { " (\($0))" } ?? "") [\(error.state)]"
            case .unavailable(let reason), .notSent(let reason): reason
            case .skipped, .rolledBack, .queueFull, .timedOut, .snapshotLost, .column: "\(self)"
            }
        return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
}

/// An error as the server describes it.
package struct ServerError: Equatable, Sendable {
    package var state: SQLState
    package var message: String
    package var detail: String?
    /// The constraint that was violated.
    package var constraint: String?
    package var table: String?
    package var column: String?
    /// Where in the text the mistake is, counted in characters from 1.
    package var position: Int?
}
