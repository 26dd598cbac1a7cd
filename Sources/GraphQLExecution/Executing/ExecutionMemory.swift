import Reactor

/// What an execution remembers of its objects: plain values in columns, kept for the next one.
struct ExecutionMemory {
    /// Of each selection.
    var sets = Column<ObjectSet>()
    /// What stands in each resolved field of each object.
    var columns = Column<Column<Place>>()
    /// The items of lists.
    var tape = Column<Place>()
    var pending = Column<PendingLoad>()
    /// Whether some pending load may have its answer.
    var mayHaveAnswers = false
    /// Selections with objects that have not been resolved.
    var ready = Column<Int32>()
    /// Of guarded selections: which fields are written.
    var activeFields = Column<Int32>()
    /// Where leaves that are written already stand.
    var fragments = Column<Extent>()
    /// Columns that are lent out for the length of a call.
    var sparePlaces = Column<Column<Place>>()
    var spareRows = Column<Column<Int32>>()
    /// Loads that have come back, while resolvers are asked about them.
    var waiting = Column<PendingLoad>()
    var answered = Column<PendingLoad>()
    var answeredLoads = Column<LoadReference>()
    /// How often it was used for little since it was last measured.
    var smallUses = 0
    /// How many errors have been reported.
    var errorCount = 0
    var counters = ExecutionCounters()

    /// The objects of one selection.
    struct ObjectSet: BitwiseCopyable {
        var rows = Column<Int32>()
        /// How many of them have been resolved.
        var resolvedCount = 0
        /// Whether some of its fields are resolved.
        var hasColumns = false
        /// Where its active fields stand, once they are known.
        var activeFields = unknown

        static let unknown = Extent(-1, -1)
    }

    /// Makes room for a plan's selections and columns.
    mutating func prepare(for plan: Plan) {
        while sets.count < plan.selections.count { sets.append(ObjectSet()) }
        for index in 0..<plan.selections.count {
            sets.pointer(to: index).pointee.hasColumns = plan.selections[index].hasColumns
        }
        // Behind the plan's columns stands the one that finished loads are put into.
        while columns.count < plan.columnCount + 1 { columns.append(Column()) }
    }

    /// Adds an object to a selection.
    mutating func place(_ row: Int32, in selection: Int32) -> Place {
        let set = sets.pointer(to: Int(selection))
        let count = set.pointee.rows.count
        if set.pointee.hasColumns, count == set.pointee.resolvedCount { ready.append(selection) }
        set.pointee.rows.append(row)
        return Place(selection: selection, index: Int32(truncatingIfNeeded: count))
    }

    /// Adds a list of objects to a selection.
    mutating func placeList(_ rows: Range<Int32>, in selection: Int32) -> Place {
        let list = tape.count
        tape.append(.count(rows.count))
        for row in rows { tape.append(place(row, in: selection)) }
        return .list(at: list)
    }

    mutating func wait(for load: PendingLoad) -> Place {
        pending.append(load)
        if load.load.isKnown { mayHaveAnswers = true }
        return .pending(pending.count - 1)
    }

    mutating func keepList(_ items: UnsafeBufferPointer<Place>) -> Place {
        let list = tape.count
        tape.append(.count(items.count))
        tape.append(items)
        for (offset, item) in items.enumerated() {
            guard case .pending(let index) = item.form else { continue }
            let load = pending.pointer(to: index)
            load.pointee.column = PendingLoad.tape
            load.pointee.index = Int32(truncatingIfNeeded: list + 1 + offset)
        }
        return .list(at: list)
    }

    mutating func takeSparePlaces() -> Column<Place> { sparePlaces.popLast() ?? Column() }

    mutating func giveBack(_ places: Column<Place>) {
        var places = places
        places.removeAll()
        sparePlaces.append(places)
    }

    mutating func takeSpareRows() -> Column<Int32> { spareRows.popLast() ?? Column() }

    mutating func giveBack(_ rows: Column<Int32>) {
        var rows = rows
        rows.removeAll()
        spareRows.append(rows)
    }

    /// Forgets everything but the memory.
    mutating func clear() {
        for index in 0..<sets.count {
            let set = sets.pointer(to: index)
            set.pointee.rows.removeAll()
            (set.pointee.resolvedCount, set.pointee.activeFields) = (0, ObjectSet.unknown)
        }
        for index in 0..<columns.count { columns.pointer(to: index).pointee.removeAll() }
        tape.removeAll()
        pending.removeAll()
        ready.removeAll()
        activeFields.removeAll()
        fragments.removeAll()
        mayHaveAnswers = false
        errorCount = 0
        counters = ExecutionCounters()
    }

    var byteCount: Int {
        var bytes = sets.byteCount + columns.byteCount + tape.byteCount + pending.byteCount
        bytes += activeFields.byteCount + fragments.byteCount + waiting.byteCount
        bytes += answered.byteCount + answeredLoads.byteCount + ready.byteCount
        for index in 0..<sets.count { bytes += sets[index].rows.byteCount }
        for index in 0..<columns.count { bytes += columns[index].byteCount }
        for index in 0..<sparePlaces.count { bytes += sparePlaces[index].byteCount }
        for index in 0..<spareRows.count { bytes += spareRows[index].byteCount }
        return bytes
    }

    mutating func free() {
        for index in 0..<sets.count { sets.pointer(to: index).pointee.rows.free() }
        for index in 0..<columns.count { columns.pointer(to: index).pointee.free() }
        for index in 0..<sparePlaces.count { sparePlaces.pointer(to: index).pointee.free() }
        for index in 0..<spareRows.count { spareRows.pointer(to: index).pointee.free() }
        sets.free()
        columns.free()
        sparePlaces.free()
        spareRows.free()
        tape.free()
        pending.free()
        ready.free()
        activeFields.free()
        fragments.free()
        waiting.free()
        answered.free()
        answeredLoads.free()
    }
}

/// The memory of executions that have ended, for those that begin.
@EventLoop enum ExecutionMemoryPool {
    @exclusivity(unchecked) private static var idle: [UnsafeMutablePointer<ExecutionMemory>] = []
    private static let maximumIdle = 16
    private static let maximumBytes = 1 << 20
    private static let manyObjects = 256
    private static let maximumSmallUses = 64

    static func take() -> UnsafeMutablePointer<ExecutionMemory> {
        if let memory = idle.popLast() { return memory }
        let memory = UnsafeMutablePointer<ExecutionMemory>.allocate(capacity: 1)
        memory.initialize(to: ExecutionMemory())
        return memory
    }

    static func give(back memory: UnsafeMutablePointer<ExecutionMemory>) {
        if idle.count < maximumIdle, isSmall(memory) {
            memory.pointee.clear()
            return idle.append(memory)
        }
        memory.pointee.free()
        memory.deinitialize(count: 1)
        memory.deallocate()
    }

    /// Measured after each large use, and now and then after small ones, which may add up.
    private static func isSmall(_ memory: UnsafeMutablePointer<ExecutionMemory>) -> Bool {
        memory.pointee.smallUses += 1
        let isMeasured =
            memory.pointee.counters.resolvedObjects > manyObjects
            || memory.pointee.smallUses > maximumSmallUses
        guard isMeasured else { return true }
        memory.pointee.smallUses = 0
        return memory.pointee.byteCount <= maximumBytes
    }
}
