import GraphQLLanguage
import GraphQLTypes

/// Where the rules about schemas report to. Places are looked up in a table that is made for the
/// first error, because one error can have as many places as there are definitions.
struct DefinitionErrors {
    private(set) var list: ErrorList
    private let document: Document
    private var lines: LineTable?

    init(_ document: Document, maximumErrors: Int) {
        self.document = document
        list = ErrorList(maximumErrors: maximumErrors)
    }

    var isFull: Bool { list.isFull }

    mutating func report(_ message: @autoclosure () -> String, at node: some NodeCursor) {
        report(message(), atOffsets: CollectionOfOne(node.node.start))
    }

    mutating func report(_ message: @autoclosure () -> String, at name: Name) {
        report(message(), atOffsets: CollectionOfOne(name.start))
    }

    mutating func report(_ message: @autoclosure () -> String, at names: [Name]) {
        report(message(), atOffsets: names.lazy.map(\.start))
    }

    mutating func report(_ message: @autoclosure () -> String, at nodes: [Node]) {
        report(message(), atOffsets: nodes.lazy.map(\.start))
    }

    private mutating func report(
        _ message: @autoclosure () -> String, atOffsets offsets: some Sequence<Int>
    ) {
        guard !isFull else { return }
        let lines = self.lines ?? LineTable(source: document.source)
        self.lines = lines
        list.report(message(), at: offsets.map { lines.location(of: $0) })
    }
}
