import GraphQLTypes
public import Reactor

/// Hears how far the loading of a request has come.
@EventLoop public protocol LoadingObserver: AnyObject {
    /// The loads of a level leave now. `isLast` if nothing below them is loaded, as far as the
    /// plan tells; a loader, or a root field that waits, may still ask for more.
    func levelBegins(isLast: Bool)
    /// Nothing more is loaded, however the request has ended.
    func loadingEnds()
}

extension Execution {
    func tellThatLevelBegins(_ observer: any LoadingObserver) {
        observer.levelBegins(isLast: rootFields.isEmpty && !mayLoadBelowPending)
    }

    private var mayLoadBelowPending: Bool {
        var known: Int32 = -1
        for index in 0..<memory.pointee.pending.count {
            let field = memory.pointee.pending[index].field
            // Neighbours mostly answer the same field.
            guard field != known else { continue }
            if mayLoad(below: plan.fields[Int(field)]) { return true }
            known = field
        }
        return false
    }

    private func mayLoad(below field: PlannedField) -> Bool {
        let type = field.type.named
        if plan.schema[type].kind.isLeaf { return false }
        if field.child >= 0 { return plan.selections[Int(field.child)].hasColumns }
        return plan.schema.possibleTypes(of: type).contains { object in
            plan.selection(of: object, in: field.child).map { plan.selections[$0].hasColumns }
                ?? false
        }
    }
}
