/// What a walk does next.
@frozen public enum VisitStep: Sendable {
    case proceed
    /// Passes over what is below the node just entered; that node is not left either.
    case skip
    case stop
}

/// Sees the nodes of a document in the order of the source.
public protocol Visitor {
    /// `ancestors` are the indexes of the nodes around `node`, the document first.
    mutating func enter(_ node: Node, ancestors: [Int]) -> VisitStep

    /// Comes when all below `node` has been seen.
    mutating func leave(_ node: Node, ancestors: [Int]) -> VisitStep
}

extension Visitor {
    @inlinable public mutating func leave(_ node: Node, ancestors: [Int]) -> VisitStep { .proceed }
}

extension Document {
    /// Walks over `node`, or the whole document, and all below it. Returns whether the walk came to
    /// its end. O(nodes), without recursion.
    @inlinable @discardableResult
    public func walk(_ visitor: inout some Visitor, from node: Node? = nil) -> Bool {
        var index = node?.index ?? 0
        let end = Int(records[index].next)
        var ancestors: [Int] = []
        while index < end {
            guard leave(&ancestors, before: index, &visitor) else { return false }
            switch visitor.enter(self[index], ancestors: ancestors) {
            case .proceed:
                ancestors.append(index)
                index += 1
            case .skip: index = Int(records[index].next)
            case .stop: return false
            }
        }
        return leave(&ancestors, before: end, &visitor)
    }

    /// Leaves the nodes that end before `index`. Returns whether the walk goes on.
    @inlinable func leave(
        _ ancestors: inout [Int], before index: Int, _ visitor: inout some Visitor
    ) -> Bool {
        while let last = ancestors.last, Int(records[last].next) <= index {
            ancestors.removeLast()
            if visitor.leave(self[last], ancestors: ancestors) == .stop { return false }
        }
        return true
    }
}
