import Bytes
package import GraphQLExecution
import GraphQLLanguage
import HTTP
package import Reactor
import Secrets
package import Telemetry

/// What the access log says of a request beyond HTTP. The operation's name, never its variables.
@EventLoop package final class LoggedOperation: RequestFacts {
    private let found: FoundPlan?
    private let errorCount: Int
    private let admission: (any Admission)?
    /// What the client called its document, if it did.
    private let documentID: String?
    private let limit: String?

    /// Without a plan nothing was executed, and `errorCount` errors say why; `limit` names what it
    /// was too often for.
    package init(
        _ found: FoundPlan?, errorCount: Int, documentID: String? = nil, limit: String? = nil,
        admission: (any Admission)? = nil
    ) {
        self.found = found
        self.errorCount = errorCount
        self.documentID = documentID
        self.limit = limit
        self.admission = admission
    }

    package func add(to line: inout LogLine) {
        if let found {
            let operation = found.plan.operation
            line.field("operation_type", operation.operation.name)
            if let name = operation.name { line.field("operation_name", name.bytes) }
            var hash = ByteBuffer(capacity: 64)
            found.documentHash.write(to: &hash)
            hash.withUnsafeBytes { line.field("document_hash", $0) }
            line.field("plan_cached", found.wasKept)
        }
        if let documentID { line.field("document_id", documentID) }
        line.field("errors", errorCount)
        if let limit { line.field("limit", limit) }
        admission?.add(to: &line)
    }
}
