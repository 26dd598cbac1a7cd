import GraphQLLanguage
public import GraphQLTypes

/// A directive that an operation bears itself, with the values of its arguments.
public struct OperationDirective: Sendable {
    public let name: String
    private let arguments: [String: InputValue]

    /// The value of an argument; nothing where it is not given and has no default.
    public subscript(argument: String) -> InputValue? { arguments[argument] }

    init(
        _ node: Directive, as record: DirectiveRecord, _ coercion: ArgumentCoercion
    ) throws(GraphQLError) {
        name = node.name.text
        let values = try coercion.arguments(
            record.arguments, from: node.arguments, givenBy: node.node)
        var arguments: [String: InputValue] = [:]
        for (input, value) in zip(record.arguments, values) {
            arguments[coercion.schema.name(of: input)] = value
        }
        self.arguments = arguments
    }
}

extension VariableValues {
    /// What the operation bears.
    func directives(of plan: Plan) throws(GraphQLErrors) -> [OperationDirective] {
        guard plan.bearsDirectives else { return [] }
        let coercion = ArgumentCoercion(schema: plan.schema) { name in
            plan.place(ofVariable: name.text).flatMap { values[$0] }
        }
        var directives: [OperationDirective] = []
        for node in plan.operation.directives {
            guard let id = plan.schema.directive(named: node.name) else { continue }
            do throws(GraphQLError) {
                directives.append(
                    try OperationDirective(node, as: plan.schema[id], coercion))
            } catch {
                throw GraphQLErrors([error])
            }
        }
        return directives
    }
}
