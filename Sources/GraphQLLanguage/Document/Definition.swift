/// Any definition or extension of a document.
@frozen public struct Definition: ExtensibleNode, DescribedNode, DirectedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    /// Every child of the document is one, except of a document that is a single value or type.
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        !kind.isValue && !kind.isType
    }

    @frozen public enum Form: Sendable {
        case operation(OperationDefinition)
        case fragment(FragmentDefinition)
        case schema(SchemaDefinition)
        case directive(DirectiveDefinition)
        case scalarType(ScalarTypeDefinition)
        case objectType(ObjectTypeDefinition)
        case interfaceType(InterfaceTypeDefinition)
        case unionType(UnionTypeDefinition)
        case enumType(EnumTypeDefinition)
        case inputObjectType(InputObjectTypeDefinition)
    }

    /// The definition by its production; an extension comes as what it extends.
    @inlinable public var form: Form {
        switch node.kind {
        case .operationDefinition: .operation(.init(unchecked: node))
        case .fragmentDefinition: .fragment(.init(unchecked: node))
        case .schemaDefinition, .schemaExtension: .schema(.init(unchecked: node))
        case .directiveDefinition: .directive(.init(unchecked: node))
        case .scalarTypeDefinition, .scalarTypeExtension: .scalarType(.init(unchecked: node))
        case .objectTypeDefinition, .objectTypeExtension: .objectType(.init(unchecked: node))
        case .interfaceTypeDefinition, .interfaceTypeExtension:
            .interfaceType(.init(unchecked: node))
        case .unionTypeDefinition, .unionTypeExtension: .unionType(.init(unchecked: node))
        case .enumTypeDefinition, .enumTypeExtension: .enumType(.init(unchecked: node))
        default: .inputObjectType(.init(unchecked: node))
        }
    }

    @inlinable public var isExecutable: Bool { node.kind.isExecutableDefinition }
    @inlinable public var name: Name? { node.nameIfAny }
}

/// Children that the grammar promises.
extension Node {
    @inlinable func required(_ kind: NodeKind) -> Node {
        guard let child = child(kind) else { preconditionFailure("the grammar promises a child") }
        return child
    }

    @inlinable var requiredLast: Node {
        guard let child = lastChild else { preconditionFailure("the grammar promises a child") }
        return child
    }

    @inlinable var description: StringLiteral? {
        record.flags.contains(.hasDescription)
            ? StringLiteral(unchecked: document[index + 1]) : nil
    }

    @inlinable var selectionSet: SelectionSet? {
        record.flags.contains(.hasSelectionSet) ? SelectionSet(unchecked: requiredLast) : nil
    }

    /// The type is the first child that can be one.
    @inlinable var typeReference: TypeReference {
        guard let type = NodeList<TypeReference>(childrenOf: self).first else {
            preconditionFailure("the grammar promises a type")
        }
        return type
    }

    /// Of a definition with a type: the value, which stands behind it. A variable's definition
    /// begins with a node that looks like a value: the variable.
    @inlinable var defaultValue: Value? {
        guard let type = NodeList<TypeReference>(childrenOf: self).first else { return nil }
        let after = Int(type.node.record.next)
        guard after < Int(record.next) else { return nil }
        return Value(document[after])
    }
}
