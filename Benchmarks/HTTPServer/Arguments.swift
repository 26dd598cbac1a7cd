import Reactor

/// What to serve, as the harness asks for it, or what a supervisor asks of its worker.
struct Arguments {
    enum Handler: String {
        /// The HTTP server and a handler that answers at once.
        case bare
        /// The whole of Marquee, with that handler as one more route.
        case full
    }

    static let usage = "serve --listen ADDRESS [--workers COUNT] [--handler bare|full]"

    var isWorker = false
    var listen: ListenAddress?
    var workers = 1
    var handler = Handler.bare
    var slot = 0
    var sockets = 0

    /// Nil unless everything is understood.
    init?(_ words: [String]) {
        var rest = words.makeIterator()
        switch rest.next() {
        case "serve": isWorker = false
        case "worker": isWorker = true
        default: return nil
        }
        while let option = rest.next() {
            guard let value = rest.next(), take(option, value) else { return nil }
        }
        guard isWorker || listen != nil else { return nil }
    }

    private mutating func take(_ option: String, _ value: String) -> Bool {
        switch (option, Int(value)) {
        case ("--listen", _): listen = Self.address(value)
        case ("--workers", let count?): workers = count
        case ("--slot", let number?): slot = number
        case ("--sockets", let count?): sockets = count
        case ("--handler", _):
            guard let known = Handler(rawValue: value) else { return false }
            handler = known
        default: return false
        }
        return true
    }

    private static func address(_ text: String) -> ListenAddress? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]) else { return nil }
        return .internet(host: String(parts[0]), port: port)
    }
}
