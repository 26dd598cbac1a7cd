public import Bytes
import GraphQLLanguage
package import GraphQLTypes
public import Reactor

/// Runs plans.
@EventLoop public enum Executor {
    /// ```
    /// ExecuteRequest(schema, document, operationName, variableValues, initialValue)
    /// ```
    /// Runs a query or mutation, or one event of a subscription, whose root object is `root`.
    public static func execute(
        _ plan: Plan, root: Int32 = 0, resolvers: any Resolvers, variables: VariableValues,
        options: ExecutionOptions = ExecutionOptions()
    ) async -> Response {
        let execution = Execution(
            plan, resolvers: resolvers, variables: variables, options: options)
        defer { execution.free() }
        var writer = ResponseWriter(capacity: Response.firstCapacity)
        writer.append(raw: #"{"data":"#)
        let dataStart = writer.bytes.count
        let isWritten: Bool
        if plan.operationType == .mutation {
            isWritten = await execution.runSerially(root, into: &writer)
        } else {
            await execution.resolveRoot(root)
            isWritten = execution.writeObject(0, 0, depth: 0, into: &writer)
        }
        if !isWritten {
            writer.bytes.truncate(to: dataStart)
            writer.appendNull()
        }
        if !execution.errors.isEmpty {
            writer.append(raw: #","errors":"#)
            writer.append(errors: execution.takeErrors())
        }
        writer.append(raw: "}")
        return Response(
            bytes: writer.take(), errorCount: execution.errors.count,
            counters: execution.counters)
    }
}

extension Execution {
    /// ```
    /// ExecuteRootSelectionSet(..., serial)
    /// ```
    /// Each field is resolved, loaded and written before the next begins. One that leaves null
    /// where none may be ends the operation.
    func runSerially(_ row: Int32, into writer: inout ResponseWriter) async -> Bool {
        beginSerially(row)
        writer.append(raw: "{")
        var isFirst = true
        for field in fields(of: 0) {
            await resolveSerially(field)
            guard writeField(Int(field), of: 0, 0, isFirst: isFirst, depth: 0, into: &writer)
            else { return false }
            isFirst = false
        }
        writer.append(raw: "}")
        return true
    }
}

/// What a request is answered with: JSON, and what there is to know about it.
public struct Response: ~Copyable, Sendable {
    public var bytes: ByteBuffer
    public let errorCount: Int
    public let counters: ExecutionCounters

    static let firstCapacity = 1024
}

extension ResponseWriter {
    consuming func take() -> ByteBuffer { bytes }

    /// The `errors` of a response.
    package mutating func append(errors: [GraphQLError]) {
        beginList()
        for (index, error) in errors.enumerated() {
            if index > 0 { appendComma() }
            append(error)
        }
        endList()
    }

    /// One entry of `errors`.
    package mutating func append(_ error: GraphQLError) {
        append(raw: #"{"message":"#)
        append(error.message)
        if !error.locations.isEmpty {
            append(raw: #","locations":["#)
            for (index, location) in error.locations.enumerated() {
                append(raw: index > 0 ? #",{"line":"# : #"{"line":"#)
                append(location.line)
                append(raw: #","column":"#)
                append(location.column)
                append(raw: "}")
            }
            endList()
        }
        if !error.path.isEmpty { appendPath(error.path) }
        if let code = error.code {
            append(raw: #","extensions":{"code":"#)
            append(code.rawValue)
            append(raw: "}")
        }
        append(raw: "}")
    }

    private mutating func appendPath(_ path: [PathSegment]) {
        append(raw: #","path":["#)
        for (index, segment) in path.enumerated() {
            if index > 0 { appendComma() }
            switch segment {
            case .key(let key): append(key)
            case .index(let index): append(index)
            }
        }
        endList()
    }
}
