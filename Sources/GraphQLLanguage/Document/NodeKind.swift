/// What a node of a document is, in the words of the specification.
@frozen public enum NodeKind: UInt8, Sendable {
    case document

    // Executable definitions
    case operationDefinition, variableDefinition, fragmentDefinition
    case selectionSet, field, alias, fragmentSpread, inlineFragment
    case argument, directive

    // Values
    case variable, intValue, floatValue, stringValue, booleanValue, nullValue, enumValue
    case listValue, objectValue, objectField

    // Types
    case namedType, listType

    // Type system definitions
    case description
    case schemaDefinition, operationTypeDefinition
    case scalarTypeDefinition, objectTypeDefinition, interfaceTypeDefinition
    case unionTypeDefinition, enumTypeDefinition, inputObjectTypeDefinition
    case fieldDefinition, inputValueDefinition, enumValueDefinition
    case directiveDefinition, directiveLocation

    // Type system extensions
    case schemaExtension
    case scalarTypeExtension, objectTypeExtension, interfaceTypeExtension
    case unionTypeExtension, enumTypeExtension, inputObjectTypeExtension

    @inlinable public var isValue: Bool {
        rawValue >= NodeKind.variable.rawValue && rawValue <= NodeKind.objectValue.rawValue
    }

    @inlinable public var isType: Bool { self == .namedType || self == .listType }

    @inlinable public var isExtension: Bool { rawValue >= NodeKind.schemaExtension.rawValue }

    /// The definition or the extension of a type.
    @inlinable public var isTypeDefinition: Bool {
        let types =
            NodeKind.scalarTypeDefinition.rawValue...NodeKind.inputObjectTypeDefinition.rawValue
        return types.contains(rawValue) || rawValue > NodeKind.schemaExtension.rawValue
    }

    @inlinable public var isExecutableDefinition: Bool {
        self == .operationDefinition || self == .fragmentDefinition
    }
}

@frozen public enum OperationType: UInt8, Sendable {
    case query, mutation, subscription

    @inlinable public var name: StaticString {
        switch self {
        case .query: "query"
        case .mutation: "mutation"
        case .subscription: "subscription"
        }
    }
}
