public import GraphQLLanguage
public import GraphQLTypes
public import GraphQLValidation
import Reactor

/// An operation made ready to run: flat tables that say, for every selection set and every object
/// type that can stand there, which fields to write and where to get them.
///
/// A plan depends on no variable's value. What @skip and @include leave open it carries as guards.
public final class Plan: Sendable {
    public let document: ValidDocument
    public let operation: OperationDefinition
    /// Whether the operation itself bears directives.
    let bearsDirectives: Bool
    /// The operation's variables, in their order.
    let variables: [PlannedVariable]
    private let placesOfVariables: [String: Int]

    let fields: FieldTable
    /// What is selected anywhere in the operation, whatever @skip and @include say: object types'
    /// own fields.
    public let selectedFields: FieldSet
    let selections: FixedTable<PlannedSelection>
    /// An abstract selection and an object type: the selection of its objects.
    let variants: PairTable
    let contributions: FixedTable<Contribution>
    let nodes: FixedTable<FieldNode>
    let keys: FixedTable<UInt8>
    let typeNames: FixedTable<UInt8>
    let argumentLists: [ArgumentList]
    let conditions: [Condition]
    /// Whom the schema lets ask for what, if that is asked.
    let access: AccessModel?
    /// What is demanded of who asks by fields that are selected anywhere in the operation.
    public let accessRules: [AccessRule]
    /// How many fields are resolved before they are written.
    let columnCount: Int
    @EventLoop @exclusivity(unchecked) var knownCost: KnownCost?

    init(
        _ tables: PlanTables, document: ValidDocument, operation: OperationDefinition,
        access: AccessModel?
    ) {
        self.access = access
        accessRules = tables.accessRules
        self.document = document
        self.operation = operation
        bearsDirectives = operation.directives.contains { _ in true }
        variables = tables.variables
        placesOfVariables = tables.placesOfVariables
        fields = FieldTable(tables.fields)
        selectedFields = tables.fields.reduce(into: FieldSet()) { $0.insert($1.field) }
        selections = FixedTable(tables.selections)
        variants = tables.variants
        contributions = FixedTable(tables.contributions)
        nodes = FixedTable(tables.nodes)
        // Keys are read 32 bytes at a time.
        keys = FixedTable(tables.keys + Array(repeating: 0, count: 32))
        typeNames = FixedTable(tables.typeNames)
        argumentLists = tables.argumentLists
        conditions = tables.conditions
        columnCount = tables.columnCount
    }

    deinit {
        fields.free()
        selections.free()
        contributions.free()
        nodes.free()
        keys.free()
        typeNames.free()
    }

    public var schema: Schema { document.schema }
    public var operationType: OperationType { operation.operation }

    /// What the plan and its document take in memory, roughly.
    public var byteCount: Int {
        let document = operation.document
        return document.source.count
            + document.records.count * MemoryLayout<NodeRecord>.stride
            + fields.count * MemoryLayout<FieldRecord>.stride
            + selections.count * MemoryLayout<PlannedSelection>.stride
            + (contributions.count + nodes.count) * MemoryLayout<Contribution>.stride
            + argumentLists.count * ArgumentList.typicalSize
            + keys.count + typeNames.count + variants.byteCount
            + conditions.count * MemoryLayout<Condition>.stride
            + variables.count * MemoryLayout<PlannedVariable>.stride
            + placesOfVariables.count * MemoryLayout<(String, Int)>.stride
    }

    /// The place of a variable among the operation's.
    func place(ofVariable name: String) -> Int? { placesOfVariables[name] }

    /// Which selection holds objects of `type` that stand in an abstract selection.
    func selection(of type: TypeID, in child: Int32) -> Int? {
        variants.find(child, type.rawValue).map { Int($0) }
    }

    func key(of field: PlannedField) -> String {
        // Without the comma and quote before, the quote and colon behind.
        String(decoding: keys[Extent(field.keyStart + 2, field.keyEnd - 2)], as: UTF8.self)
    }
}

/// What is selected on objects of one type at some place of the operation.
struct PlannedSelection: BitwiseCopyable, Sendable {
    let type: TypeID
    /// Whether some of its fields are resolved before they are written.
    var hasColumns = false
    /// Whether @skip or @include decide about some of its fields.
    var isGuarded = false
    /// Where its fields stand, in the order in which they first appear.
    var fields = Extent.empty
    /// Of a guarded selection: where its contributions stand.
    var contributions = Extent.empty
    /// Where the type's name stands, quoted, among the plan's type names.
    var typeName = Extent.empty
}

/// A set of conditions that must all hold, one bit each.
struct Guards: BitwiseCopyable, Hashable, Sendable {
    var required: UInt64 = 0
    static let none = Guards()

    func hold(in active: UInt64) -> Bool { required & ~active == 0 }
}

/// One node of the document that asks for a field, if its guards hold.
struct Contribution: BitwiseCopyable, Sendable {
    let field: Int32
    let guards: Guards
}

struct FieldNode: BitwiseCopyable, Sendable {
    let node: Int32
    let guards: Guards
}

/// A variable whose value @skip or @include asks for, and what it has to be.
struct Condition: Sendable {
    /// The place among the operation's variables.
    let variable: Int
    let expected: Bool
    /// Where the document asks for it first.
    let node: Int32
}

struct PlannedVariable: Sendable {
    let name: String
    let definition: VariableDefinition
    /// Nothing when it is not an input type; then the operation cannot be run.
    let type: WrappedType?
}

/// The arguments of one field, in the order in which the schema lists them.
final class ArgumentList: Sendable {
    let field: FieldID
    /// The node of the field that gives them.
    let node: Int
    /// What they are, if no variable has a say.
    let constant: Result<[InputValue?], GraphQLError>?
    /// Those, unless something is wrong with them.
    let constants: [InputValue?]?
    /// Where each comes from, if none is more than a constant or a variable.
    let sources: [ArgumentSource]?
    /// Whether they are the operation's variables, all of them and in their order.
    let takesVariables: Bool

    /// What one takes in memory, roughly.
    static let typicalSize = 160

    init(
        field: FieldID, node: Int, constant: Result<[InputValue?], GraphQLError>?,
        sources: [ArgumentSource]?, takesVariables: Bool
    ) {
        self.field = field
        self.node = node
        self.constant = constant
        constants = try? constant?.get()
        self.sources = sources
        self.takesVariables = takesVariables
    }
}

enum ArgumentSource: Sendable {
    case constant(InputValue?)
    /// The place among the operation's variables.
    case variable(Int)
}

/// A plan's tables while they are filled.
struct PlanTables {
    private(set) var variables: [PlannedVariable] = []
    private(set) var placesOfVariables: [String: Int] = [:]
    var fields: [FieldRecord] = []
    var selections: [PlannedSelection] = []
    var variants = PairTable(capacity: 8)
    var contributions: [Contribution] = []
    var nodes: [FieldNode] = []
    var keys: [UInt8] = []
    var typeNames: [UInt8] = []
    var argumentLists: [ArgumentList] = []
    var conditions: [Condition] = []
    var columnCount = 0
    private(set) var accessRules: [AccessRule] = []

    mutating func add(_ rules: [AccessRule]) {
        for rule in rules where !accessRules.contains(rule) { accessRules.append(rule) }
    }

    mutating func add(_ variable: PlannedVariable) {
        if placesOfVariables[variable.name] == nil {
            placesOfVariables[variable.name] = variables.count
        }
        variables.append(variable)
    }
}
