import GraphQLLanguage
import GraphQLTypes

/// The walk: one pass over the flat array of nodes. For each kind of node the rules that look at
/// it are called by name.
extension Validation {
    mutating func walk() {
        frames.reserveCapacity(16)
        var node = 1
        while node < records.count {
            leave(before: node)
            work.nodes += 1
            node = enter(node)
        }
        leave(before: records.count)
    }

    /// Leaves the nodes that end before `node`.
    @inline(__always) private mutating func leave(before node: Int) {
        while let frame = frames.last, frame.end <= node {
            switch records[frame.node].kind {
            case .field: ProvidedRequiredArguments.leaveField(frame.node, &self)
            case .directive: ProvidedRequiredArguments.leaveDirective(frame.node, &self)
            case .operationDefinition, .fragmentDefinition: leaveDefinition()
            default: break
            }
            position = frame.outer
            frames.removeLast()
        }
    }

    /// Returns where the walk goes on.
    @inline(__always) private mutating func enter(_ node: Int) -> Int {
        switch records[node].kind {
        case .field: return enterField(node)
        case .selectionSet: enterSelectionSet(node)
        case .argument: enterArgument(node)
        case .inlineFragment: enterInlineFragment(node)
        case .fragmentSpread: enterFragmentSpread(node)
        case .directive: enterDirective(node)
        case .variable: enterVariable(node)
        case .listValue: enterListValue(node)
        case .objectValue: enterObjectValue(node)
        case .objectField: enterObjectField(node)
        case .intValue, .floatValue, .stringValue, .booleanValue, .nullValue, .enumValue:
            ValuesOfCorrectType.enterLeaf(node, &self)
            if !options.allowsDeprecated { NoDeprecated.enterEnumValue(node, &self) }
        case .namedType: KnownTypeNames.enterNamedType(node, &self)
        case .operationDefinition: enterOperation(node)
        case .fragmentDefinition: enterFragment(node)
        case .variableDefinition: enterVariableDefinition(node)
        case .alias, .listType, .description: break
        default: enterTypeSystemNode(node)
        }
        return node + 1
    }

    @inline(__always) private mutating func push(_ node: Int) {
        frames.append(Frame(node: node, end: next(node), outer: position))
    }
}

/// Definitions.
extension Validation {
    private mutating func beginDefinition(_ node: Int) {
        push(node)
        position = Position()
        current += 1
        definitions[current].spreads = spreads.count..<spreads.count
        definitions[current].usages = usages.count..<usages.count
        if records[node].flags.contains(.hasDirectives) {
            UniqueDirectivesPerLocation.enter(node, &self)
        }
    }

    private mutating func leaveDefinition() {
        let definition = definitions[current]
        definitions[current].spreads = definition.spreads.lowerBound..<spreads.count
        definitions[current].usages = definition.usages.lowerBound..<usages.count
    }

    private mutating func enterOperation(_ node: Int) {
        beginDefinition(node)
        let operation = OperationType(rawValue: records[node].detail) ?? .query
        if let root = schema.rootType(operation) {
            if schema[root].kind == .object { position.output = root }
        } else {
            KnownOperationTypes.enterOperation(node, operation, &self)
        }
        UniqueOperationNames.enterOperation(node, &self)
        LoneAnonymousOperation.enterOperation(node, &self)
        if operation == .subscription {
            SingleFieldSubscriptions.enterSubscription(node, &self)
        }
        UniqueVariableNames.enterOperation(node, &self)
    }

    private mutating func enterFragment(_ node: Int) {
        beginDefinition(node)
        position.output = typeCondition(of: node)
        FragmentsOnCompositeTypes.enter(node, &self)
        UniqueFragmentNames.enterFragment(node, current, &self)
    }

    private mutating func enterVariableDefinition(_ node: Int) {
        push(node)
        hasVariables = true
        position.input = Position.Input(type: VariablesAreInputTypes.enter(node, &self))
        if records[node].flags.contains(.hasDirectives) {
            UniqueDirectivesPerLocation.enter(node, &self)
        }
    }

    /// Definitions of types have no place here, but their types, directives and values are looked
    /// at all the same.
    private mutating func enterTypeSystemNode(_ node: Int) {
        push(node)
        position = Position()
        if records[node].flags.contains(.hasDirectives) {
            UniqueDirectivesPerLocation.enter(node, &self)
        }
    }
}

/// Selections.
extension Validation {
    private mutating func enterSelectionSet(_ node: Int) {
        push(node)
        if let output = position.output, isComposite(output) {
            position.parent = output
        } else {
            position.parent = nil
        }
        setFact(node, position.parent?.rawValue)
    }

    @inline(__always) private mutating func enterField(_ node: Int) -> Int {
        let record = records[node]
        let parent = position.parent
        push(node)
        position.field = nil
        position.output = nil
        if let parent {
            if let name = names.known(node), let field = schema.selectableField(name, of: parent) {
                position.field = field
                position.output = schema[field].type.named
                ScalarLeafs.enterField(node, field, &self)
            } else {
                FieldsOnCorrectType.reportUnknownField(node, on: parent, &self)
            }
        }
        setFact(node, position.field?.rawValue)
        if record.flags.contains(.hasArguments) { UniqueArgumentNames.enter(node, &self) }
        if record.flags.contains(.hasDirectives) {
            UniqueDirectivesPerLocation.enter(node, &self)
        }
        if parent != nil, parent == schema.queryType {
            MaxIntrospectionDepth.enterField(node, &self)
        }
        if !options.allowsIntrospection { NoSchemaIntrospection.enterField(node, &self) }
        if !options.allowsDeprecated { NoDeprecated.enterField(node, &self) }
        let below: NodeRecord.Flags = [.hasArguments, .hasDirectives, .hasSelectionSet]
        return record.flags.isDisjoint(with: below) ? Int(record.next) : node + 1
    }

    private mutating func enterInlineFragment(_ node: Int) {
        push(node)
        let record = records[node]
        if records[node + 1].kind == .namedType {
            position.output = type(namedAt: node + 1)
            FragmentsOnCompositeTypes.enter(node, &self)
        } else {
            position.output = position.parent
        }
        PossibleFragmentSpreads.enterInlineFragment(node, &self)
        if record.flags.contains(.hasDirectives) {
            UniqueDirectivesPerLocation.enter(node, &self)
        }
    }

    private mutating func enterFragmentSpread(_ node: Int) {
        push(node)
        spreads.append(Int32(truncatingIfNeeded: node))
        if let fragment = fragment(spreadAt: node) {
            PossibleFragmentSpreads.enterFragmentSpread(node, fragment, &self)
        } else {
            KnownFragmentNames.reportUnknownFragment(node, &self)
        }
        if records[node].flags.contains(.hasDirectives) {
            UniqueDirectivesPerLocation.enter(node, &self)
        }
    }

    private mutating func enterDirective(_ node: Int) {
        let place = frames[frames.count - 1].node
        push(node)
        position.directive = names.known(node).flatMap { schema.directive(named: $0) }
        KnownDirectives.enterDirective(node, at: place, &self)
        if records[node].flags.contains(.hasArguments) {
            KnownArgumentNames.enterDirective(node, &self)
            UniqueArgumentNames.enter(node, &self)
        }
    }
}

/// Arguments and values.
extension Validation {
    @inline(__always) private mutating func enterArgument(_ node: Int) {
        push(node)
        let arguments: IDRange<InputID>
        if let directive = position.directive {
            arguments = schema[directive].arguments
        } else if let field = position.field {
            arguments = schema[field].arguments
        } else {
            position.input = Position.Input()
            return
        }
        if let argument = names.known(node).flatMap({ schema.argument($0, in: arguments) }) {
            position.input = Position.Input(type: schema[argument].type, definition: argument)
            if !options.allowsDeprecated { NoDeprecated.enterArgument(node, argument, &self) }
        } else {
            position.input = Position.Input()
            KnownArgumentNames.reportUnknownArgument(node, &self)
        }
    }

    /// The variable of a variable's definition is no use of it.
    private mutating func enterVariable(_ node: Int) {
        guard records[frames[frames.count - 1].node].kind != .variableDefinition else { return }
        usages.append(VariableUsage(node: node, position: position.input))
    }

    private mutating func enterListValue(_ node: Int) {
        push(node)
        let list = position.input.type?.nullable
        position.input.type = list?.item ?? list
        position.input.definition = nil
        position.input.parent = nil
        if position.input.isChecked, list?.isList != true {
            ValuesOfCorrectType.check(node, &self)
            position.input.isChecked = false
        }
    }

    private mutating func enterObjectValue(_ node: Int) {
        push(node)
        ValuesOfCorrectType.enterObject(node, &self)
        UniqueInputFieldNames.enterObject(node, &self)
    }

    private mutating func enterObjectField(_ node: Int) {
        push(node)
        let parent = position.input.type?.named
        position.input.type = nil
        position.input.definition = nil
        position.input.parent = nil
        guard let parent, schema[parent].kind == .inputObject else { return }
        if let field = names.known(node).flatMap({ schema.inputField($0, of: parent) }) {
            position.input.type = schema[field].type
            position.input.definition = field
            position.input.parent = parent
            if !options.allowsDeprecated { NoDeprecated.enterObjectField(node, field, &self) }
        } else {
            ValuesOfCorrectType.reportUnknownField(node, of: parent, &self)
        }
    }
}
