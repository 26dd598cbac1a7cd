import GraphQLLanguage
import GraphQLTypes

/// ```
/// FieldsInSetCanMerge(set)
/// ```
/// Looks for any conflict at all. Selection sets whose fields are merged are gone through
/// together: their fields are put into groups by response name, each group is compared with its
/// first field, and what the fields of a group select is merged in turn.
struct MergeSearch {
    /// Selection sets that are merged: a range of `sets`.
    private struct Merge {
        let sets: Range<Int>
        /// The fields around cannot both be there, so that only shapes have to agree.
        let isShapeOnly: Bool
        /// Every fragment is gone through, also one that is kept.
        var isWhole = false
    }

    struct Entry {
        let field: Int
        /// The type that the field is selected on; negative if there is none.
        let parent: Int32
        /// The next one with the same response name.
        var next = -1
    }

    /// A key of what has been gone through; equal keys are equal merges.
    private struct MergeKey: Hashable {
        let sets: [Int]
        let isShapeOnly: Bool
    }

    private var waiting: [Merge] = []
    private var sets: [Int] = []
    private var entries: [Entry] = []
    /// The first and the last entry of each response name, in the order of the names.
    private var groups: [(first: Int, last: Int, count: Int)] = []
    private var setsToCollect: [Int] = []
    /// Selection sets that were gone through alone.
    private var isDone: [Bool] = []
    private var merged = Set<MergeKey>()
    /// In which merge a fragment was collected last.
    private var collected: [Int] = []
    private var kept = KeptFragments(count: 0)
    /// The fragments of a merge that are kept, and were not gone through.
    private var keptOnes: [Int] = []
    private var mergeCount = 0
    private var hasConflict = false
    private let stepLimit: Int

    init(stepLimit: Int) { self.stepLimit = stepLimit }

    /// Whether there is surely no conflict.
    mutating func provesMergeable(_ validation: inout Validation) -> Bool {
        isDone = Array(repeating: false, count: validation.records.count)
        collected = Array(repeating: 0, count: validation.definitions.count)
        kept = KeptFragments(count: validation.definitions.count)
        entries.reserveCapacity(32)
        groups.reserveCapacity(32)
        // What operations spread need not be looked at alone any more.
        return goThrough(operations: true, &validation)
            && goThrough(operations: false, &validation)
    }

    private mutating func goThrough(operations: Bool, _ validation: inout Validation) -> Bool {
        for definition in validation.definitions where definition.isOperation == operations {
            guard let set = validation.selectionSet(of: definition.node) else { continue }
            addOne(set, isShapeOnly: false)
            while let merge = waiting.popLast() {
                guard go(through: merge, &validation) else { return false }
            }
            sets.removeAll(keepingCapacity: true)
        }
        return true
    }

    private mutating func add(_ merged: [Int], isShapeOnly: Bool, isWhole: Bool = false) {
        let start = sets.count
        sets += merged
        waiting.append(
            Merge(sets: start..<sets.count, isShapeOnly: isShapeOnly, isWhole: isWhole))
    }

    private mutating func go(through merge: Merge, _ validation: inout Validation) -> Bool {
        guard begin(merge, validation) else { return true }
        mergeCount += 1
        validation.names.beginRound()
        entries.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        setsToCollect += sets[merge.sets]
        while let set = setsToCollect.popLast() {
            // All fields of a fragment are compared as part of this merge.
            if !merge.isShapeOnly { isDone[set] = true }
            collect(set, isWhole: merge.isWhole, &validation)
        }
        addKeptOnes(isShapeOnly: merge.isShapeOnly, &validation)
        for group in groups {
            if group.count == 1 {
                if let set = validation.selectionSet(of: entries[group.first].field) {
                    addOne(set, isShapeOnly: merge.isShapeOnly)
                }
            } else {
                compare(group.first, isShapeOnly: merge.isShapeOnly, &validation)
            }
            if hasConflict { return false }
        }
        return validation.work.mergeSteps < stepLimit
    }

    /// Whether the merge is new. Sets that stand alone are remembered apart, because nearly all do.
    private mutating func begin(_ merge: Merge, _ validation: borrowing Validation) -> Bool {
        if merge.sets.count == 1, !merge.isShapeOnly {
            let set = sets[merge.sets.lowerBound]
            if isDone[set] { return false }
            isDone[set] = true
            return true
        }
        let key = MergeKey(
            sets: Set(sets[merge.sets]).sorted(), isShapeOnly: merge.isShapeOnly)
        return merged.insert(key).inserted
    }

    private mutating func addOne(_ set: Int, isShapeOnly: Bool) {
        if !isShapeOnly, isDone[set] { return }
        sets.append(set)
        waiting.append(Merge(sets: sets.count - 1..<sets.count, isShapeOnly: isShapeOnly))
    }
}

/// Collecting.
extension MergeSearch {
    private mutating func collect(
        _ set: Int, isWhole: Bool, _ validation: inout Validation
    ) {
        let parent = validation.fact(set)
        var node = set + 1
        let end = validation.next(set)
        while node < end {
            let record = validation.records[node]
            validation.work.mergeSteps += 1
            switch record.kind {
            case .field: addField(node, on: parent, &validation)
            case .inlineFragment:
                if let inner = validation.selectionSet(of: node) { setsToCollect.append(inner) }
            default: collect(spread: node, isWhole: isWhole, &validation)
            }
            node = Int(record.next)
        }
    }

    /// A fragment is collected once for each merge.
    private mutating func collect(
        spread: Int, isWhole: Bool, _ validation: inout Validation
    ) {
        guard let fragment = validation.fragment(spreadAt: spread),
            collected[fragment] != mergeCount,
            let set = validation.selectionSet(of: validation.definitions[fragment].node)
        else { return }
        collected[fragment] = mergeCount
        if !isWhole, kept.meets(fragment, set, &validation) {
            keptOnes.append(fragment)
        } else {
            setsToCollect.append(set)
        }
    }

    /// Adds what kept fragments have of the names that were collected. Whether they go together
    /// among each other is a merge of its own, which other merges with the same ones share.
    private mutating func addKeptOnes(isShapeOnly: Bool, _ validation: inout Validation) {
        guard !keptOnes.isEmpty else { return }
        for index in groups.indices {
            let name = validation.responseName(entries[groups[index].first].field)
            for fragment in keptOnes {
                var next = kept.first(named: name, in: fragment)
                while next >= 0 {
                    validation.work.mergeSteps += 1
                    let entry = kept[next]
                    append(Entry(field: entry.field, parent: entry.parent), toGroup: index)
                    next = entry.next
                }
            }
        }
        let sets = keptOnes.compactMap {
            validation.selectionSet(of: validation.definitions[$0].node)
        }
        add(sets, isShapeOnly: isShapeOnly, isWhole: true)
        keptOnes.removeAll(keepingCapacity: true)
    }

    private mutating func addField(
        _ field: Int, on parent: Int32, _ validation: inout Validation
    ) {
        let name = validation.responseName(field)
        let entry = Entry(field: field, parent: parent)
        if let group = validation.names.mark(name) {
            append(entry, toGroup: group)
        } else {
            validation.names.setMark(name, groups.count)
            groups.append((first: entries.count, last: entries.count, count: 1))
            entries.append(entry)
        }
    }

    private mutating func append(_ entry: Entry, toGroup group: Int) {
        entries[groups[group].last].next = entries.count
        groups[group].last = entries.count
        groups[group].count += 1
        entries.append(entry)
    }
}

/// Comparing.
extension MergeSearch {
    /// Compares the entries of a group, and merges what they select.
    private mutating func compare(
        _ first: Int, isShapeOnly: Bool, _ validation: inout Validation
    ) {
        guard haveSameShape(first, &validation) else { return hasConflict = true }
        if isShapeOnly {
            return merge(first, isShapeOnly: true, validation) { _ in true }
        }
        var parents = Set<Int32>()
        var general: Int?
        eachEntry(first) { entry in
            if validation.isObject(entry.parent) {
                parents.insert(entry.parent)
            } else if general == nil {
                general = entry.field
            }
        }
        guard areSame(first, general, &validation) else { return hasConflict = true }
        if parents.count < 2 {
            return merge(first, isShapeOnly: false, validation) { _ in true }
        }
        // Objects of different types never meet, so what is below them needs only the same shape.
        merge(first, isShapeOnly: true, validation) { _ in true }
        for parent in parents {
            merge(first, isShapeOnly: false, validation) { entry in
                entry.parent == parent || general != nil && !validation.isObject(entry.parent)
            }
        }
    }

    private func eachEntry(_ first: Int, _ body: (Entry) -> Void) {
        var index = first
        while index >= 0 {
            body(entries[index])
            index = entries[index].next
        }
    }

    private func haveSameShape(_ first: Int, _ validation: inout Validation) -> Bool {
        var type: WrappedType?
        var index = first
        while index >= 0 {
            validation.work.mergeSteps += 1
            if let other = validation.mergeType(entries[index].field) {
                if let type, !validation.haveSameShape(type, other) { return false }
                if type == nil { type = other }
            }
            index = entries[index].next
        }
        return true
    }

    /// Whether all fields that can meet have one name and the same arguments. A field that is
    /// `general`, not on an object type, can meet all others.
    private func areSame(
        _ first: Int, _ general: Int?, _ validation: inout Validation
    ) -> Bool {
        var representatives: [Int32: Int] = [:]
        var index = first
        while index >= 0 {
            let entry = entries[index]
            let other = general ?? representatives[entry.parent]
            if let other {
                guard validation.haveSameNameAndArguments(other, entry.field) else { return false }
            } else {
                representatives[entry.parent] = entry.field
            }
            index = entry.next
        }
        return true
    }

    private mutating func merge(
        _ first: Int, isShapeOnly: Bool, _ validation: borrowing Validation,
        where isIncluded: (Entry) -> Bool
    ) {
        var below: [Int] = []
        var index = first
        while index >= 0 {
            if isIncluded(entries[index]),
                let set = validation.selectionSet(of: entries[index].field)
            {
                below.append(set)
            }
            index = entries[index].next
        }
        if !below.isEmpty { add(below, isShapeOnly: isShapeOnly) }
    }
}
