import HTTP
import Testing

/// The events of a stream, which must be the same whole, byte by byte and cut at random; a
/// failure tells the seed of the cuts.
func events(
    of stream: [UInt8], limits: RequestLimits = RequestLimits(),
    sourceLocation: SourceLocation = #_sourceLocation
) -> [Transcript.Step] {
    var steps: [Transcript.Step] = []
    for seed in UInt64(1)...3 {
        let (whole, bytewise, cut) = Transcript.all(of: stream, limits: limits, seed: seed)
        #expect(whole == bytewise, "byte by byte", sourceLocation: sourceLocation)
        #expect(whole == cut, "cut with seed \(seed)", sourceLocation: sourceLocation)
        steps = whole.steps
    }
    return steps
}

func events(
    of stream: String, limits: RequestLimits = RequestLimits(),
    sourceLocation: SourceLocation = #_sourceLocation
) -> [Transcript.Step] {
    events(of: [UInt8](stream.utf8), limits: limits, sourceLocation: sourceLocation)
}

/// Status and code of the fault that ends a stream, such as `400 BAD_REQUEST`; nil without one.
func fault(
    of stream: [UInt8], limits: RequestLimits = RequestLimits(),
    sourceLocation: SourceLocation = #_sourceLocation
) -> String? {
    let steps = events(of: stream, limits: limits, sourceLocation: sourceLocation)
    guard case .fault(let fault) = steps.last else { return nil }
    #expect(!fault.message.isEmpty, sourceLocation: sourceLocation)
    return "\(fault.status.rawValue) \(fault.code)"
}

func fault(
    of stream: String, limits: RequestLimits = RequestLimits(),
    sourceLocation: SourceLocation = #_sourceLocation
) -> String? {
    fault(of: [UInt8](stream.utf8), limits: limits, sourceLocation: sourceLocation)
}

/// The one head of a stream that is a head and nothing else.
func head(
    of stream: String, sourceLocation: SourceLocation = #_sourceLocation
) -> RequestHead {
    #expect(fault(of: stream, sourceLocation: sourceLocation) == nil)
    var parser = RequestParser(limits: RequestLimits())
    var position = 0
    let event = [UInt8](stream.utf8).withUnsafeBytes { parser.next($0, at: &position) }
    #expect(event == .head, sourceLocation: sourceLocation)
    return parser.takeHead()
}

/// A GET of `/` with a Host field and these lines behind it.
func request(_ lines: String...) -> String {
    (["GET / HTTP/1.1", "Host: a"] + lines).map { $0 + "\r\n" }.joined() + "\r\n"
}

/// A chunked POST with this behind its head.
func chunked(_ body: String) -> String {
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body
}

let bad = "400 BAD_REQUEST"
let notImplemented = "501 NOT_IMPLEMENTED"
let headersTooLarge = "431 HEADERS_TOO_LARGE"
