import Bytes
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor
import TestSupport

/// Runs `document` against a schema over JSON data, and returns the response's text.
func answer(
    _ schema: String, _ document: String, root: String = "{}", variables: String? = nil,
    operationName: String? = nil
) async throws -> String {
    LoopThread.start()
    let schema = try Schema(building: Document.parse(schema))
    let plan = try Plan.compile(
        ValidDocument.check(Document.parse(document), against: schema),
        operationName: operationName, roads: CheckedListRoads())
    let variables = try variables.map { try json($0) }
    let values = try VariableValues.coerce(variables, for: plan)
    let data = try JSONDocument.parse(Array(root.utf8))
    return await EventLoopTests.text { @EventLoop in
        await Executor.execute(
            plan, resolvers: JSONResolvers(schema, data: data.root), variables: values)
    }
}

func json(_ text: String) throws -> JSONValue {
    try JSONDocument.parse(Array(text.utf8)).root
}

enum EventLoopTests {
    @EventLoop static func text(_ run: @EventLoop () async -> Response) async -> String {
        let response = await run()
        return String(decoding: response.bytes.array(), as: UTF8.self)
    }
}
