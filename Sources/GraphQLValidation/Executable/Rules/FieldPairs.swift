import GraphQLLanguage
import GraphQLTypes

/// Compares fields pair by pair to say which conflict and why.
///
/// The fields of a selection set, with its inline fragments, are compared among each other; then
/// with those of each fragment that it spreads; then those of each two fragments that it spreads.
/// Comparing two fields means comparing what they select in the same way. What was compared before
/// is not compared again.
struct FieldPairs {
    /// A selection set, without what its fragments spread.
    struct FieldMap {
        struct Field {
            let node: Int
            /// The type that it is selected on; negative if there is none.
            let parent: Int32
        }

        /// In the order in which the names come.
        var names: [Int] = []
        var fields: [Int: [Field]] = [:]
        /// The names of fragments it spreads, each once, as one of their spreads.
        var spreads: [Int] = []
    }

    indirect enum Reason {
        case text(String)
        /// Of fields below: the response name, and why they conflict.
        case subfields([(name: String, reason: Reason)])
    }

    struct Conflict {
        let name: String
        let reason: Reason
        let left: [Int]
        let right: [Int]
    }

    private struct Pair: Hashable {
        let left: Int
        let right: Int
    }

    /// How many pairs of fields are said to conflict; many can be in one message.
    private static let maximumConflicts = 2_000
    /// How many calls may be inside each other.
    private static let maximumNesting = 300

    private var maps: [Int: FieldMap] = [:]
    /// Whether two fragments were compared only as what cannot both be there.
    private var comparedFragments: [Pair: Bool] = [:]
    /// The same for the fields of a selection set and a fragment.
    private var comparedFields: [Pair: Bool] = [:]
    private var nesting = 0
    private var conflictCount = 0
    private let comparisonLimit: Int
    /// Whether something was left out because it was too much.
    private var isExhausted = false

    init(comparisonLimit: Int) { self.comparisonLimit = comparisonLimit }

    mutating func checkAll(_ validation: inout Validation) {
        validation.work.comparisons = 0
        var hasConflict = false
        for node in validation.records.indices
        where validation.records[node].kind == .selectionSet && !isExhausted
            && !validation.findings.isFull(
                .overlappingFieldsCanBeMerged, at: Moment(entering: node))
        {
            for conflict in conflicts(within: node, &validation) {
                hasConflict = true
                report(conflict, at: node, &validation)
            }
        }
        if isExhausted, !hasConflict { reportTooMuch(&validation) }
    }

    private func report(_ conflict: Conflict, at node: Int, _ validation: inout Validation) {
        let nodes = conflict.left + conflict.right
        validation.report(
            .overlappingFieldsCanBeMerged, entering: node, at: nodes.map { validation.start($0) },
            "Fields \"\(conflict.name)\" conflict because \(text(conflict.reason)). Use different "
                + "aliases on the fields to fetch both if this was intentional.")
    }

    /// Nobody writes such a document, unless to keep a server busy.
    private func reportTooMuch(_ validation: inout Validation) {
        validation.report(
            .overlappingFieldsCanBeMerged, entering: 0, at: [],
            "Fields overlap too often to find out whether they can be merged.")
    }

    private func text(_ reason: Reason) -> String {
        switch reason {
        case .text(let text): text
        case .subfields(let reasons):
            reasons.map { "subfields \"\($0.name)\" conflict because \(text($0.reason))" }
                .joined(separator: " and ")
        }
    }
}

/// Selection sets and fragments.
extension FieldPairs {
    private mutating func conflicts(
        within set: Int, _ validation: inout Validation
    ) -> [Conflict] {
        let map = map(of: set, validation)
        var conflicts: [Conflict] = []
        for name in map.names {
            let fields = map.fields[name] ?? []
            for (index, left) in fields.enumerated() {
                for right in fields[(index + 1)...] {
                    compare(name, left, right, false, &conflicts, &validation)
                    if isExhausted { return conflicts }
                }
            }
        }
        for (index, spread) in map.spreads.enumerated() {
            compare(set, withFragmentAt: spread, false, &conflicts, &validation)
            for other in map.spreads[(index + 1)...] {
                compare(fragmentAt: spread, other, false, &conflicts, &validation)
                if isExhausted { return conflicts }
            }
        }
        return conflicts
    }

    private mutating func compare(
        sets left: Int, _ right: Int, _ areExclusive: Bool, _ conflicts: inout [Conflict],
        _ validation: inout Validation
    ) {
        compare(maps: left, right, areExclusive, &conflicts, &validation)
        let leftSpreads = map(of: left, validation).spreads
        let rightSpreads = map(of: right, validation).spreads
        for spread in rightSpreads {
            compare(left, withFragmentAt: spread, areExclusive, &conflicts, &validation)
        }
        for spread in leftSpreads {
            compare(right, withFragmentAt: spread, areExclusive, &conflicts, &validation)
        }
        for left in leftSpreads {
            for right in rightSpreads {
                compare(fragmentAt: left, right, areExclusive, &conflicts, &validation)
                if isExhausted { return }
            }
        }
    }

    /// Compares the fields of a selection set with a fragment and with all that it spreads.
    private mutating func compare(
        _ set: Int, withFragmentAt spread: Int, _ areExclusive: Bool,
        _ conflicts: inout [Conflict], _ validation: inout Validation
    ) {
        let pair = Pair(left: set, right: validation.names(spread))
        guard isNew(pair, areExclusive, \.comparedFields, &validation),
            let fragmentSet = selectionSet(spreadAt: spread, validation), fragmentSet != set
        else { return }
        nesting += 1
        compare(maps: set, fragmentSet, areExclusive, &conflicts, &validation)
        for inner in map(of: fragmentSet, validation).spreads {
            compare(set, withFragmentAt: inner, areExclusive, &conflicts, &validation)
        }
        nesting -= 1
    }

    /// Compares two fragments and all that they spread.
    private mutating func compare(
        fragmentAt left: Int, _ right: Int, _ areExclusive: Bool,
        _ conflicts: inout [Conflict], _ validation: inout Validation
    ) {
        let (leftName, rightName) = (validation.names(left), validation.names(right))
        guard leftName != rightName else { return }
        let pair = Pair(left: min(leftName, rightName), right: max(leftName, rightName))
        guard isNew(pair, areExclusive, \.comparedFragments, &validation),
            let leftSet = selectionSet(spreadAt: left, validation),
            let rightSet = selectionSet(spreadAt: right, validation)
        else { return }
        nesting += 1
        compare(maps: leftSet, rightSet, areExclusive, &conflicts, &validation)
        for inner in map(of: rightSet, validation).spreads {
            compare(fragmentAt: left, inner, areExclusive, &conflicts, &validation)
        }
        for inner in map(of: leftSet, validation).spreads {
            compare(fragmentAt: inner, right, areExclusive, &conflicts, &validation)
        }
        nesting -= 1
    }

    /// What was compared as what can both be there, need not be compared in any way again.
    private mutating func isNew(
        _ pair: Pair, _ areExclusive: Bool, _ compared: WritableKeyPath<FieldPairs, [Pair: Bool]>,
        _ validation: inout Validation
    ) -> Bool {
        countComparison(&validation)
        if isExhausted { return false }
        if let before = self[keyPath: compared][pair], areExclusive || !before { return false }
        self[keyPath: compared][pair] = areExclusive
        return true
    }

    private mutating func countComparison(_ validation: inout Validation) {
        validation.work.comparisons += 1
        if validation.work.comparisons > comparisonLimit || nesting > Self.maximumNesting {
            isExhausted = true
        }
    }

    private func selectionSet(spreadAt spread: Int, _ validation: borrowing Validation) -> Int? {
        guard let fragment = validation.fragment(spreadAt: spread) else { return nil }
        return validation.selectionSet(of: validation.definitions[fragment].node)
    }
}

/// Fields.
extension FieldPairs {
    private mutating func compare(
        maps left: Int, _ right: Int, _ areExclusive: Bool, _ conflicts: inout [Conflict],
        _ validation: inout Validation
    ) {
        let (leftMap, rightMap) = (map(of: left, validation), map(of: right, validation))
        for name in leftMap.names {
            guard let rightFields = rightMap.fields[name] else { continue }
            for left in leftMap.fields[name] ?? [] {
                for right in rightFields {
                    compare(name, left, right, areExclusive, &conflicts, &validation)
                    if isExhausted { return }
                }
            }
        }
    }

    private mutating func compare(
        _ name: Int, _ left: FieldMap.Field, _ right: FieldMap.Field, _ parentsAreExclusive: Bool,
        _ conflicts: inout [Conflict], _ validation: inout Validation
    ) {
        countComparison(&validation)
        if isExhausted { return }
        let areExclusive =
            parentsAreExclusive
            || left.parent != right.parent && validation.isObject(left.parent)
                && validation.isObject(right.parent)
        if let reason = ownReason(left.node, right.node, areExclusive, &validation) {
            conflicts.append(
                Conflict(
                    name: responseName(left.node, validation), reason: .text(reason),
                    left: [left.node], right: [right.node]))
            conflictCount += 1
            if conflictCount >= Self.maximumConflicts { isExhausted = true }
            return
        }
        guard let leftSet = validation.selectionSet(of: left.node),
            let rightSet = validation.selectionSet(of: right.node)
        else { return }
        var below: [Conflict] = []
        nesting += 1
        compare(sets: leftSet, rightSet, areExclusive, &below, &validation)
        nesting -= 1
        guard !below.isEmpty else { return }
        conflicts.append(
            Conflict(
                name: responseName(left.node, validation),
                reason: .subfields(below.map { (name: $0.name, reason: $0.reason) }),
                left: [left.node] + below.flatMap(\.left),
                right: [right.node] + below.flatMap(\.right)))
    }

    /// Why two fields conflict whatever is below them.
    private func ownReason(
        _ left: Int, _ right: Int, _ areExclusive: Bool, _ validation: inout Validation
    ) -> String? {
        if !areExclusive {
            if validation.names(left) != validation.names(right) {
                return "\"\(validation.text(left))\" and \"\(validation.text(right))\" are "
                    + "different fields"
            }
            if !validation.haveSameArguments(left, right) { return "they have differing arguments" }
        }
        guard let leftType = validation.mergeType(left),
            let rightType = validation.mergeType(right),
            !validation.haveSameShape(leftType, rightType)
        else { return nil }
        let schema = validation.schema
        return "they return conflicting types \"\(schema.text(of: leftType))\" and "
            + "\"\(schema.text(of: rightType))\""
    }

    private func responseName(_ node: Int, _ validation: borrowing Validation) -> String {
        let hasAlias = validation.records[node].flags.contains(.hasAlias)
        return validation.text(hasAlias ? node + 1 : node)
    }

    private mutating func map(of set: Int, _ validation: borrowing Validation) -> FieldMap {
        if let map = maps[set] { return map }
        var map = FieldMap()
        var spreadNames = Set<Int>()
        var ranges = [(parent: validation.fact(set), nodes: set + 1..<validation.next(set))]
        while let (parent, nodes) = ranges.popLast() {
            guard let node = nodes.first else { continue }
            ranges.append((parent, validation.next(node)..<nodes.upperBound))
            switch validation.records[node].kind {
            case .field:
                let name = validation.responseName(node)
                if map.fields[name] == nil { map.names.append(name) }
                map.fields[name, default: []].append(.init(node: node, parent: parent))
            case .fragmentSpread:
                if spreadNames.insert(validation.names(node)).inserted { map.spreads.append(node) }
            default:
                if let inner = validation.selectionSet(of: node) {
                    ranges.append((validation.fact(inner), inner + 1..<validation.next(inner)))
                }
            }
        }
        maps[set] = map
        return map
    }
}
