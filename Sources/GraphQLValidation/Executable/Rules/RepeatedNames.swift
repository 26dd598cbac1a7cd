import GraphQLLanguage

/// Names that should be different.
enum RepeatedNames {
    /// The children of `node` of a kind, gathered where several have the same name, in the order
    /// in which the names come first. Nothing is made when all names differ. For a variable's
    /// definition stands its variable.
    static func among(
        _ kind: NodeKind, of node: Int, _ validation: inout Validation
    ) -> [[Int]] {
        validation.names.beginRound()
        var groups: [[Int]] = []
        var child = node + 1
        let end = validation.next(node)
        while child < end {
            if validation.records[child].kind == kind {
                let isVariable = kind == .variableDefinition
                add(isVariable ? validation.variable(of: child) : child, &groups, &validation)
            }
            child = validation.next(child)
        }
        return groups.isEmpty ? groups : groups.sorted { $0[0] < $1[0] }
    }

    /// A name is first marked with the complement of its node, then with its group.
    private static func add(_ node: Int, _ groups: inout [[Int]], _ validation: inout Validation) {
        let name = validation.names(node)
        guard let mark = validation.names.mark(name) else {
            validation.names.setMark(name, ~node)
            return
        }
        if mark < 0 {
            validation.names.setMark(name, groups.count)
            groups.append([~mark, node])
        } else {
            groups[mark].append(node)
        }
    }
}
