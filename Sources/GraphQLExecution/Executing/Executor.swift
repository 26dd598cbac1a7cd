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
        if plan.operationType == .mutation, let transaction = resolvers.loaders.transaction {
            return await executeTogether(
                plan, root, resolvers, transaction, variables, options)
        }
        let execution = Execution(
            plan, resolvers: resolvers, variables: variables, options: options)
        var writer = execution.beginResponse()
        if plan.operationType == .mutation {
            await execution.runSerially(root, into: &writer)
            resolvers.loaders.observer?.loadingEnds()
        } else {
            execution.placeRoot(root)
            while let batches = execution.advance() { await options.dispatcher.dispatch(batches) }
            resolvers.loaders.observer?.loadingEnds()
            execution.writeRoot(into: &writer)
        }
        return execution.endResponse(writer)
    }

    /// The same for resolvers that neither wait nor load.
    package static func executeAtOnce(
        _ plan: Plan, root: Int32 = 0, resolvers: any Resolvers, variables: VariableValues,
        options: ExecutionOptions = ExecutionOptions()
    ) -> Response {
        let execution = Execution(
            plan, resolvers: resolvers, variables: variables, options: options)
        var writer = execution.beginResponse()
        if plan.operationType == .mutation {
            execution.runSeriallyAtOnce(root, into: &writer)
        } else {
            execution.resolveRootAtOnce(root)
            execution.writeRoot(into: &writer)
        }
        return execution.endResponse(writer)
    }
}

/// The parts of a response around its fields.
extension Execution {
    static let dataKey: StaticString = #"{"data":"#

    func beginResponse() -> ResponseWriter {
        var writer = ResponseWriter(capacity: Response.firstCapacity)
        writer.append(raw: Self.dataKey)
        return writer
    }

    func writeRoot(into writer: inout ResponseWriter) {
        if !writeObject(0, 0, depth: 0, from: leafSources, into: &writer) {
            appendNullData(to: &writer)
        }
    }

    /// In place of the data, of which the root could not be kept.
    func appendNullData(to writer: inout ResponseWriter) {
        writer.bytes.truncate(to: Self.dataKey.utf8CodeUnitCount)
        writer.appendNull()
    }

    func endResponse(_ writer: consuming ResponseWriter) -> Response {
        var writer = writer
        finishResponse(&writer)
        let (errorCount, counters) = (memory.pointee.errorCount, counters)
        free()
        return Response(bytes: writer.take(), errorCount: errorCount, counters: counters)
    }

    /// Writes what stands behind the data.
    func finishResponse(_ writer: inout ResponseWriter) {
        if memory.pointee.errorCount > 0 {
            writer.append(raw: #","errors":"#)
            writer.append(errors: takeErrors(), withCodes: options.writesCodes)
        }
        writer.append(extensions: options.extensions)
        writer.append(raw: "}")
    }

    /// ```
    /// ExecuteRootSelectionSet(..., serial)
    /// ```
    /// Each field is resolved, loaded and written before the next begins. One that leaves null
    /// where none may be ends the operation.
    func runSerially(_ row: Int32, into writer: inout ResponseWriter) async {
        if refuses(0) { return appendNullData(to: &writer) }
        beginSerially(row)
        var isFirst = true
        for field in fields(of: 0) {
            await resolveSerially(field)
            guard writeRootField(field, &isFirst, into: &writer) else { return }
        }
        writer.append(raw: isFirst ? "{}" : "}")
    }

    func runSeriallyAtOnce(_ row: Int32, into writer: inout ResponseWriter) {
        if refuses(0) { return appendNullData(to: &writer) }
        beginSerially(row)
        var isFirst = true
        for field in fields(of: 0) {
            resolveSeriallyAtOnce(field)
            guard writeRootField(field, &isFirst, into: &writer) else { return }
        }
        writer.append(raw: isFirst ? "{}" : "}")
    }

    /// Returns false if the data has become null.
    func writeRootField(
        _ field: Int32, _ isFirst: inout Bool, into writer: inout ResponseWriter
    ) -> Bool {
        if isFirst { writer.append(raw: "{") }
        let isWritten = writeField(
            Int(field), of: 0, 0, isFirst: isFirst, depth: 0, from: leafSources, into: &writer)
        guard isWritten else {
            appendNullData(to: &writer)
            return false
        }
        isFirst = false
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

    mutating func append(extensions: [ResponseExtension]) {
        guard !extensions.isEmpty else { return }
        append(raw: #","extensions":{"#)
        for (index, entry) in extensions.enumerated() {
            if index > 0 { appendComma() }
            append(raw: "\"")
            append(raw: entry.key)
            append(raw: "\":")
            entry.write(&self)
        }
        append(raw: "}")
    }

    /// The `errors` of a response.
    package mutating func append(errors: [GraphQLError], withCodes: Bool = true) {
        beginList()
        for (index, error) in errors.enumerated() {
            if index > 0 { appendComma() }
            bytes.append(error, withCode: withCodes)
        }
        endList()
    }
}
