import Bytes
import GraphQLExecution
package import GraphQLTypes
import JSON
import Reactor

extension ToolOperation {
    /// ```
    /// {"op":"introspect","schema":"SDL"}
    /// ```
    /// The answer is the response to the full introspection query.
    static let introspect = ToolOperation(
        name: "introspect", form: #"{"op":"introspect","schema":"…"}"#,
        summary: "Describes a schema as introspection does."
    ) { request, shelf, answer throws(RequestFault) in
        let source = try request.bytes("schema")
        do throws(GraphQLErrors) {
            let schema = try shelf.schema(source)
            try introspect(schema, into: &answer)
        } catch {
            answer.append(errors: error.errors)
        }
    }

    @EventLoop fileprivate static func introspect(
        _ schema: Schema, into answer: inout ByteBuffer
    ) throws(GraphQLErrors) {
        let document = Array(IntrospectionQuery.full.utf8)
        let plan = try unlimitedPlanning.plan(for: document, nil, schema)
        run(plan, over: nil, variables: nil, into: &answer)
    }
}

/// The response to the full introspection query. It needs the loop for itself.
package func introspection(of schema: Schema) -> String {
    EventLoop.run {
        var answer = ByteBuffer()
        do throws(GraphQLErrors) {
            try ToolOperation.introspect(schema, into: &answer)
        } catch {
            preconditionFailure("the query is valid against every schema: \(error)")
        }
        return String(decoding: answer.array(), as: UTF8.self)
    }
}
