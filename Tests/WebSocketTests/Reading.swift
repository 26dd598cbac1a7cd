import WebSocket

/// What a reader makes of bytes.
enum Reading {
    /// The events of the whole, which are the same byte by byte, and cut at random.
    static func events(
        _ bytes: [UInt8], _ limits: MessageLimits = MessageLimits()
    ) -> [MessageEvent] {
        let (whole, bytewise, cut) = FrameTranscript.all(of: bytes, limits: limits, seed: 7)
        precondition(whole == bytewise && whole == cut, "the cuts change the events")
        return whole
    }

    /// The events as short texts.
    static func described(
        _ bytes: [UInt8], _ limits: MessageLimits = MessageLimits()
    ) -> [String] {
        events(bytes, limits).map { event in
            switch event {
            case .needsMore: "more"
            case .message(.text(let text)): "text \(String(decoding: text, as: UTF8.self))"
            case .message(.binary(let bytes)): "binary \(bytes)"
            case .ping(let payload): "ping \(String(decoding: payload, as: UTF8.self))"
            case .pong(let payload): "pong \(String(decoding: payload, as: UTF8.self))"
            case .close(let closing):
                "close \(closing.code.map { String($0.rawValue) } ?? "-") \(closing.reason)"
            case .fault(let fault): "\(fault.code.rawValue) \(fault.reason)"
            }
        }
    }
}
