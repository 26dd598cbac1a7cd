import GraphQLExecution
import GraphQLTypes
import JSON
import Reactor

/// Answers from JSON.
struct JSONProgram: Program {
    let schema: Schema
    let data: JSONValue
    var roads: any FieldRoads { CheckedListRoads() }

    func begin() -> (resolvers: any Resolvers, root: Int32) {
        let resolvers = JSONResolvers(schema, data: data)
        return (resolvers, resolvers.root)
    }
}

/// One object with very many numbers.
struct WideProgram: Program {
    var roads: any FieldRoads { PlainRoads() }

    func begin() -> (resolvers: any Resolvers, root: Int32) { (WideResolvers(), 0) }
}

private final class WideResolvers: Resolvers {
    let loaders = LoaderSet()

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        response.append(field.field.index)
        return true
    }

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) {
        for row in rows { outcomes.object(row) }
    }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) { preconditionFailure("nothing is loaded") }

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async { preconditionFailure("nothing waits") }
}
