import Bytes
import Glibc
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor

/// Runs `source` over JSON if it is a valid document; variables may follow it behind a zero byte.
/// If it is a valid schema, describes it. Traps if a response is no JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGraphqlExecutor(_ source: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = [UInt8](UnsafeBufferPointer(start: source, count: count))
    loop.check(source)
    return 0
}

private let loop = RunningLoop()

/// The loop on a thread of its own, since it can be run only once, and one input at a time on it.
private final class RunningLoop: Sendable {
    private nonisolated(unsafe) let isChecked: UnsafeMutablePointer<sem_t>

    init() {
        isChecked = .allocate(capacity: 1)
        sem_init(isChecked, 0, 0)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { _ in
                EventLoop.run { try? await EventLoop.sleep(milliseconds: .max / 2) }
                return nil
            }, nil)
    }

    func check(_ source: [UInt8]) {
        Task { @EventLoop in
            checkResponses(to: source)
            sem_post(isChecked)
        }
        while sem_wait(isChecked) != 0 {}
    }
}

private let root = parsed(
    """
    {"q":{"q":null,"a":7,"l":[["x",null]],"u":{"__typename":"V","i":null,"x":"v"}},"a":1,
    "n":{"__typename":"T","i":3,"n":{"i":"t","x":1},"m":[{"__typename":"T","x":true},null],"x":2},
    "u":{"__typename":"T","x":5,"m":[]},"l":[["a","b"],null,"c"],"t":{"x":1.5,"n":{"x":1,"i":4}},
    "e":"A","s":{"any":[1,{"b":"\\u0000\\ud83d\\ude00"}]},"f":"1.5","b":0,"m":{"x":1e3,"i":true}}
    """)

private func parsed(_ text: String) -> JSONDocument {
    do {
        return try JSONDocument.parse(Array(text.utf8))
    } catch {
        preconditionFailure("the root is no JSON: \(error)")
    }
}

@EventLoop private func checkResponses(to source: [UInt8]) {
    let parts = source.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let text = Array(parts[0])
    let variables = parts.count > 1 ? try? JSONDocument.parse(Array(parts[1])) : nil
    guard let document = try? Document.parse(text) else { return }
    for definition in document.definitions where definition.isExecutable {
        let name = OperationDefinition(definition.node)?.name?.text
        run(text, name, variables?.root, FuzzedSchema.schema)
    }
    if let schema = try? Schema.checked(document) {
        run(Array(IntrospectionQuery.full.utf8), nil, nil, schema)
    }
}

@EventLoop private func run(
    _ document: [UInt8], _ operationName: String?, _ variables: JSONValue?, _ schema: Schema
) {
    var options = PlanOptions()
    options.roads = CheckedListRoads()
    guard let plan = try? options.plan(for: document, operationName, schema),
        let values = try? VariableValues.coerce(variables, for: plan)
    else { return }
    let resolvers = JSONResolvers(schema, data: root.root)
    let response = Executor.executeAtOnce(
        plan, root: resolvers.root, resolvers: resolvers, variables: values)
    checkJSON(response.bytes.withUnsafeBytes { Array($0) })
}

private func checkJSON(_ bytes: [UInt8]) {
    do throws(JSONError) {
        let response = try JSONDocument.parse(bytes).root
        precondition(response["data"] != nil, "a response without data")
    } catch {
        preconditionFailure("\(error): \(String(decoding: bytes, as: UTF8.self))")
    }
}
