import Bytes
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor

extension ToolOperation {
    /// ```
    /// {"op":"execute","schema":"SDL","document":"…","root":{…},"variables":{…},
    ///  "operationName":null}
    /// ```
    /// The answer is the response. Each field is the member of that name in its object, and
    /// `__typename` names the type of an object where the schema leaves it open.
    static let execute = ToolOperation(
        name: "execute",
        form: #"{"op":"execute","schema":"…","document":"…","root":{},"variables":{}}"#,
        summary: "Runs an operation over JSON."
    ) { request, shelf, answer throws(RequestFault) in
        let (schema, document) = (try request.bytes("schema"), try request.bytes("document"))
        let operationName = try request.optionalString("operationName")
        let variables = try request.optionalObject("variables")
        let root = request["root"]
        do throws(GraphQLErrors) {
            let schema = try shelf.schema(schema)
            let plan = try unlimitedPlanning.plan(for: document, operationName, schema)
            run(plan, over: root, variables: variables, into: &answer)
        } catch {
            answer.append(errors: error.errors)
        }
    }

    static let unlimitedPlanning: PlanOptions = {
        var options = PlanOptions()
        options.roads = CheckedListRoads()
        options.validation = unlimitedValidation
        return options
    }()

    @EventLoop static func run(
        _ plan: Plan, over root: JSONValue?, variables: JSONValue?, into answer: inout ByteBuffer
    ) {
        do throws(GraphQLErrors) {
            let values = try VariableValues.coerce(variables, for: plan)
            var options = ExecutionOptions()
            options.writesCodes = false
            let resolvers = JSONResolvers(plan.schema, data: root)
            let response = Executor.executeAtOnce(
                plan, root: resolvers.root, resolvers: resolvers, variables: values,
                options: options)
            response.bytes.withUnsafeBytes { answer.append($0) }
        } catch {
            answer.append(errors: error.errors)
        }
    }
}
