public import GraphQLTypes
public import Reactor

/// What a resolver answers with: one outcome for each object it was asked about, in their order.
///
/// A list is begun, filled with outcomes, and ended; lists may stand in lists.
@EventLoop public struct Outcomes {
    /// Whoever makes outcomes keeps it alive.
    private unowned(unsafe) let execution: Execution
    /// The execution's own, without asking for it each time.
    private let memory: UnsafeMutablePointer<ExecutionMemory>
    private let field: PlannedField
    private let fieldIndex: Int32
    /// Where the outcomes go.
    private let column: Int
    /// How many outcomes have been given; a list counts when it ends.
    public private(set) var count = 0
    /// The items of lists that are not ended yet, in a column lent by the execution. In front of a
    /// list's items stands where the one around it begins.
    private var openItems = Column<Place>()
    /// Where the innermost open list begins, or nothing outside of lists.
    private var openList = Outcomes.noList
    private static let noList = -1

    init(_ execution: Execution, fieldIndex: Int32, column: Int) {
        self.execution = execution
        memory = execution.memory
        self.fieldIndex = fieldIndex
        self.column = column
        field = execution.plan.fields[Int(fieldIndex)]
    }

    /// An object of the field's type, which is an object type.
    public mutating func object(_ row: Int32) {
        add(memory.pointee.place(row, in: field.child))
    }

    /// An object of `type`, which is one that the field's abstract type can be.
    public mutating func object(_ row: Int32, of type: TypeID) {
        guard field.child < 0 else { return object(row) }
        guard let selection = execution.plan.selection(of: type, in: field.child) else {
            return fail(
                GraphQLError(
                    """
                    Runtime Object type "\(execution.plan.schema.name(of: type))" is not a \
                    possible type for "\(execution.plan.schema.name(of: field.type.named))".
                    """))
        }
        add(memory.pointee.place(row, in: Int32(truncatingIfNeeded: selection)))
    }

    /// A list of objects of the field's type, whose rows are neighbours.
    public mutating func objects(_ rows: Range<Int32>) {
        add(memory.pointee.placeList(rows, in: field.child))
    }

    public mutating func null() { add(.null) }

    /// A value that a loader was asked for: the resolver is asked again when it has come.
    public mutating func load(_ load: LoadReference) {
        let pending = PendingLoad(
            load: load, field: fieldIndex, column: Int32(truncatingIfNeeded: column),
            index: Int32(truncatingIfNeeded: memory.pointee.columns[column].count))
        add(memory.pointee.wait(for: pending))
    }

    public mutating func fail(_ error: any Error) { add(.failure(execution.keep(error))) }

    /// A leaf: `write` appends its JSON, or returns false for null.
    public mutating func leaf(_ write: (inout ResponseWriter) throws -> Bool) {
        do {
            add(try execution.keepFragment(write).map { .fragment($0) } ?? .null)
        } catch {
            fail(error)
        }
    }

    public mutating func beginList() {
        if openItems.base == nil { openItems = memory.pointee.takeSparePlaces() }
        openItems.append(.list(at: openList))
        openList = openItems.count
    }

    public mutating func endList() {
        guard openList > 0, case .list(let outer) = openItems[openList - 1].form else {
            preconditionFailure("a list is begun before it is ended")
        }
        let list = memory.pointee.keepList(openItems.elements(from: openList))
        openItems.truncate(to: openList - 1)
        openList = outer
        add(list)
    }

    /// Ends answering: each object has its outcome.
    mutating func end(expecting objects: Int) {
        precondition(
            count == objects && openList == Outcomes.noList, "each object has one outcome")
        if openItems.base != nil { memory.pointee.giveBack(openItems) }
    }

    @inline(__always) private mutating func add(_ place: Place) {
        if openList == Outcomes.noList {
            memory.pointee.columns.pointer(to: column).pointee.append(place)
            count += 1
        } else {
            openItems.append(place)
        }
    }
}
