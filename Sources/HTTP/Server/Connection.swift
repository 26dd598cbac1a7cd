import Bytes
import CSystem
import CUV
import Glibc
import Reactor

/// One connection of an HTTP server, from accept to close.
///
/// Bytes come in through `receive`, become requests in `process` (Connection+Input.swift), each
/// request runs as one task, and its answer leaves through `send` (Connection+Output.swift).
/// Requests of one connection run one after the other, so pipelined answers keep their order.
@EventLoop final class Connection: Expirable {
    enum Phase {
        /// Waits for a request or is inside its head. May become any other.
        case receiving
        /// A request runs; its body may still be coming. May become any other.
        case handling
        /// Belongs to an upgraded protocol. May become lingering or closed.
        case upgraded
        /// Has been answered for the last time; what still comes is dropped. Becomes closed.
        case lingering
        /// The descriptor is gone.
        case closed
    }

    let server: HTTPServer
    let descriptor: Int32
    let peer: PeerAddress
    /// This connection's place in the server's list.
    var listIndex = 0
    private var watcher: DescriptorWatcher?

    var phase = Phase.receiving

    // What is `@exclusivity(unchecked)` is touched many times for each request, and the checks
    // would be a tenth of its cost. No access to them spans a call that could come back here.

    // Input
    @exclusivity(unchecked) var parser: RequestParser
    /// Bytes received behind the request that runs.
    @exclusivity(unchecked) var pending = ByteBuffer()
    var isProcessing = false
    /// The whole of the current request has been received.
    var messageHasEnded = true
    /// Part of a head has come, and a deadline for the rest is set.
    var isInsideHead = false
    /// The peer will send nothing more.
    var peerHasEnded = false

    // The request that runs
    @exclusivity(unchecked) var request: Request
    var task: Task<Void, Never>?
    /// Its head has come, but its handler has not been begun.
    var isWaitingToStart = false
    /// What is left of its body is read and dropped.
    var isDiscarding = false
    /// Its task has begun and has not ended.
    var isRunning = false
    var owesContinue = false
    var closesAfterResponse = false

    /// What an upgraded protocol does when the server drains.
    var onDrain: (@EventLoop () -> Void)?

    // Output
    @exclusivity(unchecked) var output = ByteBuffer()
    /// A large body that follows `output` without having been copied into it.
    @exclusivity(unchecked) var tail: [UInt8] = []
    var tailSent = 0
    @exclusivity(unchecked) var writers: [UnsafeContinuation<Void, Never>] = []
    var bodyBytesSent: UInt64 = 0
    var responseStatus = Status.ok

    // Deadlines, in the loop's milliseconds; `.max` is none
    var wheelPlace = WheelPlace()
    var phaseDeadline = UInt64.max
    var bodyStarted = UInt64.max
    /// Since when the handler has not taken what has come of the body.
    var bodyPaused = UInt64.max
    var sendDeadline = UInt64.max
    /// Since when the peer has been behind in reading, and what it has taken since.
    @exclusivity(unchecked) var sendStarted = UInt64.max
    @exclusivity(unchecked) var sentBytes: UInt64 = 0

    init(_ descriptor: Int32, peer: PeerAddress, server: HTTPServer) throws(SystemFault) {
        self.server = server
        self.descriptor = descriptor
        self.peer = peer
        parser = RequestParser(limits: server.settings.limits)
        let body = ByteStream(maximumBytes: server.settings.maximumBodyBytes)
        request = Request(body: body, peer: peer)
        // Strong on purpose: the watcher keeps the connection until it is closed.
        watcher = try DescriptorWatcher(descriptor) { [self] ready in
            if ready.isWritable {
                send()
                processPending()  // what waited for the peer to take its answers
            }
            if ready.isReadable, phase != .closed { receive() }
        }
        observeBody()
        phaseDeadline = EventLoop.nowMilliseconds + server.settings.headerTimeoutMilliseconds
        updateInterest()
    }

    func observeBody() {
        request.body.onDemand = { [self] in bodyIsWanted() }
    }

    /// Stands between requests with nothing of a next one received.
    var isIdle: Bool {
        phase == .receiving && parser.isBetweenMessages && pending.isEmpty && unsentBytes == 0
    }

    var unsentBytes: Int { output.count + tail.count - tailSent }

    /// Reads while there is room for what comes, writes while something waits to be sent.
    func updateInterest() {
        watcher?.watch(Readiness(readable: wantsInput, writable: unsentBytes > 0))
    }

    private var wantsInput: Bool {
        guard !peerHasEnded else { return false }
        switch phase {
        case .receiving: return !isBackedUp
        case .handling:
            return messageHasEnded || isDiscarding
                ? pending.count < server.settings.maximumPendingBytes : !request.body.isFull
        case .upgraded: return !request.body.isFull
        case .lingering: return true
        case .closed: return false
        }
    }

    /// The peer reads too slowly: it gets no more answers until it has taken these.
    var isBackedUp: Bool { unsentBytes > server.settings.outputHighWaterBytes }

    // MARK: Ending

    /// Says goodbye: what was answered is sent, then the peer has a moment to read it. A plain
    /// close could take the last answer back from a peer that is still sending.
    func beginLingering() {
        guard phase != .closed, phase != .lingering else { return }
        phase = .lingering
        pending.release()
        phaseDeadline = .max
        if unsentBytes == 0 { shutDownOutput() }
        updateInterest()
    }

    func shutDownOutput() {
        if peerHasEnded { return close() }
        shutdown(descriptor, Int32(SHUT_WR))
        phaseDeadline = EventLoop.nowMilliseconds + server.settings.lingerMilliseconds
        server.wheel.schedule(self)
    }

    func close() {
        guard phase != .closed else { return }
        phase = .closed
        server.wheel.remove(self)
        watcher?.close()
        watcher = nil
        Glibc.close(descriptor)
        request.body.fail(ConnectionLost())
        request.body.onDemand = nil
        onDrain = nil
        task?.cancel()
        output.release()
        pending.release()
        (tail, tailSent) = ([], 0)
        (phaseDeadline, bodyStarted, sendDeadline) = (.max, .max, .max)
        wakeWriters()
        server.hasClosed(self)
    }

    // MARK: Deadlines

    var deadlineMilliseconds: UInt64 { min(phaseDeadline, bodyDeadline, sendDeadline) }

    /// A body may take a grace and then as long as its bytes at the slowest rate. Time in which
    /// the handler lets it wait does not count.
    private var bodyDeadline: UInt64 {
        guard bodyStarted != .max, bodyPaused == .max, !messageHasEnded else { return .max }
        let settings = server.settings
        let received = request.body.receivedBytes * 1_000 / settings.minimumBytesPerSecond
        return bodyStarted + settings.bodyTimeoutMilliseconds + received
    }

    func checkDeadlines(nowMilliseconds now: UInt64) {
        if sendDeadline <= now { return close() }
        if bodyDeadline <= now {
            bodyStarted = .max
            closesAfterResponse = true
            request.body.fail(RequestFault.bodyTooSlow)
            if phase == .receiving || isDiscarding { beginLingering() }
        }
        if phaseDeadline <= now { phaseHasExpired(now) }
    }

    private func phaseHasExpired(_ now: UInt64) {
        phaseDeadline = .max
        switch phase {
        case .receiving where isIdle: close()
        // The peer is still taking answers: that has a deadline of its own.
        case .receiving where unsentBytes > 0: break
        case .receiving: refuse(.headTooSlow)
        // The handler waits for the peer: that has a deadline of its own as well.
        case .handling where request.body.hasWaiter:
            phaseDeadline = now + server.settings.requestTimeoutMilliseconds
        case .handling: task?.cancel()
        case .lingering: close()
        case .upgraded, .closed: break
        }
    }

    /// From now on answers say that they are the last. An idle connection keeps a moment, since
    /// its peer's next request may be on its way.
    func drain() {
        closesAfterResponse = true
        onDrain?()
        guard phase == .receiving, parser.isBetweenMessages, pending.isEmpty else { return }
        phaseDeadline = min(
            phaseDeadline, EventLoop.nowMilliseconds + server.settings.drainIdleMilliseconds)
        server.wheel.schedule(self)
    }
}
