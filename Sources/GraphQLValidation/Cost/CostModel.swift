import GraphQLLanguage
public import GraphQLTypes

/// What a schema says things cost. Made once for a schema; immutable.
///
/// The schema says so with
/// ```
/// directive @cost(weight: String!) on
///   ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
/// directive @listSize(
///   assumedSize: Int, slicingArguments: [String!], sizedFields: [String!],
///   requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
/// ```
/// as the GraphQL Cost Directives specification has them.
public final class CostModel: Sendable {
    let schema: Schema
    let weights: CostWeights
    /// By type: its weight, where a field of it has none of its own.
    private let typeWeights: [Double]
    private let fieldWeights: [FieldID: Double]
    private let inputWeights: [InputID: Double]
    private let listSizes: [FieldID: ListSize]

    public init(_ schema: Schema, weights: CostWeights = CostWeights()) {
        self.schema = schema
        self.weights = weights
        typeWeights = schema.types.map { type in
            let kind = schema[type].kind
            let usual =
                kind.isComposite
                ? weights.composite : kind == .inputObject ? weights.inputObject : weights.leaf
            let written = schema.definitions(of: type).lazy.compactMap {
                Self.weight($0.directives)
            }
            return written.first ?? usual
        }
        var reading = Reading()
        for index in 0..<schema.fieldCount {
            reading.read(FieldID(index), of: schema)
        }
        for type in schema.types {
            for field in schema[type].inputFields { reading.read(field, of: schema) }
        }
        for directive in schema.directives {
            for argument in schema[directive].arguments { reading.read(argument, of: schema) }
        }
        fieldWeights = reading.fields
        inputWeights = reading.inputs
        listSizes = reading.lists
    }

    /// What is written next to definitions.
    private struct Reading {
        var fields: [FieldID: Double] = [:]
        var inputs: [InputID: Double] = [:]
        var lists: [FieldID: ListSize] = [:]

        mutating func read(_ field: FieldID, of schema: Schema) {
            let directives = schema.definition(of: field).directives
            fields[field] = weight(directives)
            lists[field] = ListSize(directives, of: field, schema)
            for argument in schema[field].arguments { read(argument, of: schema) }
        }

        mutating func read(_ input: InputID, of schema: Schema) {
            inputs[input] = weight(schema.definition(of: input).directives)
        }
    }

    /// What `@cost` says; a weight that is no number counts as none.
    private static func weight(_ directives: NodeList<Directive>) -> Double? {
        guard let cost = directives.first(where: { $0.name == "cost" }),
            case .string(let weight) = cost.arguments.first(where: { $0.name == "weight" })?.value
                .form,
            let number = Double(weight.value), number.isFinite
        else { return nil }
        return number
    }
}

/// Asking.
extension CostModel {
    func weight(of field: FieldID) -> Double {
        fieldWeights[field] ?? typeWeights[schema[field].type.named.index]
    }

    /// Of an argument or input field that is given.
    func weight(of input: InputID) -> Double {
        inputWeights[input] ?? typeWeights[schema[input].type.named.index]
    }

    func weight(of type: TypeID) -> Double { typeWeights[type.index] }

    func listSize(of field: FieldID) -> ListSize? { listSizes[field] }
}

extension Schema {
    /// What this schema says things cost. O(schema): make it once.
    public func costModel(weights: CostWeights = CostWeights()) -> CostModel {
        CostModel(self, weights: weights)
    }
}
