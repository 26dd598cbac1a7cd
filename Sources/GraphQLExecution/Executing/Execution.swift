import Bytes
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
    /// Made when a field of introspection is resolved.
    private var introspection: IntrospectionResolvers?
    let variables: VariableValues
    let options: ExecutionOptions

    /// Objects, places, lists: plain values, borrowed from the pool until the response is written.
    let memory: UnsafeMutablePointer<ExecutionMemory>
    /// Fields of the root that may wait and have not begun.
    @exclusivity(unchecked) var rootFields: [Int32] = []
    @exclusivity(unchecked) private var failures: [any Error] = []
    private var fragmentBytes = ResponseWriter()
    /// The conditions that hold, one bit each.
    let activeConditions: UInt64
    /// The conditions that null stands in.
    private let nullConditions: UInt64
    @exclusivity(unchecked) private var arguments: [Result<[InputValue?], GraphQLError>?] = []
    @exclusivity(unchecked) var errors: [GraphQLError] = []
    /// How many errors came after as many as a response lists.
    var errorsLeftOut = 0
    /// What has been done: for traces, and for tests that count work.
    public var counters: ExecutionCounters { memory.pointee.counters }

    init(
        _ plan: Plan, resolvers: any Resolvers, variables: VariableValues,
        options: ExecutionOptions
    ) {
        self.plan = plan
        self.resolvers = resolvers
        self.variables = variables
        self.options = options
        memory = ExecutionMemoryPool.take()
        memory.pointee.prepare(for: plan)
        activeConditions = variables.activeConditions(of: plan)
        nullConditions = plan.conditions.isEmpty ? 0 : variables.nullConditions(of: plan)
    }

    /// The execution ends with its response.
    func free() { ExecutionMemoryPool.give(back: memory) }

    var introspecting: IntrospectionResolvers {
        if let introspection { return introspection }
        let made = IntrospectionResolvers(
            plan.schema, visibility: plan.access.flatMap { Visibility($0, plan.schema, resolvers) })
        introspection = made
        return made
    }

    /// Who writes the leaves of what has been resolved.
    var leafSources: LeafSources { LeafSources(program: resolvers, introspection: introspection) }

    /// The plan's fields that are active on objects of a selection, in the response's order.
    func fields(of selection: Int) -> ActiveFields {
        let planned = plan.selections[selection]
        guard planned.isGuarded else { return ActiveFields(planned.fields, nil) }
        let set = memory.pointee.sets.pointer(to: selection)
        if set.pointee.activeFields.start < 0 { findActiveFields(planned, set) }
        return ActiveFields(set.pointee.activeFields, memory)
    }

    private func findActiveFields(
        _ planned: PlannedSelection, _ set: UnsafeMutablePointer<ExecutionMemory.ObjectSet>
    ) {
        let start = memory.pointee.activeFields.count
        defer { set.pointee.activeFields = Extent(start..<memory.pointee.activeFields.count) }
        guard nullCondition(in: planned) == nil else { return }
        for contribution in plan.contributions[planned.contributions]
        where contribution.guards.hold(in: activeConditions) {
            let known = memory.pointee.activeFields.elements(from: start)
            if !known.contains(contribution.field) {
                memory.pointee.activeFields.append(contribution.field)
            }
        }
    }

    /// The condition that null stands in and that decides about one of these fields. Objects with
    /// such fields cannot be answered.
    func nullCondition(in planned: PlannedSelection) -> Condition? {
        guard nullConditions != 0, planned.isGuarded else { return nil }
        for contribution in plan.contributions[planned.contributions] {
            let asked = contribution.guards.required & ~activeConditions
            if asked != 0, asked & ~nullConditions == 0 {
                return plan.conditions[asked.trailingZeroBitCount]
            }
        }
        return nil
    }
}

/// What outcomes put down.
extension Execution {
    func keep(_ error: any Error) -> Int {
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
        memory.pointee.fragments.append(Extent(start..<fragmentBytes.bytes.count))
        return memory.pointee.fragments.count - 1
    }

    func appendFragment(_ index: Int, to response: inout ResponseWriter) {
        let fragment = memory.pointee.fragments[index]
        fragmentBytes.bytes.withUnsafeBytes { bytes in
            response.append(raw: UnsafeRawBufferPointer(rebasing: bytes[fragment.range]))
        }
    }
}

/// Arguments.
extension Execution {
    /// The values given to a field, in the order in which the schema lists its arguments; nil where
    /// one is not given and has no default.
    public func arguments(of field: PlannedField) -> [InputValue?] {
        if field.arguments >= 0, let list = plan.argumentLists[Int(field.arguments)].constants {
            return list
        }
        return (try? argumentValues(of: field).get()) ?? []
    }

    func argumentValues(of field: PlannedField) -> Result<[InputValue?], GraphQLError> {
        guard field.arguments >= 0 else { return .success([]) }
        let index = Int(field.arguments)
        let list = plan.argumentLists[index]
        if let constant = list.constant { return constant }
        if list.takesVariables, variables.isComplete { return .success(variables.values) }
        if arguments.isEmpty {
            arguments = Array(repeating: nil, count: plan.argumentLists.count)
        }
        if let known = arguments[index] { return known }
        let values = variables.arguments(list, of: plan)
        arguments[index] = values
        return values
    }
}

/// Fields by their places in a plan: neighbours, or a part of a list.
struct ActiveFields: Sequence, IteratorProtocol {
    private var position: Int32
    private let end: Int32
    private let list: UnsafeMutablePointer<ExecutionMemory>?

    init(_ extent: Extent, _ list: UnsafeMutablePointer<ExecutionMemory>?) {
        (position, end) = (extent.start, extent.end)
        self.list = list
    }

    @inline(__always) mutating func next() -> Int32? {
        guard position < end else { return nil }
        defer { position += 1 }
        guard let list else { return position }
        return list.pointee.activeFields[Int(position)]
    }
}

public struct ExecutionCounters: BitwiseCopyable, Hashable, Sendable {
    /// How often all waiting loads were sent out together.
    public var levels = 0
    public var batches = 0
    /// How often a field was resolved for a set of objects, and how many objects that were in all.
    public var resolvedSets = 0
    public var resolvedObjects = 0
}
