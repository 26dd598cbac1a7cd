import GraphQLLanguage
import GraphQLTypes

/// Adds up what one operation costs.
///
/// The size of a list may be said by the field around it, which is outside of a fragment that
/// selects the list. So what a fragment costs is kept as a fixed part and one for each item, once
/// for each field that says which lists have its size.
struct CostMeasure {
    private struct FragmentKey: Hashable {
        let fragment: Int
        let sizing: FieldID?
    }

    /// Where a selection set stands.
    private struct Place {
        var parent: TypeID
        /// The field that says the size of lists selected here.
        var sizing: FieldID?
        var nesting: Int
    }

    /// How many fields and fragments may be inside each other; what is deeper costs the maximum.
    private static let maximumNesting = 150

    private let model: CostModel
    private var fragments: [Name: FragmentDefinition] = [:]
    /// What variables stand for where a size is asked for.
    private let variable: (Name) -> Int?
    /// The defaults of variables that are whole numbers.
    private var numbers: [Name: Int] = [:]
    private var known: [FragmentKey: SelectionCost] = [:]
    private(set) var errors: [GraphQLError] = []
    /// How many selections were looked at.
    private(set) var steps = 0

    private var schema: Schema { model.schema }

    init(_ model: CostModel, _ document: Document, variable: @escaping (Name) -> Int?) {
        self.model = model
        self.variable = variable
        for fragment in document.fragments { fragments[fragment.name] = fragment }
    }

    mutating func cost(of operation: OperationDefinition) -> Double {
        guard let root = schema.rootType(operation.operation) else { return 0 }
        for definition in operation.variableDefinitions {
            let usual = definition.defaultValue.flatMap { ListSize.number($0) }
            numbers[definition.name] = usual.flatMap(Int.init(exactly:))
        }
        let place = Place(parent: root, sizing: nil, nesting: 0)
        let selected = cost(of: operation.selectionSet, at: place)
        let isMutation = operation.operation == .mutation
        let cost =
            selected.fixed + cost(of: operation.directives)
            + Cost(isMutation ? model.weights.mutation : 0)
        return max(cost.value, 0)
    }
}

/// Selections.
extension CostMeasure {
    private mutating func cost(of set: SelectionSet, at place: Place) -> SelectionCost {
        var place = place
        place.nesting += 1
        guard place.nesting <= Self.maximumNesting else { return .maximum }
        var sum = SelectionCost()
        for selection in set.selections {
            steps += 1
            switch selection.form {
            case .field(let field): sum += cost(of: field, at: place)
            case .fragmentSpread(let spread): sum += cost(of: spread, at: place)
            case .inlineFragment(let fragment):
                var inner = place
                if let condition = fragment.typeCondition {
                    inner.parent = schema.type(named: condition.name) ?? place.parent
                }
                sum += cost(of: fragment.selectionSet, at: inner)
            }
            sum += SelectionCost(fixed: cost(of: selection.directives))
        }
        return sum
    }

    private mutating func cost(of spread: FragmentSpread, at place: Place) -> SelectionCost {
        guard let fragment = fragments[spread.name],
            let type = schema.type(named: fragment.typeCondition.name)
        else { return SelectionCost() }
        let key = FragmentKey(fragment: fragment.index, sizing: place.sizing)
        if let cost = known[key] { return cost }
        var inner = place
        inner.parent = type
        var cost = cost(of: fragment.selectionSet, at: inner)
        cost += SelectionCost(fixed: self.cost(of: fragment.directives))
        known[key] = cost
        return cost
    }

    /// What describes the schema is answered from memory and costs nothing.
    private mutating func cost(of field: Field, at place: Place) -> SelectionCost {
        guard let name = schema.names.find(field.name),
            let id = schema.selectableField(name, of: place.parent),
            !schema[schema[id].type.named].isIntrospection
        else { return SelectionCost() }
        let listSize = model.listSize(of: id)
        let size = listSize.map { self.size($0, of: field, id, place.parent) }
        let sizesBelow = listSize.map { !$0.sizedFields.isEmpty } ?? false
        var each = Cost(model.weight(of: id))
        if let set = field.selectionSet {
            let inner = Place(
                parent: schema[id].type.named, sizing: sizesBelow ? id : nil,
                nesting: place.nesting)
            let below = cost(of: set, at: inner)
            each += below.fixed + below.perItem * (size ?? 1)
        }
        let given = cost(of: field.arguments, schema[id].arguments)
        guard schema[id].type.listDepth > 0 else { return SelectionCost(fixed: each + given) }
        if let size, !sizesBelow { return SelectionCost(fixed: each * size + given) }
        if let sizing = place.sizing,
            model.listSize(of: sizing)?.sizedFields.contains(name) == true
        {
            return SelectionCost(fixed: given, perItem: each)
        }
        return SelectionCost(fixed: each * model.weights.listSize + given)
    }
}

/// Sizes.
extension CostMeasure {
    /// The largest number that the slicing arguments ask for.
    private mutating func size(
        _ listSize: ListSize, of field: Field, _ id: FieldID, _ parent: TypeID
    ) -> Double {
        var given = 0
        var usual: [Double] = []
        var asked: Double?
        for argument in listSize.slicingArguments {
            let name = schema.name(of: argument)
            if let value = field.arguments.first(where: { $0.name.text == name })?.value {
                if case .null = value.form { continue }
                given += 1
                if let number = number(value) { asked = max(asked ?? 0, number) }
            } else if let number = schema.defaultValue(of: argument).flatMap({ number($0) }) {
                usual.append(number)
            }
        }
        if given == 0 { asked = usual.max() }
        let isClear = given == 1 || given == 0 && usual.count == 1
        if listSize.requiresOneArgument, !isClear { report(field, id, parent, listSize) }
        return max(asked ?? listSize.assumedSize ?? model.weights.listSize, 0)
    }

    private func number(_ value: Value) -> Double? {
        if case .variable(let variable) = value.form {
            return (self.variable(variable.name) ?? numbers[variable.name]).map(Double.init)
        }
        return ListSize.number(value)
    }

    private mutating func report(
        _ field: Field, _ id: FieldID, _ parent: TypeID, _ listSize: ListSize
    ) {
        let names = listSize.slicingArguments.map { "\"\(schema.name(of: $0))\"" }
        errors.append(
            GraphQLError(
                "Field \"\(schema.name(of: parent)).\(schema.name(of: id))\" must be given exactly "
                    + "one of the arguments that size its list: \(names.joined(separator: ", ")).",
                locations: [field.location], code: .validationFailed))
    }
}

/// Arguments and directives.
extension CostMeasure {
    private func cost(of directives: NodeList<Directive>) -> Cost {
        directives.reduce(.zero) { sum, directive in
            guard let id = schema.directive(named: directive.name) else { return sum }
            return sum + cost(of: directive.arguments, schema[id].arguments)
        }
    }

    private func cost(of arguments: NodeList<Argument>, _ defined: IDRange<InputID>) -> Cost {
        arguments.reduce(.zero) { sum, argument in
            guard let name = schema.names.find(argument.name),
                let input = schema.argument(name, in: defined)
            else { return sum }
            return sum + cost(of: argument.value, for: input)
        }
    }

    /// Each item of a list costs what one value costs. What a variable holds is not looked at.
    private func cost(of value: Value, for input: InputID) -> Cost {
        switch value.form {
        case .null: .zero
        case .list(let items): items.reduce(.zero) { $0 + cost(of: $1, for: input) }
        case .object(let fields):
            fields.reduce(Cost(model.weight(of: input))) { sum, field in
                guard let name = schema.names.find(field.name),
                    let inner = schema.inputField(name, of: schema[input].type.named)
                else { return sum }
                return sum + cost(of: field.value, for: inner)
            }
        default: Cost(model.weight(of: input))
        }
    }
}
