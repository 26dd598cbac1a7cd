public import GraphQLLanguage

@frozen public enum TypeKind: UInt8, Sendable {
    case scalar, object, interface, union, `enum`, inputObject

    /// Whether a value of the type may stand in a request.
    @inlinable public var isInput: Bool {
        self == .scalar || self == .enum || self == .inputObject
    }

    /// Whether a value of the type may stand in a response.
    @inlinable public var isOutput: Bool { self != .inputObject }
    @inlinable public var isLeaf: Bool { self == .scalar || self == .enum }
    /// Whether a selection set may stand behind it.
    @inlinable public var isComposite: Bool {
        self == .object || self == .interface || self == .union
    }
    @inlinable public var isAbstract: Bool { self == .interface || self == .union }
}

/// The scalars of the specification.
@frozen public enum BuiltInScalar: UInt8, Sendable, CaseIterable {
    case int, float, string, boolean, id

    package var name: String {
        switch self {
        case .int: "Int"
        case .float: "Float"
        case .string: "String"
        case .boolean: "Boolean"
        case .id: "ID"
        }
    }
}

/// Where something is defined: a node of the schema's document, or of the built-in one.
@frozen public struct DefinitionNode: Hashable, Sendable {
    @usableFromInline let code: Int32

    @inlinable init(_ node: Node, isBuiltIn: Bool) {
        let index = Int32(truncatingIfNeeded: node.index)
        code = isBuiltIn ? ~index : index
    }

    @inlinable public var isBuiltIn: Bool { code < 0 }
    @inlinable public var index: Int { Int(isBuiltIn ? ~code : code) }
}

/// A named type. What is empty for its kind is an empty range.
@frozen public struct TypeRecord: Sendable {
    public let name: NameID
    public let kind: TypeKind
    /// Of a scalar that the specification defines: which one it is.
    public let builtInScalar: BuiltInScalar?
    /// One of the types that describe the schema itself.
    public let isIntrospection: Bool
    public let isOneOf: Bool
    /// Of an object or interface type.
    public let fields: IDRange<FieldID>
    /// Of an input object type.
    public let inputFields: IDRange<InputID>
    public let enumValues: IDRange<EnumValueID>
    /// Where in the lists of types the interfaces of an object or interface stand, or the members
    /// of a union: `Schema.interfaces(of:)` and `Schema.members(of:)` read it.
    let declared: Range<Int>
    /// The same for the object types that an abstract type can be.
    @usableFromInline var possible: Range<Int>
    /// Where the nodes that define it stand, the definition before its extensions.
    let definitions: Range<Int>
}

@frozen public struct FieldRecord: Sendable {
    public let name: NameID
    public let parent: TypeID
    public let type: WrappedType
    public let arguments: IDRange<InputID>
    public let isDeprecated: Bool
    public let node: DefinitionNode
}

/// An argument or an input field.
@frozen public struct InputRecord: Sendable {
    public let name: NameID
    public let type: WrappedType
    public let hasDefault: Bool
    public let isDeprecated: Bool
    public let node: DefinitionNode

    /// Whether a request must give it.
    @inlinable public var isRequired: Bool { type.isNonNull && !hasDefault }
}

@frozen public struct EnumValueRecord: Sendable {
    public let name: NameID
    public let parent: TypeID
    public let isDeprecated: Bool
    public let node: DefinitionNode
}

@frozen public struct DirectiveRecord: Sendable {
    public let name: NameID
    public let arguments: IDRange<InputID>
    public let isRepeatable: Bool
    @usableFromInline let places: UInt32
    public let node: DefinitionNode

    @inlinable public func mayStand(on place: DirectivePlace) -> Bool {
        places & (1 << UInt32(place.rawValue)) != 0
    }
}
