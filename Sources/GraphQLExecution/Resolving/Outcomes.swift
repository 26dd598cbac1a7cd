public import GraphQLTypes
public import Reactor

/// What a resolver answers with: one outcome for each object it was asked about, in their order.
///
/// A list is begun, filled with outcomes, and ended; lists may stand in lists.
@EventLoop public struct Outcomes {
    let execution: Execution
    let field: PlannedField
    private let fieldIndex: Int32
    /// Where the outcomes go.
    private let column: Int
    /// How many outcomes have been given; a list counts when it ends.
    public private(set) var count = 0
    /// The items of lists that are not ended yet, and where each of those lists begins.
    private var openItems: [Place] = []
    private var openLists: [Int] = []

    init(_ execution: Execution, fieldIndex: Int32, column: Int) {
        self.execution = execution
        self.fieldIndex = fieldIndex
        self.column = column
        field = execution.plan.fields[Int(fieldIndex)]
    }

    /// An object of the field's type, which is an object type.
    public mutating func object(_ row: Int32) {
        add(execution.place(row, in: Int(field.child)))
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
        add(execution.place(row, in: selection))
    }

    public mutating func null() { add(.null) }

    /// A value that a loader was asked for: the resolver is asked again when it has come.
    public mutating func load(_ load: LoadReference) {
        let pending = PendingLoad(
            load: load, field: fieldIndex, column: Int32(truncatingIfNeeded: column),
            index: Int32(truncatingIfNeeded: execution.columns[column].count))
        add(.pending(execution.wait(for: pending)))
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

    public mutating func beginList() { openLists.append(openItems.count) }

    public mutating func endList() {
        guard let start = openLists.popLast() else {
            preconditionFailure("a list is begun before it is ended")
        }
        let list = execution.keepList(openItems[start...])
        openItems.removeSubrange(start...)
        add(list)
    }

    private mutating func add(_ place: Place) {
        if openLists.isEmpty {
            execution.columns[column].append(place)
            count += 1
        } else {
            openItems.append(place)
        }
    }
}
