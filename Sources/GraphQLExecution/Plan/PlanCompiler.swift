import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation

/// How large a plan may get. What a document asks for is limited before; these bound what
/// fragments on abstract types and guards can multiply it to.
public struct PlanLimits: Hashable, Sendable {
    /// The most fields, over all selections.
    public var maximumFields = 100_000
    /// The most nodes looked at while fields are collected.
    public var maximumSteps = 1_000_000
    /// The most different conditions in @skip and @include.
    public static let maximumConditions = 64

    public init() {}
}

/// Compiles an operation, selection by selection, without recursion.
struct PlanCompiler {
    private let valid: ValidDocument
    let schema: Schema
    let document: Document
    let operation: OperationDefinition
    let roads: any FieldRoads
    private let access: AccessModel?
    let limits: PlanLimits

    var tables = PlanTables()
    /// The nodes of fragments, by their names.
    var fragments: [Name: FragmentDefinition] = [:]
    /// Selections that have a place but no fields yet.
    var open: [(index: Int, sources: [Source])] = []
    var known: [SelectionKey: Int32] = [:]
    var steps = 0

    /// A selection set of the document that contributes, and under which guards.
    struct Source: Hashable {
        let selectionSet: Int32
        let guards: Guards
    }

    struct SelectionKey: Hashable {
        let type: TypeID
        let sources: [Source]
    }

    init(
        _ valid: ValidDocument, operation: OperationDefinition, roads: any FieldRoads,
        access: AccessModel?, limits: PlanLimits
    ) {
        self.access = access
        self.valid = valid
        schema = valid.schema
        self.operation = operation
        self.roads = roads
        self.limits = limits
        document = operation.document
    }

    mutating func compile() throws(GraphQLError) -> Plan {
        guard let root = schema.rootType(operation.operation) else {
            throw GraphQLError(
                "Schema is not configured to execute \(operation.operation.name) operation.",
                locations: [operation.location])
        }
        for fragment in document.fragments where fragments[fragment.name] == nil {
            fragments[fragment.name] = fragment
        }
        for definition in operation.variableDefinitions {
            tables.add(
                PlannedVariable(
                    name: definition.name.text, definition: definition,
                    type: inputType(definition.type)))
        }
        let source = Source(
            selectionSet: Int32(operation.selectionSet.index), guards: .none)
        _ = selection(on: root, [source])
        while let next = open.popLast() {
            try fill(next.index, next.sources)
        }
        return Plan(tables, document: valid, operation: operation, access: access)
    }

    private func inputType(_ reference: TypeReference) -> WrappedType? {
        guard let named = schema.type(named: reference.named.name),
            schema[named].kind.isInput
        else { return nil }
        return WrappedType(named, wrappedLike: reference)
    }

    /// The selection of objects of `type` from these sources; the same sources make the same
    /// selection, so that what fragments repeat is planned once.
    private mutating func selection(on type: TypeID, _ sources: [Source]) -> Int32 {
        let key = SelectionKey(type: type, sources: sources)
        if let selection = known[key] { return selection }
        let index = Int32(tables.selections.count)
        known[key] = index
        let name = schema.name(of: type)
        let start = tables.typeNames.count
        tables.typeNames += "\"\(name)\"".utf8
        tables.selections.append(
            PlannedSelection(
                type: type, typeName: Extent(start..<tables.typeNames.count)))
        open.append((Int(index), sources))
        return index
    }

    /// What answers a field: a selection, or for an abstract type one for each object type.
    private mutating func child(of type: TypeID, _ sources: [Source]) -> Int32 {
        guard schema[type].kind.isAbstract else { return selection(on: type, sources) }
        let key = SelectionKey(type: type, sources: sources)
        if let abstract = known[key] { return abstract }
        let abstract = ~Int32(known.count)
        known[key] = abstract
        for object in schema.possibleTypes(of: type) {
            let selection = selection(on: object, sources)
            tables.variants.insert(abstract, object.rawValue, selection)
        }
        return abstract
    }

    /// ```
    /// CollectFields(objectType, selectionSet, variableValues)
    /// ```
    private mutating func fill(_ index: Int, _ sources: [Source]) throws(GraphQLError) {
        let type = tables.selections[index].type
        var collector = FieldCollector(type: type)
        for source in sources { try collect(source, into: &collector) }
        let first = Int32(tables.fields.count)
        guard tables.fields.count + collector.groups.count <= limits.maximumFields else {
            throw tooLarge("more than \(limits.maximumFields) planned fields")
        }
        for group in collector.groups { try addField(group, of: type, selection: index) }
        tables.selections[index].fields = Extent(first, Int32(tables.fields.count))
        if collector.isGuarded {
            let start = tables.contributions.count
            tables.contributions += collector.order.map {
                Contribution(field: first + Int32($0.group), guards: $0.guards)
            }
            tables.selections[index].contributions = Extent(
                start..<tables.contributions.count)
            tables.selections[index].isGuarded = true
        }
    }

    private mutating func addField(
        _ group: FieldCollector.Group, of type: TypeID, selection: Int
    ) throws(GraphQLError) {
        let node = Field(unchecked: document[Int(group.nodes[0].node)])
        let record = schema[group.field]
        let keyStart = Int32(tables.keys.count)
        tables.keys += ",\"".utf8
        tables.keys += node.responseName.bytes
        tables.keys += "\":".utf8
        let keyEnd = Int32(tables.keys.count)
        var name = Extent(keyStart + 2, keyEnd - 2)
        if node.alias != nil {
            tables.keys += node.name.bytes
            name = Extent(keyEnd, Int32(tables.keys.count))
        }
        let firstNode = Int32(tables.nodes.count)
        tables.nodes += group.nodes
        let road = road(of: group.field, on: type)
        var child: Int32 = 0
        if schema[record.type.named].kind.isComposite {
            child = self.child(of: record.type.named, childSources(of: group))
        }
        let hasColumn = road == .resolved || road == .asynchronous
        if hasColumn { tables.selections[selection].hasColumns = true }
        let arguments = argumentList(of: node, group.field)
        tables.fields.append(
            FieldRecord(
                field: group.field, parent: type, type: record.type, road: road,
                isIntrospection: isIntrospection(group.field, on: type),
                introspection: IntrospectionField(group.field, in: schema),
                keyStart: keyStart, keyEnd: keyEnd, name: name,
                arguments: arguments, isChecked: isChecked(group.field, arguments), child: child,
                column: hasColumn ? Int32(tables.columnCount) : -1,
                firstNode: firstNode, nodeCount: Int32(group.nodes.count)))
        if hasColumn { tables.columnCount += 1 }
    }

    /// Whether something may keep a field from being resolved. Puts down what it demands.
    private mutating func isChecked(_ field: FieldID, _ arguments: Int32) -> Bool {
        let rules = access?.rules(of: field) ?? []
        tables.add(rules)
        let areSure = arguments < 0 || tables.argumentLists[Int(arguments)].constants != nil
        return !areSure || !rules.isEmpty || access?.guardsArguments(of: field) == true
    }

    private func road(of field: FieldID, on type: TypeID) -> FieldRoad {
        if field == schema.typenameField { return .typeName }
        return isIntrospection(field, on: type)
            ? PlainRoads().road(of: field, in: schema) : roads.road(of: field, in: schema)
    }

    private func isIntrospection(_ field: FieldID, on type: TypeID) -> Bool {
        schema[type].isIntrospection || field >= schema.schemaField
    }

    /// ```
    /// CollectSubfields(objectType, fields, variableValues)
    /// ```
    private func childSources(of group: FieldCollector.Group) -> [Source] {
        group.nodes.compactMap { node in
            Field(unchecked: document[Int(node.node)]).selectionSet.map {
                Source(selectionSet: Int32($0.index), guards: node.guards)
            }
        }
    }

    func tooLarge(_ what: String) -> GraphQLError {
        GraphQLError(
            "The operation is too large: its fragments and conditions make \(what). "
                + "Select less, or split it.",
            locations: [operation.location], code: .validationFailed)
    }
}
