import GraphQLLanguage
import GraphQLTypes

/// Lists inside lists of the schema's own description make answers that grow without bound: not
/// more than two may nest, through fragments too.
enum MaxIntrospectionDepth {
    private static let tooDeep = 3
    private static let lists = ["fields", "interfaces", "possibleTypes", "inputFields"]

    static func enterField(_ node: Int, _ validation: inout Validation) {
        let schema = validation.schema
        guard let field = validation.position.field,
            field == schema.schemaField || field == schema.typeField,
            !validation.findings.isFull(.maxIntrospectionDepth, at: Moment(entering: node))
        else { return }
        let lists = lists.compactMap { schema.names.find($0) }
        if isTooDeep(node, lists, validation) {
            validation.report(
                .maxIntrospectionDepth, entering: node, at: [validation.start(node)],
                "Maximum introspection depth exceeded")
        }
    }

    /// Each fragment is looked into once for each depth at which it is met.
    private static func isTooDeep(
        _ node: Int, _ lists: [NameID], _ validation: borrowing Validation
    ) -> Bool {
        var met = Set<Int>()
        var waiting = [(node: node, depth: 0)]
        while let (node, depth) = waiting.popLast() {
            var ends: [Int] = []
            for child in node + 1..<validation.next(node) {
                while let end = ends.last, end <= child { ends.removeLast() }
                let kind = validation.records[child].kind
                if kind == .field, let name = validation.names.known(child), lists.contains(name) {
                    ends.append(validation.next(child))
                    if depth + ends.count >= tooDeep { return true }
                } else if kind == .fragmentSpread,
                    let fragment = validation.fragment(spreadAt: child),
                    met.insert(fragment * tooDeep + depth + ends.count).inserted
                {
                    waiting.append((validation.definitions[fragment].node, depth + ends.count))
                }
            }
        }
        return false
    }
}
