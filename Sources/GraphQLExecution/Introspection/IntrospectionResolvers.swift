import GraphQLLanguage
import GraphQLTypes
import Reactor

/// The schema as data: answers the fields of the introspection types.
@EventLoop final class IntrospectionResolvers: Resolvers {
    let schema: Schema
    let loaders = LoaderSet()

    init(_ schema: Schema) { self.schema = schema }

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool { false }

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) { for _ in rows { outcomes.null() } }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) { preconditionFailure("introspection loads nothing") }

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async { preconditionFailure("introspection does not wait") }
}
