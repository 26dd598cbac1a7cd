import Bytes
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import JSON
import Reactor
import TestSupport

/// Answers a document over the cinema.
func answer(
    _ document: String, variables: String? = nil, viewer: String = "somebody"
) async throws -> String {
    try await response(document, variables: variables, viewer: viewer).text
}

struct Answered {
    let text: String
    /// What loaders were asked for, a batch each.
    let batches: [String]
    let errorCount: Int
}

func response(
    _ document: String, variables: String? = nil, viewer: String = "somebody"
) async throws -> Answered {
    LoopThread.start()
    let plan = try plan(document)
    let values = try VariableValues.coerce(
        try variables.map { try JSONDocument.parse(Array($0.utf8)).root }, for: plan)
    return await { @EventLoop in
        let context = RequestContext(viewer: viewer)
        let response = await Executor.execute(
            plan, resolvers: GeneratedResolvers(context: context), variables: values)
        return Answered(
            text: String(decoding: response.bytes.array(), as: UTF8.self),
            batches: context.batches, errorCount: response.errorCount)
    }()
}

func plan(_ document: String) throws -> Plan {
    var options = PlanOptions()
    options.roads = GeneratedRoads()
    return try options.plan(for: Array(document.utf8), nil, GeneratedSchema.build())
}
