package import Bytes
import CSystem
package import Telemetry

/// Names a trace: sixteen bytes that are not all zero.
package struct TraceIdentifier: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init?(high: UInt64, low: UInt64) {
        guard high | low != 0 else { return nil }
        (self.high, self.low) = (high, low)
    }
}

/// Names a span within its trace: eight bytes that are not all zero.
package struct SpanIdentifier: Hashable, Sendable {
    package let number: UInt64

    package init?(_ number: UInt64) {
        guard number != 0 else { return nil }
        self.number = number
    }
}

/// Makes names that nobody else has made, so far as 64 random bits can promise that: a sequence of
/// SplitMix64 that begins somewhere.
struct RandomIdentifiers {
    private var counter: UInt64

    init() {
        var seed: UInt64 = 0
        precondition(csystem_random(&seed, 8) == 0, "the system gives no random numbers")
        counter = seed
    }

    mutating func nextNumber() -> UInt64 {
        counter &+= 0x9E37_79B9_7F4A_7C15
        var mixed = counter
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func nextTrace() -> TraceIdentifier {
        while true {
            let (high, low) = (nextNumber(), nextNumber())
            if let trace = TraceIdentifier(high: high, low: low) { return trace }
        }
    }

    mutating func nextSpan() -> SpanIdentifier {
        while true {
            if let span = SpanIdentifier(nextNumber()) { return span }
        }
    }
}

extension ByteBuffer {
    package mutating func append(_ trace: TraceIdentifier) {
        append(hexadecimal: trace.high)
        append(hexadecimal: trace.low)
    }

    package mutating func append(_ span: SpanIdentifier) { append(hexadecimal: span.number) }
}

extension LogLine {
    /// Says where in a trace a line belongs, if it does.
    package mutating func fields(of context: TraceContext?) {
        guard let context else { return }
        withUnsafeTemporaryAllocation(byteCount: 48, alignment: 8) { text in
            text.store(hexadecimal: context.trace.high, at: 0)
            text.store(hexadecimal: context.trace.low, at: 16)
            text.store(hexadecimal: context.span.number, at: 32)
            let (trace, span) = (text[..<32], text[32...])
            field(
                "trace_id", UnsafeRawBufferPointer(UnsafeMutableRawBufferPointer(rebasing: trace)))
            field("span_id", UnsafeRawBufferPointer(UnsafeMutableRawBufferPointer(rebasing: span)))
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Sixteen digits in lower case.
    fileprivate func store(hexadecimal number: UInt64, at start: Int) {
        for place in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * place)) & 0xF
            self[start + place] = digit < 10 ? 0x30 + digit : 0x57 + digit
        }
    }
}
