import GraphQLLanguage

/// Filling the tables.
extension SchemaBuilder {
    mutating func addType(_ draft: TypeDraft) throws(GraphQLError) {
        let id = TypeID(tables.types.count)
        let name = draft.definition.name
        let declared = try addTypeList(draft.declaredTypes)
        let definitions = tables.definitionNodes.count
        tables.definitionNodes += draft.nodes.map {
            DefinitionNode($0.node, isBuiltIn: draft.isBuiltIn)
        }
        let kind = draft.kind
        if kind == .scalar {
            for node in draft.nodes { try node.directives.checkSpecifiedBy() }
        }
        let scalar = BuiltInScalar.allCases.first { kind == .scalar && $0.name == name.text }
        let isIntrospection = draft.isBuiltIn && scalar == nil
        tables.types.append(
            TypeRecord(
                name: tables.names.intern(name), kind: kind, builtInScalar: scalar,
                isIntrospection: isIntrospection,
                isOneOf: draft.nodes.contains { $0.directives.has("oneOf") },
                fields: try addFields(of: draft, id),
                inputFields: try addInputs(
                    draft.inputFields, isBuiltIn: draft.isBuiltIn, memberOf: id),
                enumValues: kind == .enum ? try addEnumValues(of: draft, id) : .empty,
                declared: declared, possible: 0..<0,
                definitions: definitions..<tables.definitionNodes.count))
    }

    private mutating func addTypeList(_ types: [NamedType]) throws(GraphQLError) -> Range<Int> {
        let start = tables.typeLists.count
        for type in types { tables.typeLists.append(try self.type(named: type.name)) }
        return start..<tables.typeLists.count
    }

    private mutating func addFields(
        of draft: TypeDraft, _ type: TypeID
    ) throws(GraphQLError) -> IDRange<FieldID> {
        let start = tables.fields.count
        for field in draft.fields {
            let name = tables.names.intern(field.name)
            let arguments = try addInputs(Array(field.arguments), isBuiltIn: draft.isBuiltIn)
            tables.members.insert(type.rawValue, name.rawValue, Int32(tables.fields.count))
            tables.fields.append(
                FieldRecord(
                    name: name, parent: type, type: try wrappedType(field.type),
                    arguments: arguments, isDeprecated: try field.directives.checkedDeprecation(),
                    node: DefinitionNode(field.node, isBuiltIn: draft.isBuiltIn)))
        }
        return IDRange(start..<tables.fields.count)
    }

    /// Arguments, or the fields of the input object type `parent`.
    private mutating func addInputs(
        _ definitions: [InputValueDefinition], isBuiltIn: Bool, memberOf parent: TypeID? = nil
    ) throws(GraphQLError) -> IDRange<InputID> {
        let start = tables.inputs.count
        for input in definitions {
            let name = tables.names.intern(input.name)
            if let parent {
                tables.members.insert(parent.rawValue, name.rawValue, Int32(tables.inputs.count))
            }
            tables.inputs.append(
                InputRecord(
                    name: name, type: try wrappedType(input.type),
                    hasDefault: input.defaultValue != nil,
                    isDeprecated: try input.directives.checkedDeprecation(),
                    node: DefinitionNode(input.node, isBuiltIn: isBuiltIn)))
        }
        return IDRange(start..<tables.inputs.count)
    }

    private mutating func addEnumValues(
        of draft: TypeDraft, _ type: TypeID
    ) throws(GraphQLError) -> IDRange<EnumValueID> {
        let start = tables.enumValues.count
        for value in draft.enumValues {
            let name = tables.names.intern(value.name)
            tables.members.insert(type.rawValue, name.rawValue, Int32(tables.enumValues.count))
            tables.enumValues.append(
                EnumValueRecord(
                    name: name, parent: type,
                    isDeprecated: try value.directives.checkedDeprecation(),
                    node: DefinitionNode(value.node, isBuiltIn: draft.isBuiltIn)))
        }
        return IDRange(start..<tables.enumValues.count)
    }

    mutating func addDirective(
        _ definition: DirectiveDefinition, _ isBuiltIn: Bool
    ) throws(GraphQLError) {
        let name = tables.names.intern(definition.name)
        tables.directivesByName.register(name, tables.directives.count)
        tables.directives.append(
            DirectiveRecord(
                name: name,
                arguments: try addInputs(Array(definition.arguments), isBuiltIn: isBuiltIn),
                isRepeatable: definition.isRepeatable,
                places: definition.locations.reduce(0) { $0 | 1 << UInt32($1.place.rawValue) },
                node: DefinitionNode(definition.node, isBuiltIn: isBuiltIn)))
    }

    /// Finds what each abstract type can be. An interface has its object types in the order of all
    /// types, a union its members in its own.
    mutating func addPossibleTypes() throws(GraphQLError) {
        var objects = [[TypeID]](repeating: [], count: tables.types.count)
        for (index, type) in tables.types.enumerated() {
            let id = TypeID(index)
            for other in tables.typeLists[type.declared] {
                // What is implemented though it is no interface is a mistake that is found later.
                guard type.kind == .union || tables.types[other.index].kind == .interface else {
                    continue
                }
                let (abstract, sub) = type.kind == .union ? (id, other) : (other, id)
                tables.subtypes.insert(abstract.rawValue, sub.rawValue, 1)
                if tables.types[sub.index].kind == .object { objects[abstract.index].append(sub) }
            }
        }
        for (index, possible) in objects.enumerated()
        where tables.types[index].kind.isAbstract {
            let start = tables.typeLists.count
            tables.typeLists += possible
            tables.types[index].possible = start..<tables.typeLists.count
        }
    }

    /// Without a schema definition the types with the operations' names are the roots.
    mutating func findRoots() throws(GraphQLError) {
        for node in schemaNodes {
            for root in node.operationTypes {
                tables.roots[root.operation] = try type(named: root.type.name)
            }
        }
        guard !schemaNodes.contains(where: { !$0.isExtension }) else { return }
        let names: [(OperationType, String)] = [
            (.query, "Query"), (.mutation, "Mutation"), (.subscription, "Subscription"),
        ]
        for (operation, name) in names {
            guard let id = tables.names.find(name), id.index < tables.typesByName.count,
                tables.typesByName[id.index] >= 0
            else { continue }
            tables.roots[operation] = TypeID(rawValue: tables.typesByName[id.index])
        }
    }
}

extension NodeList<Directive> {
    /// Whether a directive of this name is among them.
    package func has(_ name: StaticString) -> Bool { contains { $0.name == name } }
}
