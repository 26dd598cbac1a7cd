import GraphQLLanguage
import GraphQLTypes

/// What fragments hold, with all that they spread: the fields by their response names.
///
/// Most fragments are met once or twice, and going through them is fastest. Those that are met
/// again and again are gone through once more and kept here; whoever meets them then only asks for
/// the names that it has itself.
struct KeptFragments {
    /// How often a fragment is gone through before it is kept.
    private static let meetingsBefore = 4

    /// By fragment: how often it was met.
    private var meetings: [Int]
    /// By fragment and name: the first of its entries.
    private var firsts: [Int: [Int: Int]] = [:]
    private var entries: [MergeSearch.Entry] = []

    init(count: Int) { meetings = Array(repeating: 0, count: count) }

    /// Counts that a fragment is met. Returns whether it is kept.
    mutating func meets(_ fragment: Int, _ set: Int, _ validation: inout Validation) -> Bool {
        meetings[fragment] += 1
        guard meetings[fragment] > Self.meetingsBefore else { return false }
        if firsts[fragment] == nil { keep(fragment, set, &validation) }
        return true
    }

    /// The first entry with a response name in a fragment that is kept, or -1.
    func first(named name: Int, in fragment: Int) -> Int { firsts[fragment]?[name] ?? -1 }

    subscript(entry: Int) -> MergeSearch.Entry { entries[entry] }

    private mutating func keep(_ fragment: Int, _ set: Int, _ validation: inout Validation) {
        var known: [Int: Int] = [:]
        var reached: Set = [fragment]
        var sets = [set]
        while let set = sets.popLast() {
            var node = set + 1
            while node < validation.next(set) {
                validation.work.mergeSteps += 1
                switch validation.records[node].kind {
                case .field: add(node, on: validation.fact(set), &known, validation)
                case .inlineFragment:
                    if let inner = validation.selectionSet(of: node) { sets.append(inner) }
                default:
                    if let spread = validation.fragment(spreadAt: node),
                        reached.insert(spread).inserted,
                        let inner = validation.selectionSet(of: validation.definitions[spread].node)
                    {
                        sets.append(inner)
                    }
                }
                node = validation.next(node)
            }
        }
        firsts[fragment] = known
    }

    /// Of leaves on one type one is enough: whether they are the same is found out elsewhere.
    private mutating func add(
        _ field: Int, on parent: Int32, _ known: inout [Int: Int],
        _ validation: borrowing Validation
    ) {
        let name = validation.responseName(field)
        let first = known[name]
        if let first, entries[first].parent == parent,
            !validation.records[field].flags.contains(.hasSelectionSet),
            !validation.records[entries[first].field].flags.contains(.hasSelectionSet)
        {
            return
        }
        known[name] = entries.count
        entries.append(MergeSearch.Entry(field: field, parent: parent, next: first ?? -1))
    }
}
