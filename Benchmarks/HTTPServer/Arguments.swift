import Reactor

/// What to serve, as the harness asks for it.
struct Arguments {
    enum Handler: String {
        /// The HTTP server and a handler that answers at once.
        case bare
        /// All middleware in front of that handler.
        case full
    }

    static let usage = "serve --listen ADDRESS [--workers COUNT] [--handler bare|full]"

    let address: ListenAddress
    var workers = 1
    var handler = Handler.bare

    /// Nil unless everything is understood.
    init?(_ words: some Sequence<String>) {
        var rest = words.makeIterator()
        guard rest.next() == "serve" else { return nil }
        var address: ListenAddress?
        while let option = rest.next() {
            guard let value = rest.next() else { return nil }
            switch option {
            case "--listen": address = Self.address(value)
            case "--workers":
                guard let count = Int(value), count > 0 else { return nil }
                workers = count
            case "--handler":
                guard let known = Handler(rawValue: value) else { return nil }
                handler = known
            default: return nil
            }
        }
        guard let address else { return nil }
        self.address = address
    }

    private static func address(_ text: String) -> ListenAddress? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]) else { return nil }
        return .internet(host: String(parts[0]), port: port)
    }
}
