import GraphQLExecution
import Postgres

extension KeptRow {
    /// A text, which goes into the response from where it lies.
    func text(_ column: Int) throws(PostgresError) -> Text? {
        try utf8(column).map { Text(lending: $0) }
    }

    func text(_ column: Int) throws(PostgresError) -> Text {
        guard let text: Text = try text(column) else { throw .column(column, "it is NULL") }
        return text
    }
}
