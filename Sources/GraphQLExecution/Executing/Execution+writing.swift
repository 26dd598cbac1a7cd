import Bytes
import GraphQLLanguage
import GraphQLTypes
import Reactor

/// Writing the response.
///
/// Each function returns false when a null has to move to the position around; what it has written
/// then is taken away by whoever can be null. No paths are kept: when something has failed, each
/// position on the way out adds its own step to the errors from below it.
extension Execution {
    /// The objects around an object stand on the stack, too.
    static var maximumDepth: Int { 2_000 }

    func writeObject(
        _ selection: Int, _ index: Int, depth: Int, from sources: LeafSources,
        into response: inout ResponseWriter
    ) -> Bool {
        if refuses(selection) { return false }
        response.append(raw: "{")
        var isFirst = true
        for field in fields(of: selection) {
            guard
                writeField(
                    Int(field), of: selection, index, isFirst: isFirst, depth: depth,
                    from: sources, into: &response)
            else { return false }
            isFirst = false
        }
        response.append(raw: "}")
        return true
    }

    /// Reports what makes it impossible to say which fields an object has.
    func refuses(_ selection: Int) -> Bool {
        guard let condition = nullCondition(in: plan.selections[selection]) else { return false }
        let node = plan.operation.document[Int(condition.node)]
        append(
            GraphQLError(
                "Argument \"if\" of non-null type \"Boolean!\" must not be null.",
                breaking: "REQUIRED", at: [.key("if")],
                locations: [node.location]))
        return true
    }

    /// One key of an object, with its value.
    func writeField(
        _ index: Int, of selection: Int, _ object: Int, isFirst: Bool, depth: Int,
        from sources: LeafSources, into response: inout ResponseWriter
    ) -> Bool {
        let field = plan.fields[index]
        let key = Extent(field.keyStart + (isFirst ? 1 : 0), field.keyEnd)
        response.bytes.append(short: plan.keys[key])
        switch field.road {
        case .typeName:
            let name = plan.typeNames[plan.selections[selection].typeName]
            response.append(raw: UnsafeRawBufferPointer(name))
            return true
        case .written:
            let row = memory.pointee.sets.pointer(to: selection).pointee.rows[object]
            return writeLeaf(field, of: row, from: sources, into: &response)
        case .resolved, .asynchronous:
            let known = memory.pointee.errorCount
            let place = memory.pointee.columns.pointer(to: Int(field.column)).pointee[object]
            let isWritten = complete(
                place, field.type, field, depth, from: sources, into: &response)
            if memory.pointee.errorCount > known {
                addStep(.key(plan.key(of: field)), toErrorsFrom: known)
            }
            return isWritten
        }
    }

    private func writeLeaf(
        _ field: PlannedField, of row: Int32, from sources: LeafSources,
        into response: inout ResponseWriter
    ) -> Bool {
        let start = response.bytes.count
        let known = memory.pointee.errorCount
        do {
            if let error = refusal(of: field) { throw error }
            if try sources.write(field, of: row, in: self, into: &response) {
                return true
            }
            if !field.type.isNonNull {
                response.appendNull()
                return true
            }
            report(nullError(field), at: field)
        } catch {
            response.bytes.truncate(to: start)
            report(error, at: field)
        }
        addStep(.key(plan.key(of: field)), toErrorsFrom: known)
        if field.type.isNonNull { return false }
        response.appendNull()
        return true
    }

    /// ```
    /// CompleteValue(fieldType, fields, result, variableValues)
    /// ```
    private func complete(
        _ place: Place, _ type: WrappedType, _ field: PlannedField, _ depth: Int,
        from sources: LeafSources, into response: inout ResponseWriter
    ) -> Bool {
        let start = response.bytes.count
        if case .null = place.form {
            if type.isNonNull { report(nullError(field), at: field) }
        } else if completeNullable(
            place, type.nullable, field, depth, from: sources, into: &response)
        {
            return true
        }
        if type.isNonNull { return false }
        response.bytes.truncate(to: start)
        response.appendNull()
        return true
    }

    /// Returns false when the position is null because of an error.
    private func completeNullable(
        _ place: Place, _ type: WrappedType, _ field: PlannedField, _ depth: Int,
        from sources: LeafSources, into response: inout ResponseWriter
    ) -> Bool {
        switch place.form {
        case .object(let selection, let index):
            guard depth < Self.maximumDepth else {
                report(
                    GraphQLError("Objects nest deeper than \(Self.maximumDepth)."), at: field)
                return false
            }
            return writeObject(
                selection, index, depth: depth + 1, from: sources, into: &response)
        case .list(let list):
            return writeList(list, type.unwrapped, field, depth, from: sources, into: &response)
        case .fragment(let fragment):
            appendFragment(fragment, to: &response)
            return true
        case .failure(let index):
            report(failure(index), at: field)
            return false
        case .null, .pending:
            preconditionFailure("a null is not completed, nor is anything while loads are out")
        }
    }

    private func writeList(
        _ list: Int, _ item: WrappedType, _ field: PlannedField, _ depth: Int,
        from sources: LeafSources, into response: inout ResponseWriter
    ) -> Bool {
        response.beginList()
        let count = Int(memory.pointee.tape[list].index)
        for index in 0..<count {
            if index > 0 { response.appendComma() }
            let known = memory.pointee.errorCount
            let place = memory.pointee.tape[list + 1 + index]
            let isWritten = complete(place, item, field, depth, from: sources, into: &response)
            if memory.pointee.errorCount > known { addStep(.index(index), toErrorsFrom: known) }
            guard isWritten else { return false }
        }
        response.endList()
        return true
    }
}

/// Who writes leaves: handed down through a response, as asking for it at each object would cost
/// more than writing one.
@EventLoop struct LeafSources {
    let program: any Resolvers
    let introspection: IntrospectionResolvers?

    @inline(__always) func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        if field.isIntrospection, let introspection {
            return try introspection.write(field, of: row, in: execution, into: &response)
        }
        return try program.write(field, of: row, in: execution, into: &response)
    }
}

/// Errors.
extension Execution {
    private func nullError(_ field: PlannedField) -> GraphQLError {
        let parent = plan.schema.name(of: field.parent)
        let name = plan.schema.name(of: field.field)
        return GraphQLError("Cannot return null for non-nullable field \(parent).\(name).")
    }

    /// Reports an error at all nodes that asked for the field, unless it knows its own.
    private func report(_ error: any Error, at field: PlannedField) {
        guard hasRoomForError() else { return }
        var presented = options.present(error)
        if presented.locations.isEmpty {
            var seen = Set<Int32>()
            for node in plan.nodes[field.nodes]
            where node.guards.hold(in: activeConditions) && seen.insert(node.node).inserted {
                presented.locations.append(plan.operation.document[Int(node.node)].location)
            }
        }
        presented.path = presented.path.reversed()
        append(presented)
    }

    /// Counts an error that there is no room for.
    private func hasRoomForError() -> Bool {
        if errors.count < options.maximumErrors { return true }
        errorsLeftOut += 1
        return false
    }

    private func append(_ error: GraphQLError) {
        guard hasRoomForError() else { return }
        errors.append(error)
        memory.pointee.errorCount += 1
    }

    /// Reports an error of a field of the root, which is not written.
    func reportAtRoot(_ error: any Error, _ field: PlannedField) {
        let known = memory.pointee.errorCount
        report(error, at: field)
        addStep(.key(plan.key(of: field)), toErrorsFrom: known)
    }

    /// The errors as the response lists them; the last one says how many there are besides.
    func takeErrors() -> [GraphQLError] {
        var listed = errors.map { error in
            var error = error
            error.path.reverse()
            return error
        }
        if errorsLeftOut > 0 {
            let errors = errorsLeftOut == 1 ? "error is" : "errors are"
            listed.append(
                GraphQLError(
                    """
                    Too many errors: \(errorsLeftOut) more \(errors) not listed. Ask for less at \
                    once to see them.
                    """, code: .tooManyErrors))
        }
        return listed
    }

    /// Errors carry their path from the inside to the outside until the response is written.
    private func addStep(_ step: PathSegment, toErrorsFrom first: Int) {
        for index in first..<errors.count { errors[index].path.append(step) }
    }
}
