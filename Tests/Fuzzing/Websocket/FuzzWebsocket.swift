import WebSocket

/// Feeds `stream` to readers with usual and with narrow limits, cut in three ways; traps when the
/// cuts change the events, and wherever `FrameTranscript` finds a broken promise.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWebsocket(_ stream: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let stream = [UInt8](UnsafeBufferPointer(start: stream, count: count))
    let seed = stream.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    for limits in [MessageLimits(), narrowLimits] {
        let (whole, bytewise, cut) = FrameTranscript.all(of: stream, limits: limits, seed: seed)
        precondition(whole == bytewise, "single bytes change the events")
        precondition(whole == cut, "the cuts of seed \(seed) change the events")
    }
    return 0
}

private let narrowLimits: MessageLimits = {
    var limits = MessageLimits()
    limits.maximumFrameBytes = 24
    limits.maximumMessageBytes = 40
    limits.maximumFragments = 3
    return limits
}()
