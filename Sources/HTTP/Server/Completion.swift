package import Bytes
import CUV
package import Reactor

/// What is known of a request when its answer has been written.
@EventLoop package struct Completion {
    package enum Outcome: Sendable {
        /// The answer is written.
        case answered
        /// The connection ended before all of the answer was written.
        case cut
        /// What came was no request and was refused: of `request`, only the peer means anything.
        case malformed
    }

    package let request: Request
    package let status: Status
    /// Of the body, as sent.
    package let bodyBytes: UInt64
    /// From the end of the request's head.
    package let durationNanoseconds: UInt64
    package let outcome: Outcome

    package init(
        _ request: Request, status: Status, bodyBytes: UInt64, durationNanoseconds: UInt64,
        outcome: Outcome = .answered
    ) {
        self.request = request
        self.status = status
        self.bodyBytes = bodyBytes
        self.durationNanoseconds = durationNanoseconds
        self.outcome = outcome
    }

    init(_ connection: Connection) {
        let request = connection.request
        let now = uv_hrtime()
        let isMalformed = request.head.bytes.isEmpty
        self.init(
            request, status: connection.responseStatus, bodyBytes: connection.bodyBytesSent,
            durationNanoseconds: now - min(now, request.startedNanoseconds),
            outcome: isMalformed ? .malformed : connection.phase == .closed ? .cut : .answered)
    }

    /// Who asked; what could not be read cannot name another than the peer.
    package var client: IPAddress { outcome == .malformed ? request.peer.ip : request.client }
}
