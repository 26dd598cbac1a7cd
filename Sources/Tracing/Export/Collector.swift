import Bytes
import Reactor
import Secrets

/// The collector that takes spans: OTLP/HTTP over plain HTTP/1.1.
@EventLoop final class Collector {
    private let address: CollectorAddress
    private let head: [UInt8]
    private let timeoutMilliseconds: UInt64
    /// What waits for an answer now.
    private var exchange: CollectorExchange?
    private var isAbandoned = false

    nonisolated init(_ settings: ExportSettings) {
        address = settings.collector
        timeoutMilliseconds = settings.timeoutMilliseconds
        var head = ByteBuffer(capacity: 256)
        head.append("POST \(address.path) HTTP/1.1\r\nHost: \(address.authority)\r\n")
        head.append("Content-Type: application/json\r\nConnection: close\r\n")
        head.append("User-Agent: \(settings.userAgent)\r\n")
        for field in settings.headers.reveal() {
            head.append("\(field.name): \(field.value)\r\n")
        }
        self.head = head.array()
    }

    /// Sends a document, and waits for the answer: for so long as the settings say at the most, not
    /// counting what a look-up of the name takes.
    func take(_ document: [UInt8]) async throws(ExportFault) -> CollectorAnswer {
        var request = ByteBuffer(capacity: head.count + document.count + 40)
        request.append(head)
        request.append("Content-Length: ")
        request.append(decimal: document.count)
        request.append("\r\n\r\n")
        request.append(document)
        let bytes = request.array()
        let limit = EventLoop.nowMilliseconds + timeoutMilliseconds
        var fault = ExportFault.timedOut
        for place in try await places() {
            let now = EventLoop.nowMilliseconds
            guard now < limit, !isAbandoned else { break }
            do throws(ExportFault) {
                return try await ask(place, bytes, withinMilliseconds: limit - now)
            } catch {
                fault = error
                guard case .unreachable = error else { break }
            }
        }
        throw isAbandoned ? .abandoned : fault
    }

    /// Nobody waits any more, now and later.
    func abandon() {
        isAbandoned = true
        exchange?.abandon()
    }

    private func ask(
        _ place: SocketAddress, _ bytes: [UInt8], withinMilliseconds limit: UInt64
    ) async throws(ExportFault) -> CollectorAnswer {
        let exchange = try CollectorExchange(bytes, to: place, withinMilliseconds: limit)
        self.exchange = exchange
        defer { self.exchange = nil }
        return try await exchange.answer()
    }

    private func places() async throws(ExportFault) -> [SocketAddress] {
        do {
            return try await BlockingPool.run { [address] in try SocketAddress.find(address) }
        } catch {
            throw error as? ExportFault ?? .unknownName("too much waits to be looked up")
        }
    }
}
