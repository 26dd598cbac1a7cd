import GraphQLLanguage
import GraphQLTypes
import Reactor

/// The schema as data: answers `__schema`, `__type`, and what lies below them.
///
/// A row of `__Type` is a place in `types`; the rows of the others are identifiers of the schema.
@EventLoop final class IntrospectionResolvers: Resolvers {
    let schema: Schema
    let loaders = LoaderSet()
    private let fields: [IntrospectionField?]
    private var types: [WrappedType] = []
    private var rowsOfTypes: [WrappedType: Int32] = [:]

    init(_ schema: Schema) {
        self.schema = schema
        fields = IntrospectionField.table(for: schema)
    }

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        guard let known = fields[field.field.index] else { return false }
        switch known {
        case .schemaDescription: return append(schema.description, to: &response)
        case .typeKind, .typeName, .typeDescription, .typeSpecifiedByURL, .typeIsOneOf:
            return write(known, ofType: types[Int(row)], &response)
        case .fieldName, .fieldDescription, .fieldIsDeprecated, .fieldDeprecationReason:
            return write(known, of: FieldID(rawValue: row), &response)
        case .inputName, .inputDescription, .inputDefaultValue, .inputIsDeprecated,
            .inputDeprecationReason:
            return write(known, of: InputID(rawValue: row), &response)
        case .enumValueName, .enumValueDescription, .enumValueIsDeprecated,
            .enumValueDeprecationReason:
            return write(known, of: EnumValueID(rawValue: row), &response)
        default: return try write(known, of: DirectiveID(rawValue: row), &response)
        }
    }

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) {
        guard let known = fields[field.field.index] else {
            preconditionFailure("introspection has no such field")
        }
        let arguments = execution.arguments(of: field)
        for row in rows { resolve(known, row, arguments, &outcomes) }
    }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) { preconditionFailure("introspection loads nothing") }

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async { preconditionFailure("introspection does not wait") }

    private func row(of type: WrappedType) -> Int32 {
        if let row = rowsOfTypes[type] { return row }
        let row = Int32(types.count)
        types.append(type)
        rowsOfTypes[type] = row
        return row
    }
}

/// Relations.
extension IntrospectionResolvers {
    private func resolve(
        _ field: IntrospectionField, _ row: Int32, _ arguments: [InputValue?],
        _ outcomes: inout Outcomes
    ) {
        switch field {
        case .schema: outcomes.object(0)
        case .type:
            guard case .string(let name)? = arguments[0], let type = schema.type(named: name) else {
                return outcomes.null()
            }
            outcomes.object(self.row(of: WrappedType(type)))
        case .schemaTypes: add(schema.types, &outcomes)
        case .schemaQueryType: add(schema.queryType, &outcomes)
        case .schemaMutationType: add(schema.mutationType, &outcomes)
        case .schemaSubscriptionType: add(schema.subscriptionType, &outcomes)
        case .schemaDirectives: add(rows: schema.directives.map(\.rawValue), &outcomes)
        case .fieldType:
            outcomes.object(self.row(of: schema[FieldID(rawValue: row)].type))
        case .fieldArguments:
            add(inputs: schema[FieldID(rawValue: row)].arguments, arguments, &outcomes)
        case .inputType:
            outcomes.object(self.row(of: schema[InputID(rawValue: row)].type))
        case .directiveArguments:
            add(inputs: schema[DirectiveID(rawValue: row)].arguments, arguments, &outcomes)
        default: resolve(field, ofType: types[Int(row)], arguments, &outcomes)
        }
    }

    private func resolve(
        _ field: IntrospectionField, ofType type: WrappedType, _ arguments: [InputValue?],
        _ outcomes: inout Outcomes
    ) {
        if field == .typeOfType {
            return type.isNamed ? outcomes.null() : outcomes.object(row(of: type.unwrapped))
        }
        guard type.isNamed else { return outcomes.null() }
        let record = schema[type.named]
        switch (field, record.kind) {
        case (.typeFields, .object), (.typeFields, .interface):
            outcomes.beginList()
            for field in record.fields where isListed(schema[field].isDeprecated, arguments) {
                outcomes.object(field.rawValue)
            }
            outcomes.endList()
        case (.typeInterfaces, .object), (.typeInterfaces, .interface):
            add(schema.interfaces(of: type.named), &outcomes)
        case (.typePossibleTypes, .interface), (.typePossibleTypes, .union):
            add(schema.possibleTypes(of: type.named), &outcomes)
        case (.typeEnumValues, .enum):
            outcomes.beginList()
            for value in record.enumValues where isListed(schema[value].isDeprecated, arguments) {
                outcomes.object(value.rawValue)
            }
            outcomes.endList()
        case (.typeInputFields, .inputObject):
            add(inputs: record.inputFields, arguments, &outcomes)
        default: outcomes.null()
        }
    }

    /// Whether `includeDeprecated`, the only argument, lets it be seen.
    private func isListed(_ isDeprecated: Bool, _ arguments: [InputValue?]) -> Bool {
        !isDeprecated || arguments[0] == .boolean(true)
    }

    private func add(
        inputs: IDRange<InputID>, _ arguments: [InputValue?], _ outcomes: inout Outcomes
    ) {
        outcomes.beginList()
        for input in inputs where isListed(schema[input].isDeprecated, arguments) {
            outcomes.object(input.rawValue)
        }
        outcomes.endList()
    }

    private func add(_ type: TypeID?, _ outcomes: inout Outcomes) {
        guard let type else { return outcomes.null() }
        outcomes.object(row(of: WrappedType(type)))
    }

    private func add(_ types: some Sequence<TypeID>, _ outcomes: inout Outcomes) {
        add(rows: types.map { row(of: WrappedType($0)) }, &outcomes)
    }

    private func add(rows: [Int32], _ outcomes: inout Outcomes) {
        outcomes.beginList()
        for row in rows { outcomes.object(row) }
        outcomes.endList()
    }
}
