/// Definitions and extensions.
extension Printer {
    mutating func write(definition node: Node) {
        if let description = node.description {
            write(description.node)
            newline()
        }
        if node.kind.isExtension { append("extend ") }
        switch node.kind {
        case .operationDefinition: write(operation: OperationDefinition(unchecked: node))
        case .variableDefinition: write(variable: VariableDefinition(unchecked: node))
        case .fragmentDefinition: write(fragment: FragmentDefinition(unchecked: node))
        case .fragmentSpread: write(spread: FragmentSpread(unchecked: node))
        case .inlineFragment: write(inlineFragment: InlineFragment(unchecked: node))
        case .fieldDefinition: write(field: FieldDefinition(unchecked: node))
        case .inputValueDefinition: write(inputValue: InputValueDefinition(unchecked: node))
        case .enumValueDefinition:
            append(node.name)
            spaced(EnumValueDefinition(unchecked: node).directives)
        case .directiveDefinition: write(directive: DirectiveDefinition(unchecked: node))
        case .schemaDefinition, .schemaExtension: write(schema: SchemaDefinition(unchecked: node))
        default: write(typeDefinition: node)
        }
    }

    private mutating func write(typeDefinition node: Node) {
        switch node.kind {
        case .scalarTypeDefinition, .scalarTypeExtension:
            write(keyword: "scalar ", TypeDefinition(unchecked: node))
        case .objectTypeDefinition, .objectTypeExtension: write(fielded: node, keyword: "type ")
        case .interfaceTypeDefinition, .interfaceTypeExtension:
            write(fielded: node, keyword: "interface ")
        case .unionTypeDefinition, .unionTypeExtension:
            write(union: UnionTypeDefinition(unchecked: node))
        case .enumTypeDefinition, .enumTypeExtension:
            write(keyword: "enum ", TypeDefinition(unchecked: node))
            spacedBlock(EnumTypeDefinition(unchecked: node).values)
        default:
            write(keyword: "input ", TypeDefinition(unchecked: node))
            spacedBlock(InputObjectTypeDefinition(unchecked: node).fields)
        }
    }

    private mutating func write(keyword: StaticString, _ type: TypeDefinition) {
        append(keyword, type.name)
        spaced(type.directives)
    }

    private mutating func write(fielded node: Node, keyword: StaticString) {
        // Objects and interfaces look the same but for their keyword.
        let type = ObjectTypeDefinition(unchecked: node)
        append(keyword, type.name)
        if !type.interfaces.isEmpty {
            append(" implements ")
            each(type.interfaces, separatedBy: " & ")
        }
        spaced(type.directives)
        spacedBlock(type.fields)
    }

    private mutating func write(union: UnionTypeDefinition) {
        append("union ", union.name)
        spaced(union.directives)
        guard !union.types.isEmpty else { return }
        append(" = ")
        each(union.types, separatedBy: " | ")
    }

    private mutating func write(schema: SchemaDefinition) {
        append("schema")
        spaced(schema.directives)
        spacedBlock(schema.operationTypes)
    }

    mutating func write(operationType node: Node) {
        let definition = OperationTypeDefinition(unchecked: node)
        append(definition.operation.name)
        append(": ")
        write(definition.type.node)
    }

    private mutating func write(field: FieldDefinition) {
        append(field.name)
        argumentDefinitions(field.arguments)
        append(": ")
        write(field.type.node)
        spaced(field.directives)
    }

    private mutating func write(inputValue: InputValueDefinition) {
        append(inputValue.name)
        append(": ")
        write(inputValue.type.node)
        write(defaultValue: inputValue.defaultValue)
        spaced(inputValue.directives)
    }

    private mutating func write(defaultValue value: Value?) {
        guard let value else { return }
        append(" = ")
        write(value.node)
    }

    private mutating func write(directive: DirectiveDefinition) {
        append("directive @", directive.name)
        argumentDefinitions(directive.arguments)
        if directive.isRepeatable { append(" repeatable") }
        append(" on ")
        each(directive.locations, separatedBy: " | ")
    }
}

/// Executable definitions, and selections that begin like one.
extension Printer {
    private mutating func write(operation: OperationDefinition) {
        // What has nothing but a selection set is written as the shorthand, unless a description
        // stands before it.
        let isShorthand =
            operation.operation == .query && operation.name == nil
            && operation.description == nil && operation.variableDefinitions.isEmpty
            && operation.directives.isEmpty
        if !isShorthand {
            append(operation.operation.name)
            if let name = operation.name {
                append(" ", name)
            } else if !operation.variableDefinitions.isEmpty {
                append(" ")
            }
            variableDefinitions(operation.variableDefinitions)
            spaced(operation.directives)
            append(" ")
        }
        write(operation.selectionSet.node)
    }

    private mutating func write(variable definition: VariableDefinition) {
        write(definition.variable.node)
        append(": ")
        write(definition.type.node)
        write(defaultValue: definition.defaultValue)
        spaced(definition.directives)
    }

    private mutating func write(fragment: FragmentDefinition) {
        append("fragment ", fragment.name)
        append(" on ", fragment.typeCondition.name)
        spaced(fragment.directives)
        append(" ")
        write(fragment.selectionSet.node)
    }

    private mutating func write(spread: FragmentSpread) {
        append("...", spread.name)
        spaced(spread.directives)
    }

    private mutating func write(inlineFragment fragment: InlineFragment) {
        append("...")
        if let typeCondition = fragment.typeCondition { append(" on ", typeCondition.name) }
        spaced(fragment.directives)
        append(" ")
        write(fragment.selectionSet.node)
    }
}
