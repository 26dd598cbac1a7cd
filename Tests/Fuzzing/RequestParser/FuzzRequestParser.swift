import Bytes
import HTTP

/// Feeds `stream` to parsers with usual and with narrow limits, cut in three ways; traps when the
/// cuts change the events, and wherever `Transcript` finds a broken promise.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRequestParser(_ stream: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let stream = [UInt8](UnsafeBufferPointer(start: stream, count: count))
    let seed = stream.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    for limits in [RequestLimits(), narrowLimits] {
        let (whole, bytewise, cut) = Transcript.all(of: stream, limits: limits, seed: seed)
        precondition(whole == bytewise, "single bytes change the events")
        precondition(whole == cut, "the cuts of seed \(seed) change the events")
    }
    useSemantics(stream[...])
    return 0
}

private let narrowLimits: RequestLimits = {
    var limits = RequestLimits()
    limits.maximumTargetBytes = 24
    limits.maximumHeadBytes = 160
    limits.maximumFieldBytes = 48
    limits.maximumFields = 5
    limits.maximumChunkExtensionBytes = 8
    limits.maximumTrailerBytes = 64
    limits.maximumEmptyLines = 2
    return limits
}()

/// The parsers of single values must take anything.
private func useSemantics(_ value: ArraySlice<UInt8>) {
    let epoch = HTTPDate(secondsSinceEpoch: 0)
    if let date = HTTPDate(value, now: epoch) {
        precondition(HTTPDate(date.text.utf8, now: epoch) == date, "a date does not come back")
    }
    if case .satisfiable(let ranges) = RangeRequest(value, length: 1000) {
        precondition(!ranges.isEmpty && ranges.allSatisfy { !$0.isEmpty && $0.upperBound <= 1000 })
    }
    precondition(QualityList(value).members.allSatisfy { 0...1000 ~= $0.quality })
    _ = EntityTag(field: value)
    _ = value.percentDecoded()
    _ = try? QueryString(value)
    if let address = IPAddress(value) {
        precondition(AddressBlock(value)?.contains(address) == true, "a block without its address")
        _ = ForwardedAddress.client(
            peer: address, forwardedFor: [value], trusted: AddressBlock(value).map { [$0] } ?? [])
    }
}
