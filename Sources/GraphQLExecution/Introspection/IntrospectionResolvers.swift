import GraphQLLanguage
import GraphQLTypes
import Reactor

/// The schema as data: answers `__schema`, `__type`, and what lies below them.
///
/// A row of `__Type` is a place in `types`; the rows of the others are identifiers of the schema.
@EventLoop final class IntrospectionResolvers: Resolvers {
    let schema: Schema
    let names: NameTable
    let loaders = LoaderSet()
    /// Where a text is put together before it is written.
    var scratch: [UInt8] = []
    private var types: [WrappedType] = []
    /// What is shown; everything where nothing is said.
    private let visibility: Visibility?

    init(_ schema: Schema, visibility: Visibility? = nil) {
        self.schema = schema
        self.visibility = visibility
        names = schema.names
    }

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        guard let known = field.introspection else { return false }
        switch known {
        case .schemaDescription: return append(schema.description, to: &response)
        case .typeKind, .typeName, .typeDescription, .typeSpecifiedByURL, .typeIsOneOf:
            return write(known, ofType: types[Int(row)], &response)
        case .fieldName, .fieldDescription, .fieldIsDeprecated, .fieldDeprecationReason:
            let record = schema[FieldID(rawValue: row)]
            return write(known, of: record.name, at: record.node, &response)
        case .inputName, .inputDescription, .inputIsDeprecated, .inputDeprecationReason:
            let record = schema[InputID(rawValue: row)]
            return write(known, of: record.name, at: record.node, &response)
        case .inputDefaultValue:
            return append(schema.defaultText(of: InputID(rawValue: row)), to: &response)
        case .enumValueName, .enumValueDescription, .enumValueIsDeprecated,
            .enumValueDeprecationReason:
            let record = schema[EnumValueID(rawValue: row)]
            return write(known, of: record.name, at: record.node, &response)
        default: return try write(known, of: DirectiveID(rawValue: row), &response)
        }
    }

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) {
        guard let known = field.introspection else {
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

    /// Each has a row of its own, as often as it is asked for: finding an earlier one takes longer.
    private func row(of type: WrappedType) -> Int32 {
        types.append(type)
        return Int32(types.count - 1)
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
            guard case .string(let name)? = arguments[0], let type = schema.type(named: name),
                visibility?.shows(type) != false
            else { return outcomes.null() }
            outcomes.object(self.row(of: WrappedType(type)))
        case .schemaTypes: add(schema.types, &outcomes)
        case .schemaQueryType: add(schema.queryType, &outcomes)
        case .schemaMutationType: add(schema.mutationType, &outcomes)
        case .schemaSubscriptionType: add(schema.subscriptionType, &outcomes)
        case .schemaDirectives: outcomes.list(schema.directives) { $0.object($1.rawValue) }
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
            outcomes.list(record.fields) { outcomes, field in
                guard isListed(schema[field].isDeprecated, arguments),
                    visibility?.shows(field) != false
                else { return }
                outcomes.object(field.rawValue)
            }
        case (.typeInterfaces, .object), (.typeInterfaces, .interface):
            add(schema.interfaces(of: type.named), &outcomes)
        case (.typePossibleTypes, .interface), (.typePossibleTypes, .union):
            add(schema.possibleTypes(of: type.named), &outcomes)
        case (.typeEnumValues, .enum):
            outcomes.list(record.enumValues) { outcomes, value in
                guard isListed(schema[value].isDeprecated, arguments) else { return }
                outcomes.object(value.rawValue)
            }
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
        outcomes.list(inputs) { outcomes, input in
            guard isListed(schema[input].isDeprecated, arguments),
                visibility?.shows(input) != false
            else { return }
            outcomes.object(input.rawValue)
        }
    }

    private func add(_ type: TypeID?, _ outcomes: inout Outcomes) {
        guard let type, visibility?.shows(type) != false else { return outcomes.null() }
        outcomes.object(row(of: WrappedType(type)))
    }

    private func add(_ types: some Sequence<TypeID>, _ outcomes: inout Outcomes) {
        outcomes.list(types) { outcomes, type in
            guard visibility?.shows(type) != false else { return }
            outcomes.object(row(of: WrappedType(type)))
        }
    }
}

extension Outcomes {
    fileprivate mutating func list<Item>(
        _ items: some Sequence<Item>, _ add: (inout Outcomes, Item) -> Void
    ) {
        beginList()
        for item in items { add(&self, item) }
        endList()
    }
}
