import WebSocket

/// The events of one stream of bytes, cut in three ways.
enum FrameTranscript {
    static func all(
        of stream: [UInt8], limits: MessageLimits, seed: UInt64
    ) -> (whole: [MessageEvent], bytewise: [MessageEvent], cut: [MessageEvent]) {
        var state = seed | 1
        let whole = events(of: stream, limits: limits) { $0 }
        let bytewise = events(of: stream, limits: limits) { _ in 1 }
        let cut = events(of: stream, limits: limits) { rest in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return min(rest, Int(state >> 60) + 1)
        }
        return (whole, bytewise, cut)
    }

    /// Reads pieces as long as `length` says for so many bytes that are left.
    private static func events(
        of stream: [UInt8], limits: MessageLimits, length: (Int) -> Int
    ) -> [MessageEvent] {
        var reader = MessageReader(limits: limits)
        var events: [MessageEvent] = []
        var start = 0
        while start < stream.count {
            let end = start + length(stream.count - start)
            stream[start..<end].withUnsafeBytes { piece in
                var position = 0
                while true {
                    let event = reader.next(piece, at: &position)
                    precondition(position <= piece.count, "more was read than there is")
                    if event == .needsMore {
                        precondition(position == piece.count, "input is left over")
                        break
                    }
                    check(event, limits)
                    events.append(event)
                }
            }
            start = end
        }
        return events
    }

    /// What every event keeps to, whatever came.
    private static func check(_ event: MessageEvent, _ limits: MessageLimits) {
        switch event {
        case .needsMore: break
        case .message(.text(let text)):
            precondition(text.count <= limits.maximumMessageBytes)
            precondition(String(validating: text, as: UTF8.self) != nil, "a text is not UTF-8")
        case .message(.binary(let bytes)):
            precondition(bytes.count <= limits.maximumMessageBytes)
        case .ping(let payload), .pong(let payload):
            precondition(payload.count <= 125, "a control frame is too long")
        case .close(let closing):
            precondition(closing.code?.isSendable != false, "a code that is never sent")
        case .fault(let fault):
            precondition(fault.code.isSendable, "a code that is never sent")
            precondition(fault.reason.utf8.count <= Closing.maximumReasonBytes)
        }
    }
}
