/// One piece of work in a trace: its name, its time, and what there is to know about it.
package struct Span: Hashable, Sendable {
    /// As OTLP numbers them.
    package enum Kind: Int, Sendable {
        case `internal` = 1
        case server = 2
        case client = 3
    }

    package let trace: TraceIdentifier
    package let identifier: SpanIdentifier
    package let parent: SpanIdentifier?
    /// The parent is a span of another process.
    package let hasRemoteParent: Bool
    package let flags: UInt8
    package let state: TraceState
    package let name: String
    package let kind: Kind
    /// After 1970-01-01T00:00:00Z.
    package let startNanoseconds: UInt64
    package let endNanoseconds: UInt64
    package let attributes: [SpanAttribute]
    package let links: [SpanLink]
    /// The work failed, and not by the fault of who asked for it.
    package let hasFailed: Bool
}

/// Another span that has to do with one, without being its parent.
package struct SpanLink: Hashable, Sendable {
    package let trace: TraceIdentifier
    package let span: SpanIdentifier

    package init(to context: TraceContext) { (trace, span) = (context.trace, context.span) }
}

/// A named value of a span. Texts are cut at `valueLimit` bytes when they are sent.
package struct SpanAttribute: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case text(String)
        case integer(Int)
        case flag(Bool)
        case texts([String])
    }

    package static let valueLimit = 4096

    package let key: String
    package let value: Value

    package init(_ key: String, _ value: String) { (self.key, self.value) = (key, .text(value)) }
    package init(_ key: String, _ value: Int) { (self.key, self.value) = (key, .integer(value)) }
    package init(_ key: String, _ value: Bool) { (self.key, self.value) = (key, .flag(value)) }
    package init(_ key: String, _ value: [String]) { (self.key, self.value) = (key, .texts(value)) }
}
