import GraphQLLanguage
import GraphQLTypes

/// Measures a document against its limits, and looks whether it ends at all: rules that follow
/// fragments would follow a cycle again and again. One pass over the nodes, one over the spreads.
struct LimitCheck {
    /// What is counted in an operation or fragment, without what it spreads.
    private struct Measure {
        var depth = Reach(depth: 0, node: 0)
        /// The fragments it spreads, each with the depth at which they begin.
        var spreads: [(fragment: Int, at: Reach)] = []
    }

    /// How deep fields nest, and the node where that is so.
    private struct Reach {
        var depth: Int
        var node: Int
    }

    private let limits: QueryLimits
    /// Where the fields end that the count is in, and the selection sets that wait for it.
    private var ends: [Int] = []
    private var waiting: [Int] = []
    private var measures: [Measure] = []
    private var aliases = 0
    private var directives = 0
    /// The first one that is too much.
    private var alias = 0
    private var directive = 0
    /// Whether a definition spreads fragments that come back to themselves.
    private var isEndless: [Bool] = []

    /// Returns the limits that the document does not keep.
    static func check(_ limits: QueryLimits, _ validation: inout Validation) -> [GraphQLError] {
        var check = LimitCheck(limits)
        let tooLarge = check.sizeErrors(validation)
        guard tooLarge.isEmpty else { return tooLarge }
        for definition in validation.definitions {
            check.measure(definition.node, &validation)
        }
        let errors =
            check.countErrors(validation) + check.depthErrors(&validation)
            + check.rootFieldErrors(&validation)
        return errors.isEmpty ? check.cycleErrors(validation) : errors
    }

    private init(_ limits: QueryLimits) { self.limits = limits }

    private func error(
        _ what: String, _ found: Int, _ limit: Int, at node: Int?,
        _ validation: borrowing Validation
    ) -> GraphQLError {
        GraphQLError(
            "The document has \(found) \(what), which is more than the limit of \(limit).",
            locations: node.map { [validation.document[$0].location] } ?? [],
            code: .validationFailed)
    }

    private func sizeErrors(_ validation: borrowing Validation) -> [GraphQLError] {
        var errors: [GraphQLError] = []
        let document = validation.document
        if document.source.count > limits.maximumDocumentBytes {
            let limit = limits.maximumDocumentBytes
            errors.append(error("bytes", document.source.count, limit, at: nil, validation))
        }
        if document.tokenCount > limits.maximumTokens {
            let limit = limits.maximumTokens
            errors.append(error("tokens", document.tokenCount, limit, at: nil, validation))
        }
        if validation.operationCount > limits.maximumOperations {
            let operations = validation.definitions.filter(\.isOperation)
            let node = operations[limits.maximumOperations].node
            let limit = limits.maximumOperations
            errors.append(error("operations", operations.count, limit, at: node, validation))
        }
        return errors
    }
}

/// Counting.
extension LimitCheck {
    private mutating func measure(_ definition: Int, _ validation: inout Validation) {
        var measure = Measure()
        ends.removeAll(keepingCapacity: true)
        for node in definition + 1..<validation.next(definition) {
            validation.work.limitSteps += 1
            while let end = ends.last, end <= node { ends.removeLast() }
            let record = validation.records[node]
            switch record.kind {
            case .field:
                ends.append(Int(record.next))
                if ends.count > measure.depth.depth {
                    measure.depth = Reach(depth: ends.count, node: node)
                }
            case .fragmentSpread:
                if let fragment = validation.fragment(spreadAt: node) {
                    measure.spreads.append((fragment, Reach(depth: ends.count, node: node)))
                }
            case .alias:
                aliases += 1
                if aliases == limits.maximumAliases + 1 { alias = node }
            case .directive:
                directives += 1
                if directives == limits.maximumDirectives + 1 { directive = node }
            default: break
            }
        }
        measures.append(measure)
    }

    private func countErrors(_ validation: borrowing Validation) -> [GraphQLError] {
        var errors: [GraphQLError] = []
        if aliases > limits.maximumAliases {
            let limit = limits.maximumAliases
            errors.append(error("aliases", aliases, limit, at: alias, validation))
        }
        if directives > limits.maximumDirectives {
            let limit = limits.maximumDirectives
            errors.append(error("directives", directives, limit, at: directive, validation))
        }
        return errors
    }
}

/// Depth.
extension LimitCheck {
    /// The depth of what a definition spreads is added when it is known; of fragments in a cycle it
    /// never is, and their own depth is all that counts.
    private mutating func depthErrors(_ validation: inout Validation) -> [GraphQLError] {
        if measures.contains(where: { !$0.spreads.isEmpty }) { addFragments(&validation) }
        var errors: [GraphQLError] = []
        for (index, measure) in measures.enumerated()
        where validation.definitions[index].isOperation && measure.depth.depth > limits.maximumDepth
        {
            let (depth, node) = (measure.depth.depth, measure.depth.node)
            errors.append(
                error("levels of fields", depth, limits.maximumDepth, at: node, validation))
        }
        return errors
    }

    private mutating func addFragments(_ validation: inout Validation) {
        var left = measures.map(\.spreads.count)
        var spreaders = [[Int]](repeating: [], count: measures.count)
        for (index, measure) in measures.enumerated() {
            for spread in measure.spreads { spreaders[spread.fragment].append(index) }
        }
        var done = measures.indices.filter { left[$0] == 0 }
        while let known = done.popLast() {
            addDepths(ofFragmentsIn: known, &validation)
            for spreader in spreaders[known] {
                left[spreader] -= 1
                if left[spreader] == 0 { done.append(spreader) }
            }
        }
        isEndless = left.map { $0 > 0 }
    }

    private mutating func addDepths(
        ofFragmentsIn definition: Int, _ validation: inout Validation
    ) {
        for spread in measures[definition].spreads {
            validation.work.limitSteps += 1
            let (depth, overflows) = spread.at.depth.addingReportingOverflow(
                measures[spread.fragment].depth.depth)
            if !overflows, depth > measures[definition].depth.depth {
                measures[definition].depth = Reach(depth: depth, node: spread.at.node)
            }
        }
    }
}

/// Fragments that spread themselves.
extension LimitCheck {
    /// The first cycle that is met, in the words of the rule about them. Any definition that has no
    /// end leads into one: behind its first spread without an end there is always another.
    private func cycleErrors(_ validation: borrowing Validation) -> [GraphQLError] {
        guard var fragment = isEndless.firstIndex(of: true) else { return [] }
        var places: [Int: Int] = [:]
        var path: [(fragment: Int, at: Reach)] = []
        while places[fragment] == nil {
            places[fragment] = path.count
            guard let spread = measures[fragment].spreads.first(where: { isEndless[$0.fragment] })
            else { return [] }
            path.append(spread)
            fragment = spread.fragment
        }
        let cycle = path[(places[fragment] ?? 0)...]
        let document = validation.document
        let names = cycle.map { document[$0.at.node].name.text }
        let others = names.dropLast().map { "\"\($0)\"" }.joined(separator: ", ")
        let via = others.isEmpty ? "" : " via \(others)"
        let name = names[names.count - 1]
        return [
            GraphQLError(
                "Cannot spread fragment \"\(name)\" within itself\(via).",
                locations: cycle.map { document[$0.at.node].location }, code: .validationFailed)
        ]
    }
}

/// Root fields.
extension LimitCheck {
    private mutating func rootFieldErrors(_ validation: inout Validation) -> [GraphQLError] {
        var errors: [GraphQLError] = []
        var rounds = [Int](repeating: -1, count: validation.definitions.count)
        for index in validation.definitions.indices where validation.definitions[index].isOperation
        {
            let count = countRootFields(index, &rounds, &validation)
            guard count.found > limits.maximumRootFields else { continue }
            let limit = limits.maximumRootFields
            errors.append(error("root fields", count.found, limit, at: count.node, validation))
        }
        return errors
    }

    /// Each fragment counts once. Returns the first field that is too much, too.
    private mutating func countRootFields(
        _ operation: Int, _ rounds: inout [Int], _ validation: inout Validation
    ) -> (found: Int, node: Int) {
        var (found, node) = (0, 0)
        let root = validation.selectionSet(of: validation.definitions[operation].node)
        if let root { waiting.append(root) }
        while let set = waiting.popLast() {
            var child = set + 1
            while child < validation.next(set) {
                validation.work.limitSteps += 1
                switch validation.records[child].kind {
                case .field:
                    found += 1
                    if found == limits.maximumRootFields + 1 { node = child }
                case .inlineFragment:
                    if let inner = validation.selectionSet(of: child) { waiting.append(inner) }
                default:
                    if let fragment = validation.fragment(spreadAt: child),
                        rounds[fragment] != operation
                    {
                        rounds[fragment] = operation
                        let node = validation.definitions[fragment].node
                        if let inner = validation.selectionSet(of: node) { waiting.append(inner) }
                    }
                }
                child = validation.next(child)
            }
        }
        return (found, node)
    }
}
