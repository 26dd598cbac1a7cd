import GraphQLLanguage
import GraphQLTypes

/// Section 5.7.3: a directive stands at a place once, unless it is repeatable.
enum UniqueDirectivesPerLocation {
    static func enter(_ node: Int, _ validation: inout Validation) {
        validation.names.beginRound()
        var child = node + 1
        let end = validation.next(node)
        while child < end {
            if validation.records[child].kind == .directive { check(child, of: node, &validation) }
            child = validation.next(child)
        }
    }

    @inline(__always)
    private static func check(_ directive: Int, of node: Int, _ validation: inout Validation) {
        let name = validation.names(directive)
        guard let first = validation.names.mark(name) else {
            validation.names.setMark(name, directive)
            return
        }
        guard let known = validation.names.known(directive),
            let definition = validation.schema.directive(named: known),
            !validation.schema[definition].isRepeatable
        else { return }
        validation.report(
            .uniqueDirectivesPerLocation, entering: node,
            at: [validation.start(first), validation.start(directive)],
            "The directive \"@\(validation.text(directive))\" can only be used once at this "
                + "location.")
    }
}
