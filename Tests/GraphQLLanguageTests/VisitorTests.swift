import Testing

@testable import GraphQLLanguage

@Suite struct VisitorTests {
    private struct Recorder: Visitor {
        var log: [String] = []
        var skipped: Set<NodeKind> = []
        var stopAtEntering: NodeKind?
        var stopAtLeaving: NodeKind?

        mutating func enter(_ node: Node, ancestors: [Int]) -> VisitStep {
            log.append("\(String(repeating: " ", count: ancestors.count))\(node.kind)")
            if node.kind == stopAtEntering { return .stop }
            return skipped.contains(node.kind) ? .skip : .proceed
        }

        mutating func leave(_ node: Node, ancestors: [Int]) -> VisitStep {
            log.append("\(String(repeating: " ", count: ancestors.count))/\(node.kind)")
            return node.kind == stopAtLeaving ? .stop : .proceed
        }
    }

    private let source = "{ a(b: 1) { c } d }"

    private func walk(_ recorder: Recorder, from index: Int = 0) throws -> (Bool, [String]) {
        var recorder = recorder
        let document = try Document.parse(source)
        let isWhole = document.walk(&recorder, from: document[index])
        return (isWhole, recorder.log)
    }

    @Test func `every node is entered and left`() throws {
        let (isWhole, log) = try walk(Recorder())
        #expect(isWhole)
        #expect(
            log == [
                "document", " operationDefinition", "  selectionSet", "   field", "    argument",
                "     intValue", "     /intValue", "    /argument", "    selectionSet",
                "     field", "     /field", "    /selectionSet", "   /field", "   field",
                "   /field", "  /selectionSet", " /operationDefinition", "/document",
            ])
    }

    @Test func `a walk may begin anywhere`() throws {
        let (isWhole, log) = try walk(Recorder(), from: 4)
        #expect(isWhole)
        #expect(log == ["argument", " intValue", " /intValue", "/argument"])
    }

    @Test func `what is skipped is not left`() throws {
        let (isWhole, log) = try walk(Recorder(skipped: [.field]))
        #expect(isWhole)
        #expect(
            log == [
                "document", " operationDefinition", "  selectionSet", "   field", "   field",
                "  /selectionSet", " /operationDefinition", "/document",
            ])
    }

    @Test func `a walk stops where it is told`() throws {
        let (isWhole, log) = try walk(Recorder(stopAtEntering: .argument))
        #expect(!isWhole)
        #expect(log.last == "    argument")
        let (isWholeAgain, another) = try walk(Recorder(stopAtLeaving: .argument))
        #expect(!isWholeAgain)
        #expect(another.last == "    /argument")
    }
}
