package import Postgres
import Reactor
package import Secrets

/// An admin whom no admin could make: by the command line.
package struct NewAdmin: Sendable {
    let email: String
    let name: String
    let password: PasswordHash

    package enum Fault: Error, Equatable, CustomStringConvertible {
        case emailTaken
        case faultyEmail
        case faultyName

        package var description: String {
            switch self {
            case .emailTaken: "there is an account with this email already; give another one"
            case .faultyEmail: "this is no email; give one like ada@films.example"
            case .faultyName: "a name is one line of 1 to 80 characters; give such a --name"
            }
        }
    }

    package init(email: String, name: String, password: PasswordHash) {
        (self.email, self.name, self.password) = (email, name, password)
    }

    /// Adds the account, and the line of the log that says so.
    @EventLoop package func create(on connection: SerialConnection) async throws {
        do {
            try await connection.transaction {
                let account = try await connection.run(
                    """
                    INSERT INTO account (email, name, password_hash, role)
                    VALUES (\(email), \(name), \(password.text), 'ADMIN') RETURNING id
                    """)[0].int(0)
                _ = try await connection.run(
                    """
                    INSERT INTO admin_log (action, subject_type, subject_id)
                    VALUES ('admin.create', 'User', \(String(account)))
                    """)
            }
        } catch let error as PostgresError {
            throw Fault(error) ?? error
        }
    }
}

extension NewAdmin.Fault {
    /// By the constraints of the data model.
    fileprivate init?(_ error: PostgresError) {
        switch error.serverError?.constraint {
        case "account_email_unique": self = .emailTaken
        case "account_email_form": self = .faultyEmail
        case "account_name_form": self = .faultyName
        default: return nil
        }
    }
}
