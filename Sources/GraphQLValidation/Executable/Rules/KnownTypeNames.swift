import GraphQLLanguage
import GraphQLTypes

/// Section 5.5.1.2: types that are named exist.
enum KnownTypeNames {
    @inline(__always)
    static func enterNamedType(_ node: Int, _ validation: inout Validation) {
        if validation.type(namedAt: node) == nil { reportUnknownType(node, &validation) }
    }

    @inline(never)
    private static func reportUnknownType(_ node: Int, _ validation: inout Validation) {
        let definitions = validation.document.definitions
        let defined = definitions.lazy
            .filter { TypeDefinition.includes($0.node.kind) && !$0.isExtension }
            .compactMap { $0.name?.text }
        // A definition that cannot be executed may name what the specification defines, too.
        let isExecutable = definitions.contains { $0.isExecutable && $0.node.contains(node) }
        let builtIn = isExecutable ? [] : BuiltIns.types.map(\.name.text)
        let name = validation.text(node)
        guard !defined.contains(name), !builtIn.contains(name) else { return }
        let schema = validation.schema
        let suggestion = validation.suggestion(
            for: name, among: builtIn + schema.types.map { schema.name(of: $0) } + defined,
            .knownTypeNames)
        validation.report(
            .knownTypeNames, entering: node, at: [validation.start(node)],
            "Unknown type \"\(name)\"." + suggestion)
    }
}

extension Node {
    /// Whether `node`, of the same document, is this one or below it.
    fileprivate func contains(_ node: Int) -> Bool { index <= node && node < Int(record.next) }
}
