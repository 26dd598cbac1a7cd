import GraphQLLanguage
import GraphQLTypes

/// Section 5.3.3: fields of composite types are selected from, and no others.
enum ScalarLeafs {
    @inline(__always)
    static func enterField(_ node: Int, _ field: FieldID, _ validation: inout Validation) {
        let isLeaf = validation.schema[validation.schema[field].type.named].kind.isLeaf
        if isLeaf == validation.records[node].flags.contains(.hasSelectionSet) {
            report(node, field, isLeaf, &validation)
        }
    }

    @inline(never)
    private static func report(
        _ node: Int, _ field: FieldID, _ isLeaf: Bool, _ validation: inout Validation
    ) {
        let name = validation.text(node)
        let type = validation.schema.text(of: validation.schema[field].type)
        if isLeaf, let selectionSet = validation.selectionSet(of: node) {
            validation.report(
                .scalarLeafs, entering: node, at: [validation.start(selectionSet)],
                "Field \"\(name)\" must not have a selection since type \"\(type)\" "
                    + "has no subfields.")
        } else {
            validation.report(
                .scalarLeafs, entering: node, at: [validation.start(node)],
                "Field \"\(name)\" of type \"\(type)\" must have a selection of subfields."
                    + (validation.options.suggestsNames
                        ? " Did you mean \"\(name) { ... }\"?" : ""))
        }
    }
}
