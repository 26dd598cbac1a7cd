import GraphQLLanguage

/// What an operation and its fragments do with variables, for the rules that ask about all of it.
enum OperationVariables {
    /// After the walk, which has gathered where variables are used.
    static func check(_ validation: inout Validation) {
        guard !validation.usages.isEmpty || validation.hasVariables else { return }
        var reach = FragmentReach(count: validation.definitions.count)
        for index in validation.definitions.indices {
            let operation = validation.definitions[index]
            guard operation.isOperation,
                !validation.usages.isEmpty || hasVariables(operation.node, validation)
            else { continue }
            if isDecided(before: operation.node, validation) { return }
            reach.begin(index, validation)
            markVariables(operation.node, &validation)
            if !areSound(operation.node, reach.definitions, &validation) {
                report(operation.node, index, &validation)
            }
        }
    }

    /// Whether all errors of this operation and those behind it would be cut off.
    private static func isDecided(
        before operation: Int, _ validation: borrowing Validation
    ) -> Bool {
        let moment = Moment(leaving: operation, next: validation.records[operation].next)
        return validation.findings.isFull(.noUndefinedVariables, at: moment)
    }

    private static func hasVariables(_ node: Int, _ validation: borrowing Validation) -> Bool {
        validation.child(.variableDefinition, of: node) != nil
    }

    /// Marks the names of the operation's variables with their definitions.
    private static func markVariables(_ operation: Int, _ validation: inout Validation) {
        validation.names.beginRound()
        var child = operation + 1
        let end = validation.next(operation)
        while child < end {
            if validation.records[child].kind == .variableDefinition {
                let name = validation.names(validation.variable(of: child))
                validation.names.setMark(name, child)
            }
            child = validation.next(child)
        }
    }

    /// Whether none of the rules has something to say. A variable that is used is marked with the
    /// complement of its definition.
    private static func areSound(
        _ operation: Int, _ definitions: [Int], _ validation: inout Validation
    ) -> Bool {
        for definition in definitions {
            for index in validation.definitions[definition].usages {
                validation.work.variableSteps += 1
                let usage = validation.usages[index]
                let name = validation.names(usage.node)
                guard let mark = validation.names.mark(name) else { return false }
                let variable = mark < 0 ? ~mark : mark
                guard VariablesInAllowedPosition.isAllowed(usage, variable, validation)
                else { return false }
                validation.names.setMark(name, ~variable)
            }
        }
        return variables(of: operation, validation).allSatisfy {
            (validation.names.mark(validation.names(validation.variable(of: $0))) ?? 0) < 0
        }
    }

    private static func variables(
        of operation: Int, _ validation: borrowing Validation
    ) -> [Int] {
        guard hasVariables(operation, validation) else { return [] }
        return OperationDefinition(unchecked: validation.document[operation])
            .variableDefinitions.map(\.index)
    }

    private static func report(_ operation: Int, _ index: Int, _ validation: inout Validation) {
        markVariables(operation, &validation)
        var used = Set<Int>()
        for definition in validation.definitionsLevelByLevel(from: index) {
            for usage in validation.definitions[definition].usages {
                validation.work.variableSteps += 1
                let usage = validation.usages[usage]
                let name = validation.names(usage.node)
                used.insert(name)
                if let variable = validation.names.mark(name) {
                    VariablesInAllowedPosition.report(usage, variable, in: operation, &validation)
                } else {
                    NoUndefinedVariables.report(usage, in: operation, &validation)
                    // What is found after it stands behind it.
                    if validation.findings.isFull(.noUndefinedVariables) { return }
                }
            }
        }
        for variable in variables(of: operation, validation)
        where !used.contains(validation.names(validation.variable(of: variable))) {
            NoUnusedVariables.report(variable, in: operation, &validation)
        }
    }
}

/// The fragments that definitions reach through spreads.
struct FragmentReach {
    /// In which round a definition was reached last.
    private var rounds: [Int]
    private var round = 0
    /// Where the last round began, and the fragments it reached.
    private(set) var definitions: [Int] = []

    init(count: Int) { rounds = Array(repeating: 0, count: count) }

    mutating func begin(_ definition: Int, _ validation: borrowing Validation) {
        round += 1
        definitions.removeAll(keepingCapacity: true)
        definitions.append(definition)
        var next = 0
        while next < definitions.count {
            for spread in validation.definitions[definitions[next]].spreads {
                let node = Int(validation.spreads[spread])
                guard let fragment = validation.fragment(spreadAt: node),
                    rounds[fragment] != round
                else { continue }
                rounds[fragment] = round
                definitions.append(fragment)
            }
            next += 1
        }
    }
}

/// The order in which the reference implementation goes through fragments; errors stand in it.
extension Validation {
    /// The spreads in the operation or fragment at `node`: those of a selection set before those
    /// of the sets inside it, of which the last comes first.
    func spreadsLevelByLevel(_ node: Int) -> [Int] {
        var spreads: [Int] = []
        var waiting = [selectionSet(of: node)].compactMap { $0 }
        while let set = waiting.popLast() {
            var child = set + 1
            while child < next(set) {
                if records[child].kind == .fragmentSpread {
                    spreads.append(child)
                } else if let inner = selectionSet(of: child) {
                    waiting.append(inner)
                }
                child = next(child)
            }
        }
        return spreads
    }

    /// The definition and the fragments it reaches, each once.
    func definitionsLevelByLevel(from definition: Int) -> [Int] {
        var reached = [definition]
        var seen = Set<Int>()
        var waiting = [definition]
        while let definition = waiting.popLast() {
            for spread in spreadsLevelByLevel(definitions[definition].node) {
                guard let fragment = fragment(spreadAt: spread), seen.insert(fragment).inserted
                else { continue }
                reached.append(fragment)
                waiting.append(fragment)
            }
        }
        return reached
    }
}
