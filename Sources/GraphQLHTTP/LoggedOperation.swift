import Bytes
package import GraphQLExecution
import GraphQLLanguage
package import GraphQLTypes
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
    private let refusal: Refused?

    /// Why nothing was executed, and of which document, as far as that is known.
    package struct Refused {
        let code: ErrorCode?
        let documentHash: SHA256Digest?

        package init(_ errors: [GraphQLError], of asked: RequestParameters?) {
            code = errors.first?.code
            documentHash = asked?.source.map { SHA256Digest(of: $0) }
        }
    }

    /// Without a plan nothing was executed, and `errorCount` errors say why; `limit` names what it
    /// was too often for.
    package init(
        _ found: FoundPlan?, errorCount: Int, documentID: String? = nil, limit: String? = nil,
        refusal: Refused? = nil, admission: (any Admission)? = nil
    ) {
        self.found = found
        self.errorCount = errorCount
        self.documentID = documentID
        self.limit = limit
        self.refusal = refusal
        self.admission = admission
    }

    package func add(to line: inout LogLine) {
        if let found {
            let operation = found.plan.operation
            line.field("operation_type", operation.operation.name)
            if let name = operation.name { line.field("operation_name", name.bytes) }
            add(found.documentHash, to: &line)
            line.field("plan_cached", found.wasKept)
        } else if let hash = refusal?.documentHash {
            add(hash, to: &line)
        }
        if let documentID { line.field("document_id", documentID) }
        line.field("errors", errorCount)
        if let code = refusal?.code { line.field("code", code.rawValue) }
        if let limit { line.field("limit", limit) }
        admission?.add(to: &line)
    }

    private func add(_ hash: SHA256Digest, to line: inout LogLine) {
        var digits = ByteBuffer(capacity: 64)
        hash.write(to: &digits)
        digits.withUnsafeBytes { line.field("document_hash", $0) }
    }
}
