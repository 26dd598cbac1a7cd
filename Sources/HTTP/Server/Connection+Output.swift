import Bytes
import CSystem
import CUV
import Glibc
import Reactor

extension Connection {
    /// Runs the current request to the end of its answer: the body of its task.
    @inline(__always) func run() async {
        let response: Response
        // Written out here: an asynchronous function more costs two changes of executor.
        do {
            response = try await server.handler(request)
        } catch {
            response = .fault(Self.fault(for: error))
        }
        responseStatus = response.status
        guard phase != .closed else { return finish() }
        prepareToKeepOrClose()
        switch response.body {
        case .empty: writeHead(response, length: 0)
        case .bytes(let bytes): write(response, bytes)
        case .stream, .upgrade: return await runOn(response)
        }
        finish()
    }

    /// The rest of `run` for answers that take time, apart so that the frame of others stays small.
    private func runOn(_ response: Response) async {
        switch response.body {
        case .stream(let length, let produce):
            await write(response, length: length, produce)
            finish()
        case .upgrade(let run):
            // Behind an unread body it would take the body for its protocol.
            guard messageHasEnded else { return refuseUpgradeBehindBody() }
            writeHead(response, length: nil)
            await upgrade(run)
        case .empty, .bytes: break
        }
    }

    private func refuseUpgradeBehindBody() {
        let fault = RequestFault.badRequest("A request that changes the protocol has no body.")
        responseStatus = fault.status
        let response = Response.fault(fault)
        if case .bytes(let bytes) = response.body { write(response, bytes) }
        finish()
    }

    /// What the peer is told of an error that no middleware has dealt with.
    private static func fault(for error: any Error) -> RequestFault {
        switch error {
        case let fault as RequestFault: return fault
        case is CancellationError: return .timedOut
        case is ConnectionLost: return .bodyCutShort
        default: return .internalError
        }
    }

    /// Decides whether the connection outlives this answer, before the answer's head says so. An
    /// unread rest of the body is read and dropped if that is soon done.
    private func prepareToKeepOrClose() {
        if server.isDraining { closesAfterResponse = true }
        if peerHasEnded, pending.isEmpty, !isProcessing { closesAfterResponse = true }
        guard !messageHasEnded else { return }
        let isShort = request.head.contentLength.map {
            $0 - request.body.receivedBytes <= server.settings.maximumDiscardBytes
        }
        if owesContinue || isShort != true { closesAfterResponse = true }
    }

    // MARK: Writing an answer

    private func write(_ response: Response, _ bytes: [UInt8]) {
        writeHead(response, length: UInt64(bytes.count))
        guard request.method != .head, !response.status.forbidsBody else { return }
        bodyBytesSent = UInt64(bytes.count)
        if bytes.count < Self.copiedBodyBytes || !tail.isEmpty {
            output.append(bytes)
        } else {
            tail = bytes
        }
    }

    /// Bodies below this are copied behind their head; larger ones are sent from where they are.
    private static var copiedBodyBytes: Int { 16_384 }

    private func writeHead(_ response: Response, length: UInt64?) {
        flattenTail()
        if output.capacity == 0 { swap(&output, &server.spareOutput) }
        server.headStart.append(response.status, to: &output)
        response.headers.bytes.withUnsafeBytes { output.append($0) }
        if !response.status.forbidsBody {
            if let length {
                output.append("Content-Length: ")
                output.append(decimal: length)
                output.append("\r\n")
            } else if request.head.version == .http11 {
                output.append("Transfer-Encoding: chunked\r\n")
            } else {
                closesAfterResponse = true
            }
        }
        if case .upgrade = response.body {
        } else if closesAfterResponse {
            output.append("Connection: close\r\n")
        } else if request.head.version == .http10 {
            output.append("Connection: keep-alive\r\n")
        }
        output.append("\r\n")
    }

    private func write(
        _ response: Response, length: UInt64?,
        _ produce: @EventLoop @Sendable (BodyWriter) async throws -> Void
    ) async {
        writeHead(response, length: length)
        guard request.method != .head, !response.status.forbidsBody else { return }
        // A stream may take as long as it likes, but not for a peer that has perhaps gone away.
        if !peerHasEnded { phaseDeadline = .max }
        let isChunked = length == nil && request.head.version == .http11
        let writer = BodyWriter(self, isChunked: isChunked, remaining: length)
        do {
            try await produce(writer)
            try writer.finish()
        } catch {
            // The head has promised more than there is: only a cut connection can say so.
            close()
        }
    }

    // MARK: The end of a request

    private func finish() {
        isRunning = false
        task = nil
        server.requestsRunning -= 1
        server.onCompletion?(self)
        guard phase != .closed else { return }
        request.body.abandon()
        if closesAfterResponse {
            if !isProcessing { send() }
            return beginLingering()
        }
        if request.head.isLarge { request.head = RequestHead() }
        if messageHasEnded {
            awaitNextRequest()
        } else {
            isDiscarding = true
        }
        guard !isProcessing else { return }
        send()
        processPending()
        if phase != .closed { updateInterest() }
    }

    func endDiscarding() {
        isDiscarding = false
        awaitNextRequest()
    }

    private func awaitNextRequest() {
        phase = .receiving
        beginIdling()
    }

    func beginIdling() {
        let settings = server.settings
        let patience =
            server.isDraining ? settings.drainIdleMilliseconds : settings.idleTimeoutMilliseconds
        phaseDeadline = EventLoop.nowMilliseconds + patience
        // While input is processed the end of that does it: once for all requests in it.
        if !isProcessing { server.wheel.schedule(self) }
    }

    /// Answers bytes that are no request, and ends the connection.
    func refuse(_ fault: RequestFault) {
        isWaitingToStart = false
        closesAfterResponse = true
        messageHasEnded = true
        responseStatus = fault.status
        request.head = RequestHead()
        request.startedNanoseconds = uv_hrtime()
        request.identifier = .next()
        (request.trace, request.recording) = (nil, nil)
        var response = Response.fault(fault)
        response.headers.add("X-Request-ID", request.identifier.bytes)
        response.headers.add("X-Content-Type-Options", "nosniff")
        guard case .bytes(let bytes) = response.body else { return }
        write(response, bytes)
        server.onCompletion?(self)
        if !isProcessing { send() }
        beginLingering()
    }

    // MARK: Upgrades

    private func upgrade(_ run: @EventLoop @Sendable (UpgradedStream) async -> Void) async {
        phase = .upgraded
        phaseDeadline = .max
        request.body.reset(maximumBytes: .max)
        if !isProcessing {
            send()
            processPending()
            if peerHasEnded { request.body.finish() }
        }
        // For HTTP the request ends here; how long the other protocol goes on is not its time.
        server.onCompletion?(self)
        await run(UpgradedStream(self))
        isRunning = false
        task = nil
        onDrain = nil
        server.requestsRunning -= 1
        beginLingering()
    }

    // MARK: Sending

    /// Sends what the socket takes and wakes writers that waited for room.
    func send() {
        var hasProgressed = false
        while unsentBytes > 0 {
            let sent = sendOnce()
            if sent < 0 {
                if errno == EINTR { continue }
                if errno != EAGAIN { return close() }
                break
            }
            hasProgressed = true
            sentBytes += UInt64(sent)
            let fromOutput = min(sent, output.count)
            output.removeFirst(fromOutput)
            tailSent += sent - fromOutput
        }
        if unsentBytes == 0 { return hasSentAll() }
        if hasProgressed || sendDeadline == .max { followSending() }
        if !isBackedUp { wakeWriters() }
        if !isProcessing { updateInterest() }
    }

    /// A reader may take nothing for a while, and beyond that must keep the slowest rate.
    private func followSending() {
        let now = EventLoop.nowMilliseconds
        if sendStarted == .max { (sendStarted, sentBytes) = (now, 0) }
        let settings = server.settings
        let earned = sentBytes * 1_000 / settings.minimumBytesPerSecond
        sendDeadline = min(now, sendStarted + earned) + settings.sendTimeoutMilliseconds
        server.wheel.schedule(self)
    }

    private func sendOnce() -> Int {
        output.withUnsafeBytes { head in
            guard !tail.isEmpty else {
                return csystem_send(descriptor, head.baseAddress, head.count)
            }
            return tail.withUnsafeBytes { tail in
                let rest = UnsafeRawBufferPointer(rebasing: tail[tailSent...])
                return csystem_send_pair(
                    descriptor, head.baseAddress, head.count, rest.baseAddress, rest.count)
            }
        }
    }

    private func hasSentAll() {
        (sendStarted, sendDeadline) = (.max, .max)
        if !tail.isEmpty { (tail, tailSent) = ([], 0) }
        if output.capacity > 0 {
            if server.spareOutput.capacity == 0, output.capacity <= HTTPServer.spareBytes {
                swap(&output, &server.spareOutput)
            }
            output.release()
        }
        wakeWriters()
        if phaseDeadline == .max {
            if phase == .lingering { shutDownOutput() }
            if phase == .receiving { beginIdling() }
        }
        if !isProcessing, phase != .closed { updateInterest() }
    }

    /// A tail must be the last thing: before more is written behind it, it joins the output.
    func flattenTail() {
        guard !tail.isEmpty else { return }
        output.append(tail[tailSent...])
        (tail, tailSent) = ([], 0)
    }

    func wakeWriters() {
        guard !writers.isEmpty else { return }
        let waiting = writers
        writers = []
        for writer in waiting { writer.resume() }
    }

    /// Waits until the peer has taken enough for more to be written.
    func waitForRoom() async throws {
        guard phase != .closed else { throw ConnectionLost() }
        send()
        while isBackedUp, phase != .closed {
            await withUnsafeContinuation { writers.append($0) }
        }
        guard phase != .closed else { throw ConnectionLost() }
        try Task.checkCancellation()
    }
}
