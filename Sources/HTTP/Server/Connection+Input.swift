import Bytes
import CUV
import Glibc
import Reactor

extension Connection {
    /// Takes what the socket has into the loop's one read buffer.
    func receive() {
        let buffer = server.readBuffer
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
            let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
            guard pending.isEmpty else {
                pending.append(bytes)
                return canParse ? processPending() : updateInterest()
            }
            let taken = process(bytes)
            if taken < count, phase != .closed {
                pending.append(UnsafeRawBufferPointer(rebasing: bytes[taken...]))
            }
            settle()
        } else if count == 0 {
            endOfInput()
        } else if errno != EAGAIN, errno != EINTR {
            close()
        }
    }

    func processPending() {
        guard !isProcessing, !pending.isEmpty, canParse else { return }
        var waiting = ByteBuffer()
        swap(&waiting, &pending)
        let taken = waiting.withUnsafeBytes { process($0) }
        waiting.removeFirst(taken)
        if !waiting.isEmpty, phase != .closed { swap(&waiting, &pending) }
        settle()
    }

    private var canParse: Bool {
        switch phase {
        case .receiving: !isBackedUp
        case .handling:
            !messageHasEnded && (isDiscarding || !request.body.isFull || parser.owesEnd)
        case .upgraded, .lingering: true
        case .closed: false
        }
    }

    /// Turns bytes into requests and runs them, as far as this connection may go now. Returns how
    /// many bytes that took; `settle` has to follow.
    private func process(_ input: UnsafeRawBufferPointer) -> Int {
        isProcessing = true
        var position = 0
        loop: while canParse {
            switch phase {
            case .receiving, .handling:
                guard parseOne(input, &position) else { break loop }
            case .upgraded:
                request.body.append(UnsafeRawBufferPointer(rebasing: input[position...]))
                if peerHasEnded { request.body.finish() }
                position = input.count
                break loop
            case .lingering, .closed:
                position = input.count
                break loop
            }
        }
        startIfWaiting()
        return position
    }

    /// Sends what processing has written and sees to what it has left.
    private func settle() {
        guard phase != .closed else { return isProcessing = false }
        send()
        isProcessing = false
        // A request that ended while the rest was put aside has left it to us.
        if !pending.isEmpty, canParse { return processPending() }
        followProgress()
    }

    /// Takes one step of the parser. False when it has used up the input.
    private func parseOne(_ input: UnsafeRawBufferPointer, _ position: inout Int) -> Bool {
        switch parser.next(input, at: &position) {
        case .needsMore: return false
        case .head: admit()
        case .body(let range):
            if !isDiscarding {
                countRequestTimeAnew()
                request.body.append(UnsafeRawBufferPointer(rebasing: input[range]))
                if request.body.isFull { startIfWaiting() }
            }
        case .end:
            messageHasEnded = true
            bodyStarted = .max
            countRequestTimeAnew()
            request.body.finish()
            if isDiscarding { endDiscarding() } else { startIfWaiting() }
        case .fault(let fault):
            if isDiscarding {
                beginLingering()
            } else if phase == .handling, !isWaitingToStart {
                // The answer is under way: it is this request's last word.
                closesAfterResponse = true
                request.body.fail(fault)
                messageHasEnded = true
            } else {
                refuse(fault)
            }
        }
        return true
    }

    /// A deadline for what the connection now waits for.
    private func followProgress() {
        if phase == .receiving {
            if peerHasEnded, pending.isEmpty { return beginLingering() }
            if parser.isBetweenMessages {
                if phaseDeadline == .max { beginIdling() }
            } else if !isInsideHead {
                isInsideHead = true
                phaseDeadline =
                    EventLoop.nowMilliseconds + server.settings.headerTimeoutMilliseconds
            }
        } else if phase == .handling, request.body.isFull {
            bodyPaused = min(bodyPaused, EventLoop.nowMilliseconds)
        }
        updateInterest()
        server.wheel.schedule(self)
    }

    /// Time in which a handler waits for the peer's bytes is not counted as the handler's.
    private func countRequestTimeAnew() {
        guard request.body.hasWaiter, phaseDeadline != .max else { return }
        phaseDeadline = EventLoop.nowMilliseconds + server.settings.requestTimeoutMilliseconds
    }

    /// A head has come: the request exists.
    private func admit() {
        isInsideHead = false
        messageHasEnded = false
        phase = .handling
        isWaitingToStart = true
        // Whoever still holds the last request, or its body only, keeps it to themselves.
        if !isKnownUniquelyReferenced(&request) || !isKnownUniquelyReferenced(&request.body) {
            request.body.onDemand = nil
            request = Request(
                body: ByteStream(maximumBytes: server.settings.maximumBodyBytes), peer: peer)
            observeBody()
        } else {
            request.body.reset(maximumBytes: server.settings.maximumBodyBytes)
        }
        // What the request had is what the parser fills next.
        parser.exchangeHead(with: &request.head)
        request.client = peer.ip
        request.identifier = RequestIdentifier()
        if request.trace != nil { (request.trace, request.recording) = (nil, nil) }
        if request.facts != nil { request.facts = nil }
        if !request.parameters.isEmpty { (request.parameters, request.parameterNames) = ([], []) }
        request.body.announcedBytes = request.head.contentLength ?? 0
        closesAfterResponse = !request.head.keepsAlive || server.isDraining
        owesContinue = request.head.expectsContinue
        bodyBytesSent = 0
        let now = EventLoop.nowMilliseconds
        let settings = server.settings
        phaseDeadline = now + settings.requestTimeoutMilliseconds
        if peerHasEnded {
            phaseDeadline = min(phaseDeadline, now + settings.halfClosedMilliseconds)
        }
        (bodyStarted, bodyPaused) = (now, .max)
        if server.onCompletion != nil { request.startedNanoseconds = uv_hrtime() }
    }

    private func startIfWaiting() {
        guard isWaitingToStart else { return }
        isWaitingToStart = false
        server.requestsRunning += 1
        isRunning = true
        let task = EventLoop.start(byMaking: {
            Task(executorPreference: EventLoop.shared.executor) { await self.run() }
        })
        if isRunning { self.task = task }
    }

    /// The handler wants bytes of its body, or has made room for more.
    func bodyIsWanted() {
        if bodyPaused != .max { resumeBodyClock() }
        if owesContinue, phase == .handling, request.body.receivedBytes == 0 {
            owesContinue = false
            bodyStarted = EventLoop.nowMilliseconds
            flattenTail()
            output.append("HTTP/1.1 100 Continue\r\n\r\n")
            if !isProcessing { send() }
        }
        guard !isProcessing else { return }
        processPending()
        if phase != .closed { updateInterest() }
    }

    private func resumeBodyClock() {
        if bodyStarted != .max { bodyStarted += EventLoop.nowMilliseconds - bodyPaused }
        bodyPaused = .max
        server.wheel.schedule(self)
    }

    /// The peer has closed its side. What it asked is still answered if that takes but a moment:
    /// the same sign comes from one that has gone away.
    private func endOfInput() {
        peerHasEnded = true
        switch phase {
        case .receiving:
            if unsentBytes == 0 { return close() }
            beginLingering()
        case .handling where isDiscarding: return beginLingering()
        case .handling:
            if pending.isEmpty { closesAfterResponse = true }
            if !messageHasEnded {
                closesAfterResponse = true
                request.body.fail(ConnectionLost())
                task?.cancel()
            }
            phaseDeadline = min(
                phaseDeadline, EventLoop.nowMilliseconds + server.settings.halfClosedMilliseconds)
            server.wheel.schedule(self)
        case .upgraded: request.body.finish()
        case .lingering: if unsentBytes == 0 { return close() }
        case .closed: return
        }
        updateInterest()
    }
}
