import Bytes
public import GraphQLTypes
import Reactor

/// Mutations of which all fields count, or none.
extension Executor {
    /// Nothing of an attempt that does not count is answered, unless it was the last.
    static func executeTogether(
        _ plan: Plan, _ root: Int32, _ resolvers: any Resolvers,
        _ transaction: any OperationTransaction, _ variables: VariableValues,
        _ options: ExecutionOptions
    ) async -> Response {
        let execution = Execution(
            plan, resolvers: resolvers, variables: variables, options: options)
        let response = await execution.runTogether(root, transaction)
        guard response.errorCount > 0, let resolvers = await transaction.again(),
            let next = resolvers.loaders.transaction
        else { return response }
        return await executeTogether(plan, root, resolvers, next, variables, options)
    }
}

extension Execution {
    /// Resolves the root's fields one by one, up to the first that fails. Nothing is answered
    /// before the transaction has ended.
    func runTogether(_ row: Int32, _ transaction: any OperationTransaction) async -> Response {
        var writer = beginResponse()
        let failed = await runUntilFailure(row, into: &writer)
        resolvers.loaders.observer?.loadingEnds()
        guard memory.pointee.errorCount == 0 else {
            let end = await transaction.rollBack()
            if let failed { writeUndone(besides: failed, into: &writer) }
            return response(endResponse(writer), at: end)
        }
        finishResponse(&writer)
        let end: TransactionEnd
        do {
            end = try await transaction.commit(writer.bytes.array())
        } catch {
            writeUndone(because: error, into: &writer)
            return endResponse(writer)
        }
        let counters = counters
        free()
        return response(
            Response(bytes: writer.take(), errorCount: 0, counters: counters), at: end)
    }

    /// Returns the field that has failed.
    private func runUntilFailure(_ row: Int32, into writer: inout ResponseWriter) async -> Int32? {
        if refuses(0) {
            appendNullData(to: &writer)
            return nil
        }
        beginSerially(row)
        var isFirst = true
        for field in fields(of: 0) {
            await resolveSerially(field)
            let isWritten = writeRootField(field, &isFirst, into: &writer)
            guard isWritten, memory.pointee.errorCount == 0 else { return field }
        }
        writer.append(raw: isFirst ? "{}" : "}")
        return nil
    }

    private func response(_ resolved: consuming Response, at end: TransactionEnd) -> Response {
        switch end {
        case .asResolved: return resolved
        case .asBefore(let bytes):
            var buffer = ByteBuffer(capacity: bytes.count)
            buffer.append(bytes)
            return Response(bytes: buffer, errorCount: 0, counters: resolved.counters)
        case .refused(let error): return Response(requestErrors: [error])
        }
    }

    // MARK: What was undone

    /// Says of all fields but the one that has failed, and has said so, that they do not count.
    private func writeUndone(besides failed: Int32, into writer: inout ResponseWriter) {
        let name = plan.key(of: plan.fields[Int(failed)])
        var isBehind = false
        for field in fields(of: 0) where plan.fields[Int(field)].road != .typeName {
            if field == failed {
                isBehind = true
                continue
            }
            let what = isBehind ? "was not begun" : "was undone"
            reportAtRoot(
                GraphQLError("This \(what), as \"\(name)\" has failed.", code: .undone),
                plan.fields[Int(field)])
        }
        writeNulls(into: &writer)
    }

    /// All fields had succeeded, but not all together.
    private func writeUndone(because error: any Error, into writer: inout ResponseWriter) {
        let presented = options.present(error)
        for field in fields(of: 0) where plan.fields[Int(field)].road != .typeName {
            reportAtRoot(presented, plan.fields[Int(field)])
        }
        writeNulls(into: &writer)
    }

    private func writeNulls(into writer: inout ResponseWriter) {
        appendNullData(to: &writer)
        let isNull = fields(of: 0).contains {
            plan.fields[Int($0)].type.isNonNull && plan.fields[Int($0)].road != .typeName
        }
        guard !isNull else { return }
        writer.bytes.truncate(to: Self.dataKey.utf8CodeUnitCount)
        writer.append(raw: "{")
        var isFirst = true
        for index in fields(of: 0) {
            let field = plan.fields[Int(index)]
            if field.road == .typeName {
                _ = writeField(
                    Int(index), of: 0, 0, isFirst: isFirst, depth: 0, from: leafSources,
                    into: &writer)
            } else {
                let start = field.keyStart + (isFirst ? 1 : 0)
                writer.bytes.append(short: plan.keys[Extent(start, field.keyEnd)])
                writer.appendNull()
            }
            isFirst = false
        }
        writer.append(raw: "}")
    }
}

extension ErrorCode {
    /// It was not done, or undone, because something beside it has failed.
    public static let undone = ErrorCode(rawValue: "UNDONE")
}
