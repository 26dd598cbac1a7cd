import Bytes
import GraphQLLanguage
public import GraphQLTypes
public import Reactor

/// One run of a plan: what its objects are, level by level, and then the response.
///
/// First everything that must be resolved is, for whole sets of objects at a time: all that need
/// not wait runs ahead, then all loads that are left go out together, and so on until nothing
/// waits. Then the response is written front to back, leaves straight from their objects.
@EventLoop public final class Execution {
    public let plan: Plan
    public let resolvers: any Resolvers
    /// Made when a field of introspection is met.
    private(set) lazy var introspection = IntrospectionResolvers(plan.schema)
    let variables: VariableValues
    let options: ExecutionOptions

    /// The objects of each selection.
    var rows: [Column<Int32>]
    /// How many of those have been resolved.
    private var resolvedCounts: [Int]
    /// What stands in each resolved field of each object.
    var columns: [Column<Place>]
    /// The items of lists.
    var tape = Column<Place>()
    private var pending: [PendingLoad] = []
    private var failures: [any Error] = []
    private var fragments: [Range<Int>] = []
    private var fragmentBytes = ResponseWriter()
    /// Selections with objects that have not been resolved.
    private var ready: [Int32] = []
    /// The conditions that hold, one bit each.
    let activeConditions: UInt64
    /// Of guarded selections: which fields are written, once it is known.
    private var activeFields: [Int: [Int32]] = [:]
    private var arguments: [Result<[InputValue?], GraphQLError>?]
    var errors: [GraphQLError] = []
    /// What has been done: for traces, and for tests that count work.
    public private(set) var counters = ExecutionCounters()

    init(
        _ plan: Plan, resolvers: any Resolvers, variables: VariableValues,
        options: ExecutionOptions
    ) {
        self.plan = plan
        self.resolvers = resolvers
        self.variables = variables
        self.options = options
        rows = Array(repeating: Column(), count: plan.selections.count)
        resolvedCounts = Array(repeating: 0, count: plan.selections.count)
        // Behind the plan's columns stands the one that finished loads are put into.
        columns = Array(repeating: Column(), count: plan.columnCount + 1)
        arguments = Array(repeating: nil, count: plan.argumentLists.count)
        activeConditions = variables.activeConditions(of: plan)
    }

    /// Columns are freed by hand; the execution ends with its response.
    func free() {
        for index in rows.indices { rows[index].free() }
        for index in columns.indices { columns[index].free() }
        tape.free()
    }

    /// The root fields that may wait all begin, then the levels follow.
    func resolveRoot(_ row: Int32) async {
        _ = place(row, in: 0)
        let asynchronous = fields(of: 0).filter { plan.fields[Int($0)].road == .asynchronous }
        if !asynchronous.isEmpty { await resolveAsynchronously(asynchronous) }
        await resolveLevels()
    }

    /// The same where nothing waits and nothing is loaded.
    func resolveRootAtOnce(_ row: Int32) {
        _ = place(row, in: 0)
        precondition(advance() == nil, "nothing has to be waited for")
    }

    /// Makes the root an object whose fields are resolved one by one.
    func beginSerially(_ row: Int32) {
        rows[0].append(row)
        resolvedCounts[0] = 1
    }

    /// Resolves one field of the root, and all below it.
    func resolveSerially(_ field: Int32) async {
        if plan.fields[Int(field)].road == .asynchronous {
            await resolveAsynchronously(field)
        } else {
            resolveRootField(field)
        }
        await resolveLevels()
    }

    func resolveSeriallyAtOnce(_ field: Int32) {
        resolveRootField(field)
        precondition(advance() == nil, "nothing has to be waited for")
    }

    private func resolveRootField(_ field: Int32) {
        let planned = plan.fields[Int(field)]
        if planned.road == .resolved { resolve(field, planned, of: rows[0].elements(from: 0)) }
    }

    /// Resolves until nothing waits any more.
    func resolveLevels() async {
        while let batches = advance() {
            await options.dispatcher.dispatch(batches)
        }
    }

    /// Resolves all that need not wait, and returns what has to be loaded then, if anything has.
    private func advance() -> [any PendingBatch]? {
        repeat { resolveReady() } while finishAnswered()
        guard !pending.isEmpty else { return nil }
        if let reason = options.interruption() {
            fail(pendingBecause: reason)
            return nil
        }
        let batches = resolvers.loaders.takeBatches()
        precondition(!batches.isEmpty, "a load that has not come back is in a batch")
        counters.levels += 1
        counters.batches += batches.count
        return batches
    }

    /// Only one of them is the common case, and needs no task.
    private func resolveAsynchronously(_ fields: [Int32]) async {
        if fields.count == 1 { return await resolveAsynchronously(fields[0]) }
        await withDiscardingTaskGroup { group in
            for field in fields {
                let resolve: @Sendable @EventLoop () async -> Void = {
                    await self.resolveAsynchronously(field)
                }
                group.addTask(executorPreference: EventLoop.shared.executor) { await resolve() }
            }
        }
    }

    private func resolveAsynchronously(_ field: Int32) async {
        let planned = plan.fields[Int(field)]
        var outcomes = Outcomes(self, fieldIndex: field, column: Int(planned.column))
        if case .failure(let error) = argumentValues(of: planned) {
            outcomes.fail(error)
        } else {
            let row = rows[0][0]
            await resolvers.resolve(root: planned, of: row, in: self, into: &outcomes)
        }
        precondition(outcomes.count == 1, "a root field has one outcome")
    }
}

/// Resolving sets of objects.
extension Execution {
    private func resolveReady() {
        while let selection = ready.popLast() {
            let start = resolvedCounts[Int(selection)]
            resolvedCounts[Int(selection)] = rows[Int(selection)].count
            let rows = rows[Int(selection)].elements(from: start)
            for field in fields(of: Int(selection)) {
                let planned = plan.fields[Int(field)]
                if planned.road == .resolved { resolve(field, planned, of: rows) }
            }
        }
    }

    private func resolve(
        _ field: Int32, _ planned: PlannedField, of rows: UnsafeBufferPointer<Int32>
    ) {
        counters.resolvedSets += 1
        counters.resolvedObjects += rows.count
        let column = Int(planned.column)
        var outcomes = Outcomes(self, fieldIndex: field, column: column)
        if case .failure(let error) = argumentValues(of: planned) {
            for _ in rows { outcomes.fail(error) }
        } else {
            source(of: planned).resolve(planned, of: rows, in: self, into: &outcomes)
        }
        precondition(outcomes.count == rows.count, "each object has one outcome")
    }

    /// Asks again about the loads that have come back. Returns whether there were any.
    private func finishAnswered() -> Bool {
        let loaders = resolvers.loaders
        let waiting = pending
        var isAnswered = [Bool](repeating: false, count: waiting.count)
        for (index, load) in waiting.enumerated() {
            isAnswered[index] = loaders[load.load].isAnswered(load.load.slot)
        }
        guard isAnswered.contains(true) else { return false }
        pending = zip(waiting, isAnswered).filter { !$1 }.map(\.0)
        var start = 0
        while start < waiting.count {
            let field = waiting[start].field
            var end = start
            while end < waiting.count, waiting[end].field == field { end += 1 }
            let answered = (start..<end).filter { isAnswered[$0] }.map { waiting[$0] }
            if !answered.isEmpty { finish(field, answered) }
            start = end
        }
        return true
    }

    private func finish(_ field: Int32, _ answered: [PendingLoad]) {
        let planned = plan.fields[Int(field)]
        let column = columns.count - 1
        columns[column].removeAll()
        var outcomes = Outcomes(self, fieldIndex: field, column: column)
        answered.map(\.load).withUnsafeBufferPointer {
            source(of: planned).finish(planned, $0, in: self, into: &outcomes)
        }
        precondition(outcomes.count == answered.count, "each load has one outcome")
        for (index, load) in answered.enumerated() {
            put(columns[column][index], where: load)
        }
    }

    /// A resolver may answer a load with another one; then that one waits at the same place.
    private func put(_ place: Place, where load: PendingLoad) {
        if case .pending(let index) = place.form {
            pending[index].column = load.column
            pending[index].index = load.index
        }
        if load.column == PendingLoad.tape {
            tape[Int(load.index)] = place
        } else {
            columns[Int(load.column)][Int(load.index)] = place
        }
    }

    private func fail(pendingBecause reason: GraphQLError) {
        let failure = Place.failure(keepFailure(reason))
        let waiting = pending
        pending.removeAll()
        for load in waiting { put(failure, where: load) }
    }

    func source(of field: PlannedField) -> any Resolvers {
        let schema = plan.schema
        let isIntrospection =
            schema[field.parent].isIntrospection || field.field >= schema.schemaField
        return isIntrospection ? introspection : resolvers
    }

    /// The plan's fields that are active on objects of a selection, in the response's order.
    func fields(of selection: Int) -> ActiveFields {
        let planned = plan.selections[selection]
        guard planned.isGuarded else { return ActiveFields(planned.fields) }
        if let fields = activeFields[selection] { return ActiveFields(fields) }
        var fields: [Int32] = []
        for contribution in plan.contributions[planned.contributions]
        where contribution.guards.hold(in: activeConditions) {
            if !fields.contains(contribution.field) { fields.append(contribution.field) }
        }
        activeFields[selection] = fields
        return ActiveFields(fields)
    }
}

/// What outcomes put down.
extension Execution {
    /// Adds an object to a selection.
    func place(_ row: Int32, in selection: Int) -> Place {
        if plan.selections[selection].hasColumns,
            rows[selection].count == resolvedCounts[selection]
        {
            ready.append(Int32(truncatingIfNeeded: selection))
        }
        rows[selection].append(row)
        return Place(
            selection: Int32(truncatingIfNeeded: selection),
            index: Int32(truncatingIfNeeded: rows[selection].count - 1))
    }

    func wait(for load: PendingLoad) -> Int {
        pending.append(load)
        return pending.count - 1
    }

    func keep(_ error: any Error) -> Int { keepFailure(error) }

    private func keepFailure(_ error: any Error) -> Int {
        failures.append(error)
        return failures.count - 1
    }

    func failure(_ index: Int) -> any Error { failures[index] }

    /// Writes a leaf ahead of the response.
    func keepFragment(_ write: (inout ResponseWriter) throws -> Bool) throws -> Int? {
        let start = fragmentBytes.bytes.count
        do {
            guard try write(&fragmentBytes) else { return nil }
        } catch {
            fragmentBytes.bytes.truncate(to: start)
            throw error
        }
        fragments.append(start..<fragmentBytes.bytes.count)
        return fragments.count - 1
    }

    func appendFragment(_ index: Int, to response: inout ResponseWriter) {
        fragmentBytes.bytes.withUnsafeBytes { bytes in
            response.append(raw: UnsafeRawBufferPointer(rebasing: bytes[fragments[index]]))
        }
    }

    func keepList(_ items: ArraySlice<Place>) -> Place {
        let list = tape.count
        tape.append(.count(items.count))
        for item in items {
            if case .pending(let index) = item.form {
                pending[index].column = PendingLoad.tape
                pending[index].index = Int32(truncatingIfNeeded: tape.count)
            }
            tape.append(item)
        }
        return .list(at: list)
    }
}

/// Arguments.
extension Execution {
    /// The values given to a field, in the order in which the schema lists its arguments; nil where
    /// one is not given and has no default.
    public func arguments(of field: PlannedField) -> [InputValue?] {
        if case .success(let values) = argumentValues(of: field) { values } else { [] }
    }

    func argumentValues(of field: PlannedField) -> Result<[InputValue?], GraphQLError> {
        guard field.arguments >= 0 else { return .success([]) }
        let index = Int(field.arguments)
        let list = plan.argumentLists[index]
        if let constant = list.constant { return constant }
        if let known = arguments[index] { return known }
        let values = variables.arguments(list, of: plan)
        arguments[index] = values
        return values
    }
}

/// Fields by their places in a plan: neighbours, or a list.
struct ActiveFields: Sequence, IteratorProtocol {
    private var position: Int32
    private let end: Int32
    private var list: [Int32] = []

    init(_ range: Range<Int32>) { (position, end) = (range.lowerBound, range.upperBound) }

    init(_ list: [Int32]) {
        self.list = list
        (position, end) = (0, Int32(truncatingIfNeeded: list.count))
    }

    mutating func next() -> Int32? {
        guard position < end else { return nil }
        defer { position += 1 }
        return list.isEmpty ? position : list[Int(position)]
    }
}

public struct ExecutionCounters: Hashable, Sendable {
    /// How often all waiting loads were sent out together.
    public var levels = 0
    public var batches = 0
    /// How often a field was resolved for a set of objects, and how many objects that were in all.
    public var resolvedSets = 0
    public var resolvedObjects = 0
}
