import GraphQLLanguage
import GraphQLTypes

/// Whether fields are given the same arguments, in whatever order.
extension Validation {
    mutating func haveSameNameAndArguments(_ left: Int, _ right: Int) -> Bool {
        work.comparisons += 1
        return left == right || names(left) == names(right) && haveSameArguments(left, right)
    }

    mutating func haveSameArguments(_ left: Int, _ right: Int) -> Bool {
        let hasArguments = records[left].flags.contains(.hasArguments)
        guard hasArguments == records[right].flags.contains(.hasArguments) else { return false }
        return !hasArguments
            || areEqual(children(.argument, of: left), children(.argument, of: right))
    }

    private func children(_ kind: NodeKind, of node: Int) -> [Int] {
        var children: [Int] = []
        var child = node + 1
        while child < next(node) {
            if records[child].kind == kind { children.append(child) }
            child = next(child)
        }
        return children
    }

    /// Named values are compared in the order of their names.
    private mutating func areEqual(_ left: [Int], _ right: [Int]) -> Bool {
        guard left.count == right.count else { return false }
        var (left, right) = (left, right)
        if !zip(left, right).allSatisfy({ names($0) == names($1) }) {
            left = sortedByName(left)
            right = sortedByName(right)
        }
        for (left, right) in zip(left, right) {
            guard names(left) == names(right), areEqual(valuesAt: left + 1, right + 1)
            else { return false }
        }
        return true
    }

    private func sortedByName(_ nodes: [Int]) -> [Int] {
        let named = nodes.map { (name: names($0), node: $0) }
        return named.sorted { ($0.name, $0.node) < ($1.name, $1.node) }.map(\.node)
    }

    /// Values are equal when they are printed alike.
    private mutating func areEqual(valuesAt left: Int, _ right: Int) -> Bool {
        work.comparisons += 1
        guard records[left].kind == records[right].kind else { return false }
        switch records[left].kind {
        case .variable, .enumValue: return names(left) == names(right)
        case .booleanValue: return records[left].detail == records[right].detail
        case .nullValue: return true
        case .intValue, .floatValue: return haveEqualText(left, right)
        case .stringValue: return haveEqualText(left, right) || areEqualStrings(left, right)
        case .listValue: return areEqualLists(left, right)
        default:
            return areEqual(children(.objectField, of: left), children(.objectField, of: right))
        }
    }

    private mutating func areEqualLists(_ left: Int, _ right: Int) -> Bool {
        var (first, second) = (left + 1, right + 1)
        while first < next(left), second < next(right) {
            guard areEqual(valuesAt: first, second) else { return false }
            first = next(first)
            second = next(second)
        }
        return first == next(left) && second == next(right)
    }

    private func haveEqualText(_ left: Int, _ right: Int) -> Bool {
        let (left, right) = (records[left], records[right])
        return UnsafeBufferPointer(
            start: source + Int(left.start), count: Int(left.end - left.start)
        )
        .elementsEqual(
            UnsafeBufferPointer(
                start: source + Int(right.start), count: Int(right.end - right.start)))
    }

    private func areEqualStrings(_ left: Int, _ right: Int) -> Bool {
        let left = StringLiteral(unchecked: document[left])
        let right = StringLiteral(unchecked: document[right])
        return left.isBlock == right.isBlock && left.bytes == right.bytes
    }
}
