/// A sum of weights that stays within what is exact in JSON, and never falls below nothing.
struct Cost: Hashable {
    private(set) var value: Double

    static let maximum = Cost(9_007_199_254_740_991)
    static let zero = Cost(0)

    init(_ value: Double) {
        self.value = min(max(value, -9_007_199_254_740_991), 9_007_199_254_740_991)
    }

    static func + (left: Cost, right: Cost) -> Cost { Cost(left.value + right.value) }
    static func += (left: inout Cost, right: Cost) { left = left + right }
    static func * (left: Cost, right: Double) -> Cost { Cost(left.value * right) }
}

/// What a selection set costs: part of it once for each item of the list that the field around it
/// says the size of.
struct SelectionCost: Hashable {
    var fixed = Cost.zero
    var perItem = Cost.zero

    static func += (left: inout SelectionCost, right: SelectionCost) {
        left.fixed += right.fixed
        left.perItem += right.perItem
    }

    static let maximum = SelectionCost(fixed: .maximum, perItem: .zero)
}
