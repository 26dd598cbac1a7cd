import GraphQLLanguage
import GraphQLTypes

/// The fields of one selection, grouped by response name.
struct FieldCollector {
    let type: TypeID
    var groups: [Group] = []
    /// In which order, and under which guards, the groups are asked for.
    var order: [(group: Int, guards: Guards)] = []
    var isGuarded = false
    private var places: [Name: Int] = [:]
    /// Under which guards a fragment has been visited.
    private var visited: [Name: [Guards]] = [:]

    struct Group {
        let field: FieldID
        var nodes: [FieldNode]
    }

    init(type: TypeID) { self.type = type }

    mutating func add(_ field: Field, _ id: FieldID, _ guards: Guards) {
        let node = FieldNode(node: Int32(field.index), guards: guards)
        if guards != .none { isGuarded = true }
        if let place = places[field.responseName] {
            groups[place].nodes.append(node)
            order.append((place, guards))
        } else {
            places[field.responseName] = groups.count
            order.append((groups.count, guards))
            groups.append(Group(field: id, nodes: [node]))
        }
    }

    /// Whether a fragment adds something under `guards`: not if it was visited under the same or
    /// fewer. A look at each earlier visit is a step; there can be one for each set of guards.
    mutating func visits(_ fragment: Name, _ guards: Guards, _ steps: inout Int) -> Bool {
        let earlier = visited[fragment, default: []]
        steps += earlier.count
        guard !earlier.contains(where: { $0.required & ~guards.required == 0 }) else {
            return false
        }
        visited[fragment, default: []].append(guards)
        return true
    }
}

extension PlanCompiler {
    /// ```
    /// CollectFields(objectType, selectionSet, variableValues)
    /// ```
    mutating func collect(
        _ source: Source, into collector: inout FieldCollector
    ) throws(GraphQLError) {
        var stack = [frame(Int(source.selectionSet), source.guards)]
        while var frame = stack.popLast() {
            guard frame.next < frame.end else { continue }
            let node = document[frame.next]
            frame.next = Int(node.record.next)
            stack.append(frame)
            steps += 1
            guard steps <= limits.maximumSteps else {
                throw tooLarge("more than \(limits.maximumSteps) selections to look at")
            }
            let selection = Selection(unchecked: node)
            guard let guards = try guards(of: selection, frame.guards) else { continue }
            switch selection.form {
            case .field(let field):
                if let name = schema.names.find(field.name),
                    let id = schema.selectableField(name, of: collector.type)
                {
                    collector.add(field, id, guards)
                }
            case .fragmentSpread(let spread):
                guard collector.visits(spread.name, guards, &steps) else { continue }
                if let fragment = fragments[spread.name],
                    applies(fragment.typeCondition, to: collector.type)
                {
                    stack.append(self.frame(fragment.selectionSet.index, guards))
                }
            case .inlineFragment(let fragment):
                if fragment.typeCondition.map({ applies($0, to: collector.type) }) ?? true {
                    stack.append(self.frame(fragment.selectionSet.index, guards))
                }
            }
        }
    }

    private typealias Frame = (next: Int, end: Int, guards: Guards)

    private func frame(_ selectionSet: Int, _ guards: Guards) -> Frame {
        (selectionSet + 1, Int(document[selectionSet].record.next), guards)
    }

    /// ```
    /// DoesFragmentTypeApply(objectType, fragmentType)
    /// ```
    private func applies(_ condition: NamedType, to object: TypeID) -> Bool {
        guard let type = schema.type(named: condition.name) else { return false }
        return type == object || schema[type].kind.isAbstract && schema.isSubtype(object, of: type)
    }

    /// The guards with those that the selection's directives add; nothing if they can never hold.
    private mutating func guards(
        of selection: Selection, _ outer: Guards
    ) throws(GraphQLError) -> Guards? {
        var guards = outer
        for directive in selection.directives {
            let expected = directive.name == "include"
            guard expected || directive.name == "skip" else { continue }
            guard let value = directive.arguments.first(where: { $0.name == "if" })?.value else {
                continue
            }
            switch value.form {
            case .boolean(let literal):
                if literal != expected { return nil }
            case .variable(let variable):
                guards.required |= 1 << (try condition(variable, expected))
            default: return nil
            }
        }
        return guards
    }

    /// The bit of a condition.
    private mutating func condition(
        _ variable: Variable, _ expected: Bool
    ) throws(GraphQLError) -> UInt64 {
        let name = variable.name.text
        guard let place = tables.placesOfVariables[name] else {
            throw GraphQLError(
                "Variable \"$\(name)\" is not defined.", locations: [variable.location],
                code: .validationFailed)
        }
        let known = tables.conditions.firstIndex {
            $0.variable == place && $0.expected == expected
        }
        if let known { return UInt64(known) }
        guard tables.conditions.count < PlanLimits.maximumConditions else {
            throw tooLarge("more than \(PlanLimits.maximumConditions) conditions")
        }
        tables.conditions.append(
            Condition(variable: place, expected: expected, node: Int32(variable.index)))
        return UInt64(tables.conditions.count - 1)
    }
}
