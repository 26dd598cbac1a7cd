import Bytes
import CUV
import GraphQLExecution
import GraphQLHTTP
import GraphQLLanguage
import HTTP
import Reactor
import Telemetry
import Tracing

/// One operation of a connection, from `subscribe` to its end.
@EventLoop final class Operation: Expirable {
    let id: String
    /// Set once nothing more may be sent of it.
    private(set) var isOver = false

    var task: Task<Void, Never>?
    /// What makes its responses, if it is a subscription that has begun.
    var stream: ResponseStream?
    var found: FoundPlan?
    /// The limit that it has reached, if it has.
    var limit: String?
    /// What the client called its document, if it did.
    var documentID: String?
    /// Who decides about it, once it may run.
    var admission: (any Admission)?
    /// Where in a trace it belongs, if in any.
    var context: TraceContext?
    var recording: SpanRecording?
    /// What its spans are made of.
    var trace: ExecutionTrace?

    /// Until when it may run, in the loop's milliseconds; for a subscription that has begun, until
    /// when the last event's response may.
    var executionDeadline: UInt64

    private(set) var errorCount = 0
    private(set) var responseCount = 0
    private var responseBytes = 0
    private let startedNanoseconds = uv_hrtime()

    var wheelPlace = WheelPlace()

    init(_ id: String, until deadline: UInt64) {
        self.id = id
        executionDeadline = deadline
    }

    var isSubscription: Bool { found?.plan.operationType == .subscription }

    /// Stops its work; it says nothing more.
    func cancel() {
        isOver = true
        stream?.cancel()
        task?.cancel()
    }

    func finish() { isOver = true }

    // MARK: Deadline

    /// A subscription that has begun is never cut, only the response to an event.
    var deadlineMilliseconds: UInt64 { isOver || stream != nil ? .max : executionDeadline }

    func checkDeadlines(nowMilliseconds: UInt64) { task?.cancel() }

    // MARK: What became of it

    /// Nothing of it was executed.
    var wasRefused: Bool { found == nil || responseCount == 0 && errorCount > 0 }

    func count(_ response: borrowing GraphQLExecution.Response) {
        responseCount += 1
        responseBytes += response.bytes.count
        errorCount += response.errorCount
    }

    func countRefusal(errors: Int) { errorCount += errors }

    func record(in recorder: GraphQLRecorder?) {
        guard let recorder else { return }
        if let found, !wasRefused {
            recorder.ran(found.plan.operationType, errorCount: errorCount)
        } else {
            recorder.refused()
        }
    }

    /// Its line in the log, as a request has one.
    func log(to logger: Logger, of request: Request) {
        logger.info("operation") { line in
            line.field("transport", "websocket")
            line.field("responses", responseCount)
            line.field("bytes", responseBytes)
            line.field(
                "duration_ms", Double(uv_hrtime() - startedNanoseconds) / 1_000_000, digits: 3)
            line.field("client", request.client.description)
            line.field("id", request.identifier.bytes)
            line.fields(of: context)
            LoggedOperation(
                found, errorCount: errorCount, documentID: documentID, limit: limit,
                admission: admission
            ).add(to: &line)
        }
    }
}
