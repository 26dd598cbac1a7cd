package import Bytes
package import HTTP
package import Reactor

/// One WebSocket, from the handshake's answer to the end of its connection.
///
/// Bytes come in through `run`, become messages, and go to the handler one after the other. What is
/// sent in one go leaves as one write. Nothing is read while too much waits to be sent.
@EventLoop package final class WebSocketConnection: Expirable {
    enum Phase {
        /// Messages go both ways. May become any other.
        case open
        /// We have sent Close, and wait for the peer's. Becomes closed.
        case closing
        /// Both have sent Close, or the connection is lost.
        case closed
    }

    /// What asked for the WebSocket.
    package let request: Request
    package let subprotocol: String?
    /// Why the connection was closed, as the side said that closed it first; nil while it is open,
    /// and where it was lost.
    package private(set) var closing: Closing?

    private let server: WebSocketServer
    private let stream: UpgradedStream
    private var handler: (any WebSocketHandler)?
    private var reader: MessageReader
    private var phase = Phase.open

    private var frames = ByteBuffer()
    /// Input is being processed: what is sent meanwhile leaves at its end.
    private var isProcessing = false
    private var isFlushAsked = false

    // Deadlines, in the loop's milliseconds; `.max` is none
    package var wheelPlace = WheelPlace()
    private var peerDeadline = UInt64.max
    private var isAwaitingPong = false
    private var messageDeadline = UInt64.max

    init(
        _ stream: UpgradedStream, for request: Request, subprotocol: String?,
        of server: WebSocketServer
    ) {
        self.stream = stream
        self.request = request
        self.subprotocol = subprotocol
        self.server = server
        reader = MessageReader(limits: server.settings.limits)
    }

    // MARK: Life

    func run(_ handler: any WebSocketHandler) async {
        self.handler = handler
        server.recorder?.opened()
        noteLife()
        stream.onDrain { [self] in self.handler?.drain() }
        // What fails here is that the peer has gone: there is nobody to tell.
        while phase != .closed, let bytes = try? await stream.read() {
            process(bytes)
            if phase != .closed { try? await waitForRoom() }
        }
        end()
    }

    /// The handler hears of the end once, and the connection lets go of it.
    private func end() {
        phase = .closed
        server.wheel.remove(self)
        server.recorder?.closed(closing)
        stopHandling()
    }

    private func stopHandling() {
        let handler = handler
        self.handler = nil
        handler?.hasClosed()
    }

    // MARK: Receiving

    private func process(_ bytes: [UInt8]) {
        isProcessing = true
        noteLife()
        bytes.withUnsafeBytes { input in
            var position = 0
            while phase != .closed {
                let event = reader.next(input, at: &position)
                if event == .needsMore { break }
                take(event)
            }
        }
        isProcessing = false
        followMessage()
        flush()
    }

    private func take(_ event: MessageEvent) {
        switch event {
        case .needsMore, .pong: break
        case .message(let message): deliver(message)
        case .ping(let payload):
            guard phase == .open else { return }
            frames.append(pong: payload)
            enqueue()
        case .close(let closing): answer(closing)
        case .fault(let fault):
            begin(Closing(fault.code, fault.reason))
            // RFC 6455 section 7.1.7: what still comes means nothing.
            phase = .closed
        }
    }

    private func deliver(_ message: Message) {
        guard phase == .open else { return }
        server.recorder?.received()
        handler?.receive(message)
    }

    /// RFC 6455 section 5.5.1: a Close frame is answered with its code, unless it is an answer.
    private func answer(_ closing: Closing) {
        if phase == .open { begin(Closing(closing.code), because: closing) }
        phase = .closed
    }

    /// The peer is there.
    private func noteLife() {
        guard phase == .open else { return }
        isAwaitingPong = false
        peerDeadline = EventLoop.nowMilliseconds + server.settings.pingIntervalMilliseconds
        server.wheel.schedule(self)
    }

    /// A message that has begun has to end in time.
    private func followMessage() {
        if reader.isBetweenMessages || phase != .open {
            messageDeadline = .max
        } else if messageDeadline == .max {
            messageDeadline =
                EventLoop.nowMilliseconds + server.settings.messageTimeoutMilliseconds
            server.wheel.schedule(self)
        }
    }

    // MARK: Sending

    package var isOpen: Bool { phase == .open }

    /// Sends a text, which has to be UTF-8; nothing where the connection is closing. Never waits:
    /// a peer that leaves too much unread is let go. What may be much comes behind `waitForRoom`.
    package func send(text: borrowing ByteBuffer) {
        guard hasRoom() else { return }
        text.withUnsafeBytes { frames.append(text: $0) }
        server.recorder?.sent()
        enqueue()
    }

    package func send(binary: [UInt8]) {
        guard hasRoom() else { return }
        binary.withUnsafeBytes { frames.append(binary: $0) }
        server.recorder?.sent()
        enqueue()
    }

    /// Returns once the peer has taken most of what it was sent. Throws when it has gone, and when
    /// the task is cancelled.
    package func waitForRoom() async throws {
        if stream.isBackedUp { try await stream.waitForRoom() }
    }

    private func hasRoom() -> Bool {
        guard phase == .open else { return false }
        guard stream.unsentBytes <= server.settings.maximumQueuedBytes else {
            close(.tryAgainLater, "Too much waits to be read.")
            return false
        }
        return true
    }

    /// Hands frames on. They leave when everything has run that could write more.
    private func enqueue() {
        frames.withUnsafeBytes { stream.append($0) }
        frames.removeAll()
        guard !isProcessing, !isFlushAsked else { return }
        isFlushAsked = true
        Task(executorPreference: EventLoop.shared.executor) { @EventLoop in self.flush() }
    }

    private func flush() {
        isFlushAsked = false
        frames.release()
        stream.flush()
    }

    // MARK: Closing

    /// Closes the connection: the peer is told why, and has some time to agree. Later calls do
    /// nothing.
    package func close(_ code: CloseCode, _ reason: String = "") {
        begin(Closing(code, reason))
    }

    private func begin(_ closing: Closing, because cause: Closing? = nil) {
        guard phase == .open else { return }
        phase = .closing
        self.closing = cause ?? closing
        frames.append(closing)
        enqueue()
        (messageDeadline, isAwaitingPong) = (.max, false)
        peerDeadline = EventLoop.nowMilliseconds + server.settings.closeTimeoutMilliseconds
        server.wheel.schedule(self)
        stopHandling()
    }

    // MARK: Deadlines

    package var deadlineMilliseconds: UInt64 { min(peerDeadline, messageDeadline) }

    package func checkDeadlines(nowMilliseconds now: UInt64) {
        if messageDeadline <= now {
            return close(.policyViolation, "A message took too long to come.")
        }
        guard peerDeadline <= now else { return }
        // Neither an answer to our Close, nor to our ping.
        guard phase == .open, !isAwaitingPong else { return stream.cut() }
        isAwaitingPong = true
        peerDeadline = now + server.settings.pongTimeoutMilliseconds
        frames.append(ping: [])
        enqueue()
    }
}
