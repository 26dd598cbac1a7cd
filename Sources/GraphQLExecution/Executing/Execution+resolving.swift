import GraphQLTypes
import Reactor

/// Resolving sets of objects, level by level.
extension Execution {
    /// Makes the root an object; those of its fields that may wait leave with the first level.
    func placeRoot(_ row: Int32) {
        _ = memory.pointee.place(row, in: 0)
        for field in fields(of: 0) where plan.fields[Int(field)].road == .asynchronous {
            rootFields.append(field)
        }
    }

    /// Makes the root an object and resolves all below it, where nothing waits.
    func resolveRootAtOnce(_ row: Int32) {
        _ = memory.pointee.place(row, in: 0)
        precondition(advance() == nil, "nothing has to be waited for")
    }

    /// Makes the root an object whose fields are resolved one by one.
    func beginSerially(_ row: Int32) {
        let root = memory.pointee.sets.pointer(to: 0)
        root.pointee.rows.append(row)
        root.pointee.resolvedCount = 1
    }

    /// Resolves one field of the root, and all below it.
    func resolveSerially(_ field: Int32) async {
        if plan.fields[Int(field)].road == .asynchronous {
            if options.trace == nil {
                await resolveAsynchronously(field)
            } else {
                await resolveTraced(field)
            }
        } else {
            resolveRootField(field)
        }
        await resolveLevels()
    }

    private func resolveTraced(_ field: Int32) async {
        for batch in traced([RootField(self, field)]) { await batch.load() }
    }

    private func traced(_ batches: [any PendingBatch]) -> [any PendingBatch] {
        options.trace?.beginLevel(batches, of: resolvers.loaders) ?? batches
    }

    func resolveSeriallyAtOnce(_ field: Int32) {
        resolveRootField(field)
        precondition(advance() == nil, "nothing has to be waited for")
    }

    private func resolveRootField(_ field: Int32) {
        let planned = plan.fields[Int(field)]
        guard planned.road == .resolved else { return }
        resolve(field, planned, of: memory.pointee.sets[0].rows.elements(from: 0))
    }

    /// Resolves until nothing waits any more.
    private func resolveLevels() async {
        while let batches = advance() {
            await options.dispatcher.dispatch(batches)
        }
    }

    /// Resolves all that need not wait. Returns whether anything waits then.
    private func resolvesFurther() -> Bool {
        repeat { resolveReady() } while finishAnswered()
        return !memory.pointee.pending.isEmpty
    }

    /// Resolves all that need not wait, and returns what has to be waited for then, if anything
    /// has.
    func advance() -> [any PendingBatch]? {
        while resolvesFurther() || !rootFields.isEmpty {
            if let reason = options.interruption() {
                fail(pendingBecause: reason)
                return nil
            }
            let loaders = resolvers.loaders
            memory.pointee.mayHaveAnswers = true
            let fromMemory = loaders.loadFromMemory()
            memory.pointee.counters.batches += fromMemory
            guard fromMemory == 0 else { continue }
            if let observer = loaders.observer { tellThatLevelBegins(observer) }
            let batches = rootFields.map { RootField(self, $0) } + loaders.takeBatches()
            precondition(!batches.isEmpty, "a load that has not come back is in a batch")
            rootFields = []
            memory.pointee.counters.levels += 1
            memory.pointee.counters.batches += batches.count
            return traced(batches)
        }
        return nil
    }

    func resolveAsynchronously(_ field: Int32) async {
        let planned = plan.fields[Int(field)]
        var outcomes = Outcomes(self, fieldIndex: field, column: Int(planned.column))
        if let error = refusal(of: planned) {
            outcomes.fail(error)
        } else {
            let row = memory.pointee.sets[0].rows[0]
            await resolvers.resolve(root: planned, of: row, in: self, into: &outcomes)
        }
        outcomes.end(expecting: 1)
    }

    private func resolveReady() {
        while let selection = memory.pointee.ready.popLast() {
            let set = memory.pointee.sets.pointer(to: Int(selection))
            let start = set.pointee.resolvedCount
            set.pointee.resolvedCount = set.pointee.rows.count
            // Objects that resolvers add to this set may move it to other memory.
            var rows = memory.pointee.takeSpareRows()
            rows.append(set.pointee.rows.elements(from: start))
            for field in fields(of: Int(selection)) {
                let planned = plan.fields[Int(field)]
                if planned.road == .resolved { resolve(field, planned, of: rows.elements(from: 0)) }
            }
            memory.pointee.giveBack(rows)
        }
    }

    private func resolve(
        _ field: Int32, _ planned: PlannedField, of rows: UnsafeBufferPointer<Int32>
    ) {
        memory.pointee.counters.resolvedSets += 1
        memory.pointee.counters.resolvedObjects += rows.count
        var outcomes = Outcomes(self, fieldIndex: field, column: Int(planned.column))
        if let error = refusal(of: planned) {
            for _ in rows { outcomes.fail(error) }
        } else if planned.isIntrospection {
            introspecting.resolve(planned, of: rows, in: self, into: &outcomes)
        } else {
            resolvers.resolve(planned, of: rows, in: self, into: &outcomes)
        }
        outcomes.end(expecting: rows.count)
    }
}

/// Loads.
extension Execution {
    /// Asks again about the loads that have come back. Returns whether there were any.
    private func finishAnswered() -> Bool {
        guard memory.pointee.mayHaveAnswers else { return false }
        memory.pointee.mayHaveAnswers = false
        swap(&memory.pointee.pending, &memory.pointee.waiting)
        separateAnswered()
        let isAny = !memory.pointee.answered.isEmpty
        var start = 0
        while start < memory.pointee.answered.count { start = finishRun(from: start) }
        memory.pointee.waiting.removeAll()
        memory.pointee.answered.removeAll()
        return isAny
    }

    /// Those that have not come back wait on.
    private func separateAnswered() {
        let loaders = resolvers.loaders
        guard loaders.havePendingKeys else {
            return swap(&memory.pointee.answered, &memory.pointee.waiting)
        }
        for index in 0..<memory.pointee.waiting.count {
            let load = memory.pointee.waiting[index]
            if loaders[load.load].isAnswered(load.load.slot) {
                memory.pointee.answered.append(load)
            } else {
                memory.pointee.pending.append(load)
            }
        }
    }

    /// Finishes neighbours that answer the same field; returns where the next ones begin.
    private func finishRun(from start: Int) -> Int {
        let field = memory.pointee.answered[start].field
        var end = start
        memory.pointee.answeredLoads.removeAll()
        while end < memory.pointee.answered.count, memory.pointee.answered[end].field == field {
            memory.pointee.answeredLoads.append(memory.pointee.answered[end].load)
            end += 1
        }
        let planned = plan.fields[Int(field)]
        let column = memory.pointee.columns.count - 1
        memory.pointee.columns.pointer(to: column).pointee.removeAll()
        var outcomes = Outcomes(self, fieldIndex: field, column: column)
        resolvers.finish(
            planned, memory.pointee.answeredLoads.elements(from: 0), in: self, into: &outcomes)
        outcomes.end(expecting: end - start)
        for index in start..<end {
            let place = memory.pointee.columns[column][index - start]
            put(place, where: memory.pointee.answered[index])
        }
        return end
    }

    /// A resolver may answer a load with another one; then that one waits at the same place.
    private func put(_ place: Place, where load: PendingLoad) {
        if case .pending(let index) = place.form {
            let next = memory.pointee.pending.pointer(to: index)
            next.pointee.column = load.column
            next.pointee.index = load.index
        }
        if load.column == PendingLoad.tape {
            memory.pointee.tape[Int(load.index)] = place
        } else {
            memory.pointee.columns[Int(load.column)][Int(load.index)] = place
        }
    }

    private func fail(pendingBecause reason: GraphQLError) {
        let failure = Place.failure(keep(reason))
        for index in 0..<memory.pointee.pending.count {
            put(failure, where: memory.pointee.pending[index])
        }
        memory.pointee.pending.removeAll()
        for field in rootFields {
            let column = Int(plan.fields[Int(field)].column)
            memory.pointee.columns.pointer(to: column).pointee.append(failure)
        }
        rootFields = []
    }
}

/// A field of the root that may wait: it leaves with the loads of the first level.
@EventLoop private final class RootField: PendingBatch {
    private let execution: Execution
    private let field: Int32

    init(_ execution: Execution, _ field: Int32) {
        (self.execution, self.field) = (execution, field)
    }

    var origin: BatchOrigin {
        let (plan, schema) = (execution.plan, execution.plan.schema)
        let planned = plan.fields[Int(field)]
        return .rootField(
            responseName: plan.key(of: planned),
            coordinate: "\(schema.name(of: planned.parent)).\(schema.name(of: planned.field))")
    }

    var keyCount: Int { 1 }

    func load() async { await execution.resolveAsynchronously(field) }
}
