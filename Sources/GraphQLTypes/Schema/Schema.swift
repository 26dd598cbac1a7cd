public import GraphQLLanguage

/// A type system, complete and immutable, in flat tables.
///
/// Identifiers are indexes into the tables, and records hold no references, so that looking
/// something up costs one look at an array. Names are numbers too: whoever reads a document asks
/// `names` once and compares integers from there on.
public final class Schema: Sendable {
    /// What it was built from.
    public let document: Document
    public let names: NameTable
    /// In the order in which introspection lists them; behind them, the type of the meta-fields.
    @usableFromInline let typeRecords: [TypeRecord]
    @usableFromInline let fieldRecords: [FieldRecord]
    @usableFromInline let inputRecords: [InputRecord]
    @usableFromInline let enumValueRecords: [EnumValueRecord]
    @usableFromInline let directiveRecords: [DirectiveRecord]
    /// By `NameID`, -1 where nothing has the name.
    @usableFromInline let typesByName: [Int32]
    @usableFromInline let directivesByName: [Int32]
    /// A type and a name: the index of the field, input field or enum value.
    @usableFromInline let members: PairTable
    /// An abstract type and one that is a subtype of it.
    @usableFromInline let subtypes: PairTable
    @usableFromInline let typeLists: [TypeID]
    private let definitionNodes: [DefinitionNode]
    /// By `InputID`, what stands for an input that is not given.
    let defaults: [InputValue?]

    public let queryType: TypeID?
    public let mutationType: TypeID?
    public let subscriptionType: TypeID?
    /// The definition of the schema, if it has one, and its extensions.
    public let schemaNodes: [SchemaDefinition]

    init(
        _ tables: SchemaTables, document: Document, schemaNodes: [SchemaDefinition],
        defaults: [InputValue?]
    ) {
        self.document = document
        self.defaults = defaults
        self.schemaNodes = schemaNodes
        names = tables.names
        typeRecords = tables.types
        fieldRecords = tables.fields
        inputRecords = tables.inputs
        enumValueRecords = tables.enumValues
        directiveRecords = tables.directives
        typesByName = tables.typesByName
        directivesByName = tables.directivesByName
        members = tables.members
        subtypes = tables.subtypes
        typeLists = tables.typeLists
        definitionNodes = tables.definitionNodes
        queryType = tables.roots[.query]
        mutationType = tables.roots[.mutation]
        subscriptionType = tables.roots[.subscription]
    }
}

/// The tables.
extension Schema {
    /// All types, without the one of the meta-fields.
    public var types: IDRange<TypeID> { IDRange(0..<(typeRecords.count - 1)) }
    public var directives: IDRange<DirectiveID> { IDRange(0..<directiveRecords.count) }
    public var fieldCount: Int { fieldRecords.count }
    var inputCount: Int { inputRecords.count }

    @inlinable public subscript(type: TypeID) -> TypeRecord {
        _read { yield typeRecords[type.index] }
    }
    @inlinable public subscript(field: FieldID) -> FieldRecord {
        _read { yield fieldRecords[field.index] }
    }
    @inlinable public subscript(input: InputID) -> InputRecord {
        _read { yield inputRecords[input.index] }
    }
    @inlinable public subscript(value: EnumValueID) -> EnumValueRecord {
        _read { yield enumValueRecords[value.index] }
    }
    @inlinable public subscript(directive: DirectiveID) -> DirectiveRecord {
        _read { yield directiveRecords[directive.index] }
    }

    @inlinable public func rootType(_ operation: OperationType) -> TypeID? {
        switch operation {
        case .query: queryType
        case .mutation: mutationType
        case .subscription: subscriptionType
        }
    }

    /// What an object or interface type says it implements.
    public func interfaces(of type: TypeID) -> ArraySlice<TypeID> {
        self[type].kind == .union ? [] : typeLists[self[type].declared]
    }

    /// What a union says it consists of.
    public func members(of type: TypeID) -> ArraySlice<TypeID> {
        self[type].kind == .union ? typeLists[self[type].declared] : []
    }

    /// The object types that a value of an abstract type can be.
    @inlinable public func possibleTypes(of type: TypeID) -> ArraySlice<TypeID> {
        typeLists[self[type].possible]
    }

    /// Whether `type`, an object or interface type, is one of the abstract type `abstract`.
    @inlinable public func isSubtype(_ type: TypeID, of abstract: TypeID) -> Bool {
        subtypes.find(abstract.rawValue, type.rawValue) != nil
    }
}

/// Finding by name.
extension Schema {
    @inlinable public func type(named name: NameID) -> TypeID? {
        let type = typesByName[name.index]
        return type < 0 ? nil : TypeID(rawValue: type)
    }

    @inlinable public func type(named name: Name) -> TypeID? {
        names.find(name).flatMap { type(named: $0) }
    }

    public func type(named name: String) -> TypeID? {
        names.find(name).flatMap { type(named: $0) }
    }

    @inlinable public func directive(named name: NameID) -> DirectiveID? {
        let directive = directivesByName[name.index]
        return directive < 0 ? nil : DirectiveID(rawValue: directive)
    }

    @inlinable public func directive(named name: Name) -> DirectiveID? {
        names.find(name).flatMap { directive(named: $0) }
    }

    /// A field of an object or interface type, without the meta-fields.
    @inlinable public func field(_ name: NameID, of type: TypeID) -> FieldID? {
        members.find(type.rawValue, name.rawValue).map { FieldID(rawValue: $0) }
    }

    /// A field that may be selected on a composite type, the meta-fields among them.
    @inlinable public func selectableField(_ name: NameID, of type: TypeID) -> FieldID? {
        if let field = field(name, of: type) { return field }
        guard let field = self.field(name, of: metaFieldsType) else { return nil }
        if field == typenameField { return self[type].kind.isComposite ? field : nil }
        return type == queryType ? field : nil
    }

    @inlinable public func inputField(_ name: NameID, of type: TypeID) -> InputID? {
        members.find(type.rawValue, name.rawValue).map { InputID(rawValue: $0) }
    }

    @inlinable public func enumValue(_ name: NameID, of type: TypeID) -> EnumValueID? {
        members.find(type.rawValue, name.rawValue).map { EnumValueID(rawValue: $0) }
    }

    @inlinable public func argument(_ name: NameID, in arguments: IDRange<InputID>) -> InputID? {
        for index in arguments.indices where self[InputID(index)].name == name {
            return InputID(index)
        }
        return nil
    }
}

/// The fields that every composite type, or every query, has. Their record's `parent` is a type
/// of their own, not the one they are selected on.
extension Schema {
    @inlinable package var metaFieldsType: TypeID { TypeID(typeRecords.count - 1) }
    /// `__typename`
    @inlinable public var typenameField: FieldID { FieldID(fieldRecords.count - 3) }
    /// `__schema`
    @inlinable public var schemaField: FieldID { FieldID(fieldRecords.count - 2) }
    /// `__type`
    @inlinable public var typeField: FieldID { FieldID(fieldRecords.count - 1) }
}

/// Texts.
extension Schema {
    public func name(of type: TypeID) -> String { names[self[type].name] }
    public func name(of field: FieldID) -> String { names[self[field].name] }
    public func name(of input: InputID) -> String { names[self[input].name] }
    public func name(of value: EnumValueID) -> String { names[self[value].name] }
    public func name(of directive: DirectiveID) -> String { names[self[directive].name] }

    /// The type as it is written: `[Movie!]!`.
    public func text(of type: WrappedType) -> String {
        if type.isNamed { return name(of: type.named) }
        let inner = text(of: type.unwrapped)
        return type.isNonNull ? inner + "!" : "[\(inner)]"
    }
}

/// Definitions.
extension Schema {
    func document(of definition: DefinitionNode) -> Document {
        definition.isBuiltIn ? BuiltIns.document : document
    }

    public func node(_ definition: DefinitionNode) -> Node {
        document(of: definition)[definition.index]
    }

    /// What defines a type: the definition, and then its extensions.
    public func definitions(of type: TypeID) -> [TypeDefinition] {
        definitionNodes[self[type].definitions].map { TypeDefinition(unchecked: node($0)) }
    }

    /// What defines a type, without its extensions.
    public func definition(of type: TypeID) -> TypeDefinition {
        TypeDefinition(unchecked: node(definitionNodes[self[type].definitions.lowerBound]))
    }

    public func definition(of field: FieldID) -> FieldDefinition {
        FieldDefinition(unchecked: node(self[field].node))
    }

    public func definition(of input: InputID) -> InputValueDefinition {
        InputValueDefinition(unchecked: node(self[input].node))
    }

    public func definition(of value: EnumValueID) -> EnumValueDefinition {
        EnumValueDefinition(unchecked: node(self[value].node))
    }

    public func definition(of directive: DirectiveID) -> DirectiveDefinition {
        DirectiveDefinition(unchecked: node(self[directive].node))
    }

    /// The literal that stands for an argument or input field that is not given.
    public func defaultValue(of input: InputID) -> Value? {
        self[input].hasDefault ? definition(of: input).defaultValue : nil
    }
}
