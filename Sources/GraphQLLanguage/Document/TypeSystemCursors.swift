/// Cursors over type system definitions and extensions. One type serves a definition and its
/// extension: `isExtension` tells them apart.

/// `schema @directive { query: Type }`
@frozen public struct SchemaDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .schemaDefinition || kind == .schemaExtension
    }

    @inlinable public var isExtension: Bool { node.kind.isExtension }
    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
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
@frozen public struct TypeDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind.isTypeDefinition
    }

    @inlinable public var isExtension: Bool { node.kind.isExtension }
    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
}

/// `scalar Name @directive`
@frozen public struct ScalarTypeDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .scalarTypeDefinition || kind == .scalarTypeExtension
    }

    @inlinable public var isExtension: Bool { node.kind.isExtension }
    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
}

/// `type Name implements Interface @directive { … }`
@frozen public struct ObjectTypeDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .objectTypeDefinition || kind == .objectTypeExtension
    }

    @inlinable public var isExtension: Bool { node.kind.isExtension }
    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var interfaces: NodeList<NamedType> { NodeList(childrenOf: node) }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var fields: NodeList<FieldDefinition> { NodeList(childrenOf: node) }
}

/// `interface Name implements Interface @directive { … }`
@frozen public struct InterfaceTypeDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .interfaceTypeDefinition || kind == .interfaceTypeExtension
    }

    @inlinable public var isExtension: Bool { node.kind.isExtension }
    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var interfaces: NodeList<NamedType> { NodeList(childrenOf: node) }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var fields: NodeList<FieldDefinition> { NodeList(childrenOf: node) }
}

/// `union Name @directive = A | B`
@frozen public struct UnionTypeDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .unionTypeDefinition || kind == .unionTypeExtension
    }

    @inlinable public var isExtension: Bool { node.kind.isExtension }
    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var types: NodeList<NamedType> { NodeList(childrenOf: node) }
}

/// `enum Name @directive { A B }`
@frozen public struct EnumTypeDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .enumTypeDefinition || kind == .enumTypeExtension
    }

    @inlinable public var isExtension: Bool { node.kind.isExtension }
    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var values: NodeList<EnumValueDefinition> { NodeList(childrenOf: node) }
}

/// `input Name @directive { … }`
@frozen public struct InputObjectTypeDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .inputObjectTypeDefinition || kind == .inputObjectTypeExtension
    }

    @inlinable public var isExtension: Bool { node.kind.isExtension }
    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
    @inlinable public var fields: NodeList<InputValueDefinition> { NodeList(childrenOf: node) }
}

/// `name(argument: Type): Type @directive`
@frozen public struct FieldDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .fieldDefinition }

    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var arguments: NodeList<InputValueDefinition> {
        NodeList(childrenOf: node, if: .hasArguments)
    }
    @inlinable public var type: TypeReference { node.typeReference }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
}

/// `name: Type = default @directive`: an argument or an input field.
@frozen public struct InputValueDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .inputValueDefinition
    }

    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var type: TypeReference { node.typeReference }
    @inlinable public var defaultValue: Value? { node.defaultValue }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
}

/// `NAME @directive`
@frozen public struct EnumValueDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .enumValueDefinition
    }

    @inlinable public var description: StringLiteral? { node.description }
    @inlinable public var name: Name { node.name }
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
}

/// `directive @name(argument: Type) repeatable on A | B`
@frozen public struct DirectiveDefinition: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .directiveDefinition
    }

    @inlinable public var description: StringLiteral? { node.description }
    /// The name, without the `@`.
    @inlinable public var name: Name { node.name }
    @inlinable public var arguments: NodeList<InputValueDefinition> {
        NodeList(childrenOf: node, if: .hasArguments)
    }
    @inlinable public var isRepeatable: Bool { node.record.flags.contains(.isRepeatable) }
    @inlinable public var locations: NodeList<DirectiveLocation> { NodeList(childrenOf: node) }
}

/// `FIELD_DEFINITION`, where a directive may stand.
@frozen public struct DirectiveLocation: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .directiveLocation }

    @inlinable public var name: Name { node.name }
    @inlinable public var place: DirectivePlace {
        DirectivePlace(rawValue: node.record.detail) ?? .query
    }
}
