import GraphQLLanguage
import GraphQLTypes

/// Section 5.4.2.1: arguments that have to be given are given.
enum ProvidedRequiredArguments {
    @inline(__always)
    static func leaveField(_ node: Int, _ validation: inout Validation) {
        guard let field = validation.position.field else { return }
        let arguments = validation.schema[field].arguments
        if !arguments.isEmpty { check(node, arguments, &validation) }
    }

    @inline(__always)
    static func leaveDirective(_ node: Int, _ validation: inout Validation) {
        guard let directive = validation.position.directive else { return }
        let arguments = validation.schema[directive].arguments
        if !arguments.isEmpty { check(node, arguments, &validation) }
    }

    private static func check(
        _ node: Int, _ arguments: IDRange<InputID>, _ validation: inout Validation
    ) {
        let schema = validation.schema
        for argument in arguments
        where schema[argument].isRequired
            && !ValuesOfCorrectType.has(schema[argument].name, node, validation)
        {
            let isField = validation.records[node].kind == .field
            guard !isField || validation.options.suggestsNames else {
                return reportNameless(node, &validation)
            }
            report(node, argument, &validation)
        }
    }

    /// However many there are: their number would tell something, too.
    @inline(never)
    private static func reportNameless(_ node: Int, _ validation: inout Validation) {
        validation.report(
            .providedRequiredArguments, leaving: node, at: [validation.start(node)],
            "Field \"\(validation.text(node))\" lacks an argument that is required.")
    }

    @inline(never)
    private static func report(_ node: Int, _ argument: InputID, _ validation: inout Validation) {
        let schema = validation.schema
        let isField = validation.records[node].kind == .field
        let name = validation.text(node)
        let owner = isField ? "Field \"\(name)\"" : "Directive \"@\(name)\""
        validation.report(
            .providedRequiredArguments, leaving: node, at: [validation.start(node)],
            "\(owner) argument \"\(schema.name(of: argument))\" of type "
                + "\"\(schema.text(of: schema[argument].type))\" is required, "
                + "but it was not provided.")
    }
}
