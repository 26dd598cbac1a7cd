import GraphQLLanguage

/// The tables of a schema while they are filled.
struct SchemaTables {
    var names = NameTable()
    var types: [TypeRecord] = []
    var fields: [FieldRecord] = []
    var inputs: [InputRecord] = []
    var enumValues: [EnumValueRecord] = []
    var directives: [DirectiveRecord] = []
    var typesByName: [Int32] = []
    var directivesByName: [Int32] = []
    var members = PairTable(capacity: 256)
    var subtypes = PairTable(capacity: 64)
    var typeLists: [TypeID] = []
    var definitionNodes: [DefinitionNode] = []
    var roots: [OperationType: TypeID] = [:]
}
