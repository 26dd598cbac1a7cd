public import GraphQLLanguage

extension Schema {
    /// The schema that `document` defines. It must have passed the rules for schema documents; what
    /// those would have found may be built into something odd, or thrown, but does no harm.
    public convenience init(building document: Document) throws(GraphQLError) {
        var builder = SchemaBuilder(document)
        try builder.build()
        // Defaults are values of the schema's own types, so there has to be one to read them.
        let withoutDefaults = Schema(
            builder.tables, document: document, schemaNodes: builder.schemaNodes, defaults: [])
        self.init(
            builder.tables, document: document, schemaNodes: builder.schemaNodes,
            defaults: try withoutDefaults.coercedDefaults())
    }
}

/// Reads definitions twice: first to find and to order the types, then to fill the tables.
struct SchemaBuilder {
    let document: Document
    var tables = SchemaTables()
    var drafts: [String: TypeDraft] = [:]
    /// The names of the drafts in the order in which introspection lists them.
    var order: [String] = []
    var directiveDrafts: [(definition: DirectiveDefinition, isBuiltIn: Bool)] = []
    var schemaNodes: [SchemaDefinition] = []

    init(_ document: Document) { self.document = document }

    mutating func build() throws(GraphQLError) {
        let own = collectDefinitions()
        addBuiltIns()
        orderTypes(own)
        for (index, name) in order.enumerated() {
            let name = tables.names.intern(name)
            tables.typesByName.register(name, index)
        }
        for name in order {
            if let draft = drafts[name] { try addType(draft) }
        }
        for draft in directiveDrafts { try addDirective(draft.definition, draft.isBuiltIn) }
        hideMetaFields()
        try addPossibleTypes()
        try findRoots()
        padLookups()
    }

    /// Returns the names of the document's own types in their order.
    private mutating func collectDefinitions() -> [String] {
        var own: [String] = []
        var extensions: [TypeDefinition] = []
        for definition in document.definitions {
            switch definition.form {
            case .schema(let schema): schemaNodes.append(schema)
            case .directive(let directive): directiveDrafts.append((directive, false))
            case .operation, .fragment: break
            default:
                let type = TypeDefinition(unchecked: definition.node)
                if type.isExtension {
                    extensions.append(type)
                } else {
                    let name = type.name.text
                    if drafts[name] == nil { own.append(name) }
                    drafts[name] = TypeDraft(definition: type, isBuiltIn: false)
                }
            }
        }
        for type in extensions {
            drafts[type.name.text]?.extensions.append(type)
        }
        return own
    }

    /// The specification's types cannot be defined anew; its directives can.
    private mutating func addBuiltIns() {
        for definition in BuiltIns.document.definitions {
            if case .directive(let directive) = definition.form {
                if !directiveDrafts.contains(where: { $0.definition.name == directive.name }) {
                    directiveDrafts.append((directive, true))
                }
            } else if let type = TypeDefinition(definition.node) {
                drafts[type.name.text] = TypeDraft(definition: type, isBuiltIn: true)
            }
        }
    }

    /// The document's types in its order, each followed by the built-in ones it is the first to
    /// refer to; then what directives refer to, and the types of introspection.
    private mutating func orderTypes(_ own: [String]) {
        let ownNames = Set(own)
        var seen = Set<String>()
        for name in own {
            add(name, &seen, waitingFor: ownNames)
        }
        for draft in directiveDrafts {
            for argument in draft.definition.arguments {
                add(argument.type.named.name.text, &seen, waitingFor: [])
            }
        }
        add("__Schema", &seen, waitingFor: [])
        order.append(BuiltIns.metaFieldsType)
    }

    /// Adds a type and, depth first, what it refers to, except the types that come on their own.
    private mutating func add(
        _ name: String, _ seen: inout Set<String>, waitingFor later: Set<String>
    ) {
        var stack = [name]
        while let next = stack.popLast() {
            guard let draft = drafts[next], seen.insert(next).inserted else { continue }
            order.append(next)
            let references = draft.references.map(\.text)
            stack += references.reversed().filter { !later.contains($0) }
        }
    }

    /// Nobody finds the meta-fields by the name of their type.
    private mutating func hideMetaFields() {
        if let name = tables.names.find(BuiltIns.metaFieldsType) {
            tables.typesByName[name.index] = -1
        }
    }

    private mutating func padLookups() {
        let missing = { (table: [Int32], count: Int) in
            [Int32](repeating: -1, count: max(count - table.count, 0))
        }
        tables.typesByName += missing(tables.typesByName, tables.names.count)
        tables.directivesByName += missing(tables.directivesByName, tables.names.count)
    }
}

/// Types that others need.
extension SchemaBuilder {
    func type(named name: Name) throws(GraphQLError) -> TypeID {
        guard let id = tables.names.find(name), id.index < tables.typesByName.count,
            tables.typesByName[id.index] >= 0
        else {
            throw GraphQLError("Unknown type: \"\(name.text)\".", locations: [name.location])
        }
        return TypeID(rawValue: tables.typesByName[id.index])
    }

    /// The type that `reference` writes out.
    func wrappedType(_ reference: TypeReference) throws(GraphQLError) -> WrappedType {
        let named = try type(named: reference.named.name)
        guard let type = WrappedType(named, wrappedLike: reference) else {
            throw GraphQLError(
                "Lists may nest at most \(WrappedType.maximumWrappers / 2) deep.",
                locations: [reference.location])
        }
        return type
    }
}

extension WrappedType {
    /// `named` in the lists and non-nulls of `reference`, if they are not too many.
    package init?(_ named: TypeID, wrappedLike reference: TypeReference) {
        var wrappers: [TypeReference] = [reference]
        while let item = wrappers[wrappers.count - 1].itemType { wrappers.append(item) }
        var type = WrappedType(named)
        for (depth, wrapper) in wrappers.reversed().enumerated() {
            if depth > 0 {
                guard type.canBeWrapped else { return nil }
                type = type.inList
            }
            if wrapper.isNonNull {
                guard type.canBeWrapped else { return nil }
                type = type.nonNull
            }
        }
        self = type
    }
}

extension [Int32] {
    /// Of a table by name: the last of the same name wins, as do the last members of a type.
    mutating func register(_ name: NameID, _ index: Int) {
        while count <= name.index { append(-1) }
        self[name.index] = Int32(truncatingIfNeeded: index)
    }
}
