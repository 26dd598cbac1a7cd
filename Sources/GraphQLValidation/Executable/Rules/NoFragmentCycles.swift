import GraphQLLanguage

/// Section 5.5.2.2: no fragment spreads itself, directly or through others.
enum NoFragmentCycles {
    /// After the walk.
    static func check(_ validation: inout Validation) {
        guard mayHaveCycle(validation) else { return }
        var search = CycleSearch()
        for definition in validation.definitions where !definition.isOperation {
            let moment = Moment(entering: definition.node)
            if validation.findings.isFull(.noFragmentCycles, at: moment) { return }
            search.follow(definition.node, &validation)
        }
    }

    /// Takes away the fragments that spread nothing that is left; in a cycle some always is.
    private static func mayHaveCycle(_ validation: borrowing Validation) -> Bool {
        let count = validation.definitions.count
        guard count > validation.operationCount, !validation.spreads.isEmpty else { return false }
        // Fragments of one name hide each other here.
        if validation.uniqueFragmentNames.hasRepeated { return true }
        var spreadsLeft = [Int](repeating: 0, count: count)
        var spreaders = [[Int]](repeating: [], count: count)
        var done: [Int] = []
        for (index, definition) in validation.definitions.enumerated() {
            for spread in definition.spreads where !definition.isOperation {
                let node = Int(validation.spreads[spread])
                guard let fragment = validation.fragment(spreadAt: node) else { continue }
                spreadsLeft[index] += 1
                spreaders[fragment].append(index)
            }
            if spreadsLeft[index] == 0 { done.append(index) }
        }
        var left = count
        while let fragment = done.popLast() {
            left -= 1
            for spreader in spreaders[fragment] {
                spreadsLeft[spreader] -= 1
                if spreadsLeft[spreader] == 0 { done.append(spreader) }
            }
        }
        return left > 0
    }
}

/// Follows spreads, depth first, each fragment once, and reports each spread that leads back to a
/// fragment on the way.
private struct CycleSearch {
    private struct Step {
        let name: Int
        let spreads: [Int]
        var next = 0
    }

    private var visited = Set<Int>()
    /// The spreads on the way.
    private var path: [Int] = []
    /// Where on the way a fragment begins, by its name.
    private var pathIndexes: [Int: Int] = [:]
    private var steps: [Step] = []

    mutating func follow(_ fragment: Int, _ validation: inout Validation) {
        begin(fragment, validation)
        while let step = steps.last, !validation.findings.isFull(.noFragmentCycles) {
            guard step.next < step.spreads.count else {
                pathIndexes[step.name] = nil
                steps.removeLast()
                if !steps.isEmpty { path.removeLast() }
                continue
            }
            steps[steps.count - 1].next += 1
            follow(spread: step.spreads[step.next], from: fragment, &validation)
        }
    }

    private mutating func follow(
        spread: Int, from fragment: Int, _ validation: inout Validation
    ) {
        validation.work.cycleSteps += 1
        path.append(spread)
        if let start = pathIndexes[validation.names(spread)] {
            report(Array(path[start...]), from: fragment, &validation)
        } else if let next = validation.fragment(spreadAt: spread),
            begin(validation.definitions[next].node, validation)
        {
            return
        }
        path.removeLast()
    }

    /// Returns whether there is something to follow.
    @discardableResult
    private mutating func begin(_ fragment: Int, _ validation: borrowing Validation) -> Bool {
        let name = validation.names(fragment)
        guard visited.insert(name).inserted else { return false }
        let spreads = validation.spreadsLevelByLevel(fragment)
        guard !spreads.isEmpty else { return false }
        pathIndexes[name] = path.count
        steps.append(Step(name: name, spreads: spreads))
        return true
    }

    private func report(
        _ cycle: [Int], from fragment: Int, _ validation: inout Validation
    ) {
        guard let last = cycle.last else { return }
        let via = cycle.dropLast().map { "\"\(validation.text($0))\"" }
        validation.report(
            .noFragmentCycles, entering: fragment, at: cycle.map { validation.start($0) },
            "Cannot spread fragment \"\(validation.text(last))\" within itself"
                + (via.isEmpty ? "." : " via \(via.joined(separator: ", "))."))
    }
}
