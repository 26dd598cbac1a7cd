import Bytes
import Reactor
import TestSupport
import Testing
import Tracing

@Suite struct TracerTests {
    init() { LoopThread.start() }

    private static let sampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    private static let unsampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02"

    @EventLoop private func tracer(
        _ ratio: Double, followsParent: Bool = true, isOn: Bool = true
    ) -> Tracer {
        var settings = TracerSettings()
        settings.sampler = Sampler(ratio: ratio, followsParent: followsParent)
        return Tracer(settings, exporter: isOn ? .made(toPort: 1) : nil)
    }

    private func parent(_ text: String) throws -> TraceParent {
        try #require(TraceParent(ArraySlice(text.utf8)))
    }

    @EventLoop @Test func `a caller's decision holds`() throws {
        let yes = try #require(tracer(0).context(after: try parent(Self.sampled)))
        #expect(yes.isSampled)
        #expect(yes.trace == (try parent(Self.sampled)).trace)
        #expect(yes.parent == (try parent(Self.sampled)).span)
        #expect(yes.span != yes.parent)
        let no = try #require(tracer(1).context(after: try parent(Self.unsampled)))
        #expect(!no.isSampled)
        #expect(no.span == (try parent(Self.unsampled)).span)
        #expect(no.parent == nil)
    }

    @EventLoop @Test func `without regard for parents the ratio decides`() throws {
        let no = try #require(
            tracer(0, followsParent: false).context(after: try parent(Self.sampled)))
        #expect(!no.isSampled)
        let yes = try #require(
            tracer(1, followsParent: false).context(after: try parent(Self.unsampled)))
        #expect(yes.isSampled)
        #expect(yes.parent != nil)
    }

    @EventLoop @Test func `new traces are random, and recorded by ratio`() throws {
        #expect(tracer(0).context(after: nil) == nil)
        let all = tracer(1)
        let first = try #require(all.context(after: nil))
        let second = try #require(all.context(after: nil))
        #expect(first.isSampled && first.parent == nil)
        #expect(first.trace != second.trace && first.span != second.span)
        #expect(String(decoding: first.fieldValue, as: UTF8.self).hasSuffix("-03"))
        let quarter = tracer(0.25)
        let count = (0..<40_000).count { _ in quarter.context(after: nil) != nil }
        // Fourteen standard deviations to either side.
        #expect((8_800...11_200).contains(count))
    }

    @Test(
        arguments: [
            (0x0000_0000_0000_0000, true), (0x1FFF_FFFF_FFFF_FFFE, true),
            (0x1FFF_FFFF_FFFF_FFFF, true),
            (0x2000_0000_0000_0000, false), (0x7FFF_FFFF_FFFF_FFFF, false),
        ] as [(UInt64, Bool)])
    @EventLoop func `the name of the trace decides`(low: UInt64, isSampled: Bool) throws {
        var text = ByteBuffer()
        text.append("00-0000000000000001")
        text.append(hexadecimal: low)
        text.append("-00f067aa0ba902b7-00")
        let parent = try #require(TraceParent(text.array()[...]))
        let context = tracer(0.125, followsParent: false).context(after: parent)
        #expect(context?.isSampled == isSampled)
    }

    @EventLoop @Test func `switched off, callers' traces are known and nothing else`() throws {
        let off = tracer(1, isOn: false)
        #expect(off.context(after: nil) == nil)
        let context = try #require(off.context(after: try parent(Self.sampled)))
        #expect(!context.isSampled)
        #expect(context.span == (try parent(Self.sampled)).span)
    }

    @EventLoop @Test func `what is said of a parent is what came`() throws {
        let context = try #require(tracer(1).context(after: try parent(Self.sampled)))
        let text = String(decoding: context.fieldValue, as: UTF8.self)
        #expect(text.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-"))
        #expect(text.hasSuffix("-01"))
        #expect(TraceParent(context.fieldValue[...])?.span == context.span)
    }

    @EventLoop @Test func `a recording has a limit`() throws {
        let tracer = tracer(1)
        let context = try #require(tracer.context(after: nil))
        let recording = SpanRecording(context, by: tracer)
        for _ in 0..<SpanRecording.maximumSpans + 5 {
            recording.add("level", under: context.span, from: 1, to: 2)
        }
        #expect(recording.spans.count == SpanRecording.maximumSpans)
    }
}
