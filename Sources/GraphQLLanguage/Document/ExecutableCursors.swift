/// Cursors over executable definitions.

/// `query Name($variable: Type) @directive { … }`
@frozen public struct OperationDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .operationDefinition
    }

    @inlinable public var operation: OperationType {
        OperationType(rawValue: node.record.detail) ?? .query
    }

    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name? { node.nameIfAny }
    @inlinable public var variableDefinitions: NodeList<VariableDefinition> {
        NodeList(childrenOf: node)
    }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var selectionSet: SelectionSet { SelectionSet(unchecked: node.requiredLast) }
}

/// `$variable: Type = default @directive`
@frozen public struct VariableDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .variableDefinition
    }

    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var variable: Variable { Variable(unchecked: node.required(.variable)) }
    @inlinable public var type: TypeReference { node.typeReference }
    @inlinable public var defaultValue: Value? { node.defaultValue }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    /// The variable's name, without the `$`.
    @inlinable public var name: Name { variable.name }
}

/// `fragment Name on Type @directive { … }`
@frozen public struct FragmentDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .fragmentDefinition
    }

    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var typeCondition: NamedType {
        NamedType(unchecked: node.required(.namedType))
    }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var selectionSet: SelectionSet { SelectionSet(unchecked: node.requiredLast) }
}

/// `{ … }`
@frozen public struct SelectionSet: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .selectionSet }

    @inlinable public var selections: NodeList<Selection> { NodeList(childrenOf: node) }
    /// The fields among the selections.
    @inlinable public var fields: NodeList<Field> { NodeList(childrenOf: node) }
}

/// A field, a fragment spread or an inline fragment.
@frozen public struct Selection: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .field || kind == .fragmentSpread || kind == .inlineFragment
    }

    @frozen public enum Form: Sendable {
        case field(Field)
        case fragmentSpread(FragmentSpread)
        case inlineFragment(InlineFragment)
    }

    @inlinable public var form: Form {
        switch node.kind {
        case .field: .field(Field(unchecked: node))
        case .fragmentSpread: .fragmentSpread(FragmentSpread(unchecked: node))
        default: .inlineFragment(InlineFragment(unchecked: node))
        }
    }

    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
}

/// `alias: name(argument: value) @directive { … }`
@frozen public struct Field: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .field }

    @inlinable public var alias: Name? {
        node.record.flags.contains(.hasAlias) ? node.document[node.index + 1].name : nil
    }

    @inlinable public var name: Name { node.name }
    /// The key of the field in the response: its alias, or else its name.
    @inlinable public var responseName: Name { alias ?? name }
    @inlinable public var arguments: NodeList<Argument> {
        NodeList(childrenOf: node, if: .hasArguments)
    }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var selectionSet: SelectionSet? { node.selectionSet }
}

/// `...Name @directive`
@frozen public struct FragmentSpread: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .fragmentSpread }

    @inlinable public var name: Name { node.name }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
}

/// `... on Type @directive { … }`
@frozen public struct InlineFragment: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .inlineFragment }

    @inlinable public var typeCondition: NamedType? {
        node.child(.namedType).map { NamedType(unchecked: $0) }
    }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var selectionSet: SelectionSet { SelectionSet(unchecked: node.requiredLast) }
}

/// `name: value`
@frozen public struct Argument: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .argument }

    @inlinable public var name: Name { node.name }
    @inlinable public var value: Value { Value(unchecked: node.requiredLast) }
}

/// `@name(argument: value)`
@frozen public struct Directive: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .directive }

    /// The name, without the `@`.
    @inlinable public var name: Name { node.name }
    @inlinable public var arguments: NodeList<Argument> {
        NodeList(childrenOf: node, if: .hasArguments)
    }
}
