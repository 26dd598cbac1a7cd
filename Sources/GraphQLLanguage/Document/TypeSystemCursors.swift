/// Cursors over type system definitions and extensions. One type serves a definition and its
/// extension: `isExtension` tells them apart.

/// `schema @directive { query: Type }`
@frozen public struct SchemaDefinition: ExtensibleNode, DescribedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .schemaDefinition || kind == .schemaExtension
    }

    @inlinable public var operationTypes: NodeList<OperationTypeDefinition> {
        NodeList(childrenOf: node)
    }
}

/// `query: Type`
@frozen public struct OperationTypeDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .operationTypeDefinition
    }

    @inlinable public var operation: OperationType {
        OperationType(rawValue: node.record.detail) ?? .query
    }

    @inlinable public var type: NamedType { NamedType(unchecked: node.requiredLast) }
}

/// The definition or extension of a type of any kind.
@frozen public struct TypeDefinition: TypeDefinitionNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind.isTypeDefinition
    }
}

/// `scalar Name @directive`
@frozen public struct ScalarTypeDefinition: TypeDefinitionNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .scalarTypeDefinition || kind == .scalarTypeExtension
    }
}

/// `type Name implements Interface @directive { … }`
@frozen public struct ObjectTypeDefinition: TypeDefinitionNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .objectTypeDefinition || kind == .objectTypeExtension
    }

    @inlinable public var interfaces: NodeList<NamedType> { NodeList(childrenOf: node) }
    @inlinable public var fields: NodeList<FieldDefinition> { NodeList(childrenOf: node) }
}

/// `interface Name implements Interface @directive { … }`
@frozen public struct InterfaceTypeDefinition: TypeDefinitionNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .interfaceTypeDefinition || kind == .interfaceTypeExtension
    }

    @inlinable public var interfaces: NodeList<NamedType> { NodeList(childrenOf: node) }
    @inlinable public var fields: NodeList<FieldDefinition> { NodeList(childrenOf: node) }
}

/// `union Name @directive = A | B`
@frozen public struct UnionTypeDefinition: TypeDefinitionNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .unionTypeDefinition || kind == .unionTypeExtension
    }

    @inlinable public var types: NodeList<NamedType> { NodeList(childrenOf: node) }
}

/// `enum Name @directive { A B }`
@frozen public struct EnumTypeDefinition: TypeDefinitionNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .enumTypeDefinition || kind == .enumTypeExtension
    }

    @inlinable public var values: NodeList<EnumValueDefinition> { NodeList(childrenOf: node) }
}

/// `input Name @directive { … }`
@frozen public struct InputObjectTypeDefinition: TypeDefinitionNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .inputObjectTypeDefinition || kind == .inputObjectTypeExtension
    }

    @inlinable public var fields: NodeList<InputValueDefinition> { NodeList(childrenOf: node) }
}

/// `name(argument: Type): Type @directive`
@frozen public struct FieldDefinition: DescribedNode, NamedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .fieldDefinition }

    @inlinable public var arguments: NodeList<InputValueDefinition> {
        NodeList(childrenOf: node, if: .hasArguments)
    }
    @inlinable public var type: TypeReference { node.typeReference }
}

/// `name: Type = default @directive`: an argument or an input field.
@frozen public struct InputValueDefinition: DescribedNode, NamedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .inputValueDefinition
    }

    @inlinable public var type: TypeReference { node.typeReference }
    @inlinable public var defaultValue: Value? { node.defaultValue }
}

/// `NAME @directive`
@frozen public struct EnumValueDefinition: DescribedNode, NamedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .enumValueDefinition
    }
}

/// `directive @name(argument: Type) repeatable on A | B`
@frozen public struct DirectiveDefinition: DescribedNode, NamedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .directiveDefinition
    }

    @inlinable public var arguments: NodeList<InputValueDefinition> {
        NodeList(childrenOf: node, if: .hasArguments)
    }
    @inlinable public var isRepeatable: Bool { node.record.flags.contains(.isRepeatable) }
    @inlinable public var locations: NodeList<DirectiveLocation> { NodeList(childrenOf: node) }
}

/// `FIELD_DEFINITION`, where a directive may stand.
@frozen public struct DirectiveLocation: NamedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .directiveLocation }

    @inlinable public var place: DirectivePlace {
        DirectivePlace(rawValue: node.record.detail) ?? .query
    }
}
