package import Reactor
package import Secrets
package import Telemetry

/// Sends spans to a collector in batches, behind everybody's back: who records never waits, and
/// spans that find the queue full are dropped and counted.
@EventLoop package final class SpanExporter {
    private let settings: ExportSettings
    private let document: SpanDocument
    private let recorder: TracingRecorder?
    private let logger: Logger
    private let collector: Collector

    private var queue: [Span] = []
    /// Until the next batch leaves, or a batch is sent again.
    private var timer: Timer?
    /// Whoever waits for that timer.
    private var pausing: UnsafeContinuation<Void, Never>?
    private var isSending = false
    private var isEnding = false
    /// Whoever waits for the end.
    private var ending: UnsafeContinuation<Void, Never>?
    /// The last attempt failed, and the log knows.
    private var isInTrouble = false
    private var jitter = RandomIdentifiers()

    package nonisolated init(
        _ settings: ExportSettings, as document: SpanDocument, recorder: TracingRecorder? = nil,
        logger: Logger
    ) {
        (self.settings, self.document) = (settings, document)
        (self.recorder, self.logger) = (recorder, logger)
        collector = Collector(settings)
    }

    /// Takes spans as far as there is room, and counts the others with those left out before.
    package func offer(_ spans: [Span], leftOut: Int = 0) {
        let room = isEnding ? 0 : min(spans.count, settings.queueSpans - queue.count)
        queue += spans.prefix(room)
        recorder?.count(spans.count - room + leftOut, .dropped)
        recorder?.waiting(queue.count)
        guard !isSending, !queue.isEmpty else { return }
        if queue.count >= settings.batchSpans {
            send()
        } else if timer == nil {
            timer = Timer(afterMilliseconds: settings.delayMilliseconds) { self.send() }
        }
    }

    /// Sends what waits, once more and without patience, and returns when that is done or the time
    /// is over. What comes later is dropped.
    package func end(withinMilliseconds limit: UInt64) async {
        isEnding = true
        wake()
        if !isSending { send() }
        guard isSending else { return }
        let timer = Timer(afterMilliseconds: max(1, limit)) { [self] in
            collector.abandon()
            finishEnding()
        }
        await withUnsafeContinuation { ending = $0 }
        timer.cancel()
    }

    // MARK: Batches

    private func send() {
        timer?.cancel()
        timer = nil
        guard !isSending, !queue.isEmpty else { return }
        isSending = true
        EventLoop.start { await self.sendAll() }
    }

    private func sendAll() async {
        while !queue.isEmpty {
            let batch = Array(queue.prefix(settings.batchSpans))
            queue.removeFirst(batch.count)
            recorder?.waiting(queue.count)
            let outcome = await send(batch)
            recorder?.count(batch.count, outcome)
        }
        isSending = false
        finishEnding()
    }

    private func finishEnding() {
        ending?.resume()
        ending = nil
    }

    /// What became of a batch.
    private func send(_ batch: [Span]) async -> SpanOutcome {
        let bytes = document.bytes(of: batch)
        for attempt in 1...ExportSettings.maximumAttempts {
            var delay: Int?
            do throws(ExportFault) {
                let answer = try await collector.take(bytes)
                switch ExportVerdict(answer) {
                case .accepted:
                    recovered()
                    return .exported
                case .refused:
                    recorder?.count(.refused)
                    complain("it refuses them with status \(answer.status)")
                    return .refused
                case .later:
                    delay = answer.retryAfterSeconds
                    failed("it answers with status \(answer.status)")
                }
            } catch {
                failed("\(error)")
            }
            guard attempt < ExportSettings.maximumAttempts, !isEnding else { break }
            await pause(
                settings.pauseMilliseconds(behind: attempt, asked: delay, jitter.nextNumber()))
        }
        return .lost
    }

    private func recovered() {
        recorder?.count(.accepted)
        guard isInTrouble else { return }
        isInTrouble = false
        logger.info("traces are exported again")
    }

    private func failed(_ reason: String) {
        recorder?.count(.failed)
        complain(reason)
    }

    /// Once, until an export goes well.
    private func complain(_ reason: String) {
        guard !isInTrouble else { return }
        isInTrouble = true
        logger.warning("traces cannot be exported") { line in
            line.field("collector", settings.collector.description)
            line.field("reason", reason)
        }
    }

    // MARK: Pauses

    private func pause(_ milliseconds: UInt64) async {
        timer = Timer(afterMilliseconds: milliseconds) { self.wake() }
        await withUnsafeContinuation { pausing = $0 }
    }

    private func wake() {
        timer?.cancel()
        timer = nil
        pausing?.resume()
        pausing = nil
    }
}

/// A name and its value, such as of a header field.
package struct NamedText: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

/// How spans are exported. Every number is a limit.
package struct ExportSettings: Sendable {
    package var collector: CollectorAddress
    /// What goes with every request, such as a key of the collector's.
    package var headers = Secret<[NamedText]>([])
    package var userAgent = "marquee"
    /// How many spans may wait; further ones are dropped.
    package var queueSpans = 2_048
    /// The most spans of one request.
    package var batchSpans = 512
    /// How long the first span of a batch waits for others.
    package var delayMilliseconds: UInt64 = 5_000
    /// How long one attempt may take.
    package var timeoutMilliseconds: UInt64 = 10_000
    /// The pause behind the first attempt; each further one is twice as long.
    package var firstPauseMilliseconds: UInt64 = 1_000

    package static let maximumAttempts = 5
    /// However long a collector asks for.
    package static let maximumPauseMilliseconds: UInt64 = 30_000

    package init(_ collector: CollectorAddress) { self.collector = collector }

    /// With a quarter more or less, so that workers do not come together again.
    func pauseMilliseconds(behind attempt: Int, asked seconds: Int?, _ random: UInt64) -> UInt64 {
        let asked = UInt64(clamping: seconds ?? 0).multipliedReportingOverflow(by: 1_000)
        let own = firstPauseMilliseconds << UInt64(attempt - 1)
        let moved = own - own / 4 + random % (own / 2 + 1)
        return min(
            max(moved, asked.overflow ? .max : asked.partialValue), Self.maximumPauseMilliseconds)
    }
}

/// OTLP/HTTP section Failures.
enum ExportVerdict {
    case accepted, refused
    /// Worth another attempt.
    case later

    init(_ answer: CollectorAnswer) {
        switch answer.status {
        case 200..<300: self = .accepted
        case 429, 502, 503, 504: self = .later
        default: self = .refused
        }
    }
}
