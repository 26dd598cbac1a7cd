/// Cursors over executable definitions.

/// `query Name($variable: Type) @directive { … }`
@frozen public struct OperationDefinition: DescribedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .operationDefinition
    }

    @inlinable public var operation: OperationType {
        OperationType(rawValue: node.record.detail) ?? .query
    }

    @inlinable public var name: Name? { node.nameIfAny }
    @inlinable public var variableDefinitions: NodeList<VariableDefinition> {
        NodeList(childrenOf: node)
    }
    @inlinable public var selectionSet: SelectionSet { SelectionSet(unchecked: node.requiredLast) }
}

/// `$variable: Type = default @directive`
@frozen public struct VariableDefinition: DescribedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .variableDefinition
    }

    @inlinable public var variable: Variable { Variable(unchecked: node.required(.variable)) }
    @inlinable public var type: TypeReference { node.typeReference }
    @inlinable public var defaultValue: Value? { node.defaultValue }
    /// The variable's name, without the `$`.
    @inlinable public var name: Name { variable.name }
}

/// `fragment Name on Type @directive { … }`
@frozen public struct FragmentDefinition: DescribedNode, NamedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .fragmentDefinition
    }

    @inlinable public var typeCondition: NamedType {
        NamedType(unchecked: node.required(.namedType))
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
@frozen public struct Selection: DirectedNode {
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
}

/// `alias: name(argument: value) @directive { … }`
@frozen public struct Field: NamedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .field }

    @inlinable public var alias: Name? {
        node.record.flags.contains(.hasAlias) ? node.document[node.index + 1].name : nil
    }

    /// The key of the field in the response: its alias, or else its name.
    @inlinable public var responseName: Name { alias ?? name }
    @inlinable public var arguments: NodeList<Argument> {
        NodeList(childrenOf: node, if: .hasArguments)
    }
    @inlinable public var selectionSet: SelectionSet? { node.selectionSet }
}

/// `...Name @directive`
@frozen public struct FragmentSpread: NamedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .fragmentSpread }
}

/// `... on Type @directive { … }`
@frozen public struct InlineFragment: DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .inlineFragment }

    @inlinable public var typeCondition: NamedType? {
        node.child(.namedType).map { NamedType(unchecked: $0) }
    }
    @inlinable public var selectionSet: SelectionSet { SelectionSet(unchecked: node.requiredLast) }
}

/// `name: value`
@frozen public struct Argument: NamedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .argument }

    @inlinable public var value: Value { Value(unchecked: node.requiredLast) }
}

/// `@name(argument: value)`
@frozen public struct Directive: NamedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .directive }

    @inlinable public var arguments: NodeList<Argument> {
        NodeList(childrenOf: node, if: .hasArguments)
    }
}
