import GraphQLLanguage
import GraphQLTypes

/// Section 5.2.4.1: a subscription has one field at its root, which is no introspection, and which
/// nothing may leave out.
enum SingleFieldSubscriptions {
    static func enterSubscription(_ node: Int, _ validation: inout Validation) {
        guard !validation.findings.isFull(.singleFieldSubscriptions, at: Moment(entering: node)),
            let root = validation.schema.subscriptionType,
            let selectionSet = validation.selectionSet(of: node)
        else { return }
        let selected = RootSelection.collect(selectionSet, of: root, validation)
        let hasName = validation.records[node].flags.contains(.hasName)
        let subject =
            hasName ? "Subscription \"\(validation.text(node))\"" : "Anonymous Subscription"
        guard selected.conditions.isEmpty else {
            return report(
                node, selected.conditions, &validation,
                "\(subject) must not use `@skip` or `@include` directives in the top level "
                    + "selection.")
        }
        if selected.groups.count > 1 {
            report(
                node, Array(selected.groups.dropFirst().joined()), &validation,
                "\(subject) must select only one top level field.")
        }
        for group in selected.groups
        where validation.document[group[0]].name.bytes.starts(with: "__".utf8) {
            report(
                node, group, &validation,
                "\(subject) must not select an introspection top level field.")
        }
    }

    private static func report(
        _ node: Int, _ nodes: [Int], _ validation: inout Validation, _ message: String
    ) {
        validation.report(
            .singleFieldSubscriptions, entering: node, at: nodes.map { validation.start($0) },
            message)
    }
}

/// ```
/// CollectSubscriptionFields(objectType, selectionSet, visitedFragments)
/// ```
private struct RootSelection {
    /// The field nodes by response name, in the order of the names.
    private(set) var groups: [[Int]] = []
    /// The directives that would leave something out.
    private(set) var conditions: [Int] = []
    private var groupOfName: [Int: Int] = [:]
    private var visited = Set<Int>()

    static func collect(
        _ selectionSet: Int, of type: TypeID, _ validation: borrowing Validation
    ) -> RootSelection {
        var selection = RootSelection()
        var ranges = [selection.inside(selectionSet, validation)]
        while let range = ranges.popLast() {
            guard range.lowerBound < range.upperBound else { continue }
            let node = range.lowerBound
            ranges.append(validation.next(node)..<range.upperBound)
            if let inner = selection.add(node, type, validation) {
                ranges.append(selection.inside(inner, validation))
            }
        }
        return selection
    }

    private func inside(_ selectionSet: Int, _ validation: borrowing Validation) -> Range<Int> {
        selectionSet + 1..<validation.next(selectionSet)
    }

    /// Takes a selection; returns the selection set to go on with, of a fragment that applies.
    private mutating func add(
        _ node: Int, _ type: TypeID, _ validation: borrowing Validation
    ) -> Int? {
        let kind = validation.records[node].kind
        if kind == .fragmentSpread, visited.contains(validation.names(node)) { return nil }
        if let condition = condition(on: node, validation) {
            conditions.append(condition)
            return nil
        }
        switch kind {
        case .field:
            addField(node, validation)
            return nil
        case .inlineFragment:
            guard validation.child(.namedType, of: node) == nil || applies(node, type, validation)
            else { return nil }
            return validation.selectionSet(of: node)
        default:
            visited.insert(validation.names(node))
            guard let fragment = validation.fragment(spreadAt: node) else { return nil }
            let definition = validation.definitions[fragment].node
            guard applies(definition, type, validation) else { return nil }
            return validation.selectionSet(of: definition)
        }
    }

    private mutating func addField(_ node: Int, _ validation: borrowing Validation) {
        let name = validation.responseName(node)
        if let group = groupOfName[name] {
            groups[group].append(node)
        } else {
            groupOfName[name] = groups.count
            groups.append([node])
        }
    }

    /// ```
    /// DoesFragmentTypeApply(objectType, fragmentType)
    /// ```
    private func applies(
        _ fragment: Int, _ type: TypeID, _ validation: borrowing Validation
    ) -> Bool {
        guard let condition = validation.typeCondition(of: fragment) else { return false }
        return condition == type || validation.schema.isSubtype(type, of: condition)
    }

    private func condition(on node: Int, _ validation: borrowing Validation) -> Int? {
        guard validation.records[node].flags.contains(.hasDirectives) else { return nil }
        let directives = Selection(unchecked: validation.document[node]).directives
        let skip = directives.first { $0.name == "skip" }
        return (skip ?? directives.first { $0.name == "include" })?.index
    }
}
