import GraphQLExecution
package import GraphQLTypes
import Postgres
import Secrets

extension Contract {
    /// What a client reads of an error that a resolver or loader threw; nothing where it is the
    /// server's own fault.
    package static func error(for error: any Error) -> GraphQLError? {
        if error is PasswordHasherBusy {
            return GraphQLError(
                "Too many people sign in at once; try again in a moment.",
                code: .serviceUnavailable)
        }
        guard let error = error as? PostgresError else { return nil }
        if error.isUnavailability {
            return GraphQLError(
                "The database does not answer; try again in a moment.", code: .serviceUnavailable)
        }
        if error.serverError?.mayGoAway == true {
            return GraphQLError(
                "Other changes were in the way, and nothing was done; try again.",
                code: .serviceUnavailable)
        }
        if error == .snapshotLost {
            return GraphQLError(
                "An error has ended the snapshot, and the data has changed since; try again.",
                code: .serviceUnavailable)
        }
        guard error == .timedOut || error.serverError?.state == .queryCancelled else { return nil }
        return GraphQLError("The database took too long.", code: .timeout)
    }
}
