import GraphQLLanguage
import GraphQLTypes

/// Section 5.4.1: arguments are defined by their field or directive.
enum KnownArgumentNames {
    /// Of a field; those of a directive are looked at when the directive is entered.
    @inline(never)
    static func reportUnknownArgument(_ node: Int, _ validation: inout Validation) {
        let owner = validation.frames[validation.frames.count - 2].node
        guard validation.records[owner].kind == .field, let field = validation.position.field,
            let parent = validation.position.parent
        else { return }
        let schema = validation.schema
        let name = validation.text(node)
        let suggestion = validation.suggestion(
            for: name, among: schema[field].arguments.map { schema.name(of: $0) },
            .knownArgumentNames)
        validation.report(
            .knownArgumentNames, entering: node, at: [validation.start(node)],
            "Unknown argument \"\(name)\" on field "
                + "\"\(schema.name(of: parent)).\(schema.name(of: field))\"." + suggestion)
    }

    static func enterDirective(_ node: Int, _ validation: inout Validation) {
        guard let directive = validation.position.directive else { return }
        let arguments = validation.schema[directive].arguments
        var child = node + 1
        let end = validation.next(node)
        while child < end {
            let name = validation.names.known(child)
            if name.flatMap({ validation.schema.argument($0, in: arguments) }) == nil {
                report(child, of: node, arguments, &validation)
            }
            child = validation.next(child)
        }
    }

    private static func report(
        _ argument: Int, of node: Int, _ known: IDRange<InputID>, _ validation: inout Validation
    ) {
        let schema = validation.schema
        let name = validation.text(argument)
        let directive = validation.text(node)
        let suggestion = validation.suggestion(
            for: name, among: known.map { schema.name(of: $0) }, .knownArgumentNames)
        validation.report(
            .knownArgumentNames, entering: node, at: [validation.start(argument)],
            "Unknown argument \"\(name)\" on directive \"@\(directive)\"." + suggestion)
    }
}
