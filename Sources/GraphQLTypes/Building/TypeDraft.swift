import GraphQLLanguage

/// A type that is being built: everything that defines it.
struct TypeDraft {
    let definition: TypeDefinition
    let isBuiltIn: Bool
    var extensions: [TypeDefinition] = []

    /// The definition before its extensions.
    var nodes: [TypeDefinition] { [definition] + extensions }

    var kind: TypeKind {
        switch definition.node.kind {
        case .scalarTypeDefinition: .scalar
        case .objectTypeDefinition: .object
        case .interfaceTypeDefinition: .interface
        case .unionTypeDefinition: .union
        case .enumTypeDefinition: .enum
        default: .inputObject
        }
    }

    var fields: [FieldDefinition] {
        kind == .object || kind == .interface ? children() : []
    }

    var inputFields: [InputValueDefinition] { kind == .inputObject ? children() : [] }
    var enumValues: [EnumValueDefinition] { children() }

    /// The interfaces of an object or interface type, or the members of a union.
    var declaredTypes: [NamedType] { children() }

    private func children<Child: NodeCursor>() -> [Child] {
        nodes.flatMap { $0.node.children.compactMap { Child($0) } }
    }

    /// The names of the types it refers to, in the order in which they are to be listed.
    var references: [Name] {
        var names = declaredTypes.map(\.name)
        for field in fields {
            names.append(field.type.named.name)
            names += field.arguments.map { $0.type.named.name }
        }
        names += inputFields.map { $0.type.named.name }
        return names
    }
}
