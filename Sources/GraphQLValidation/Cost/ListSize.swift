import GraphQLLanguage
import GraphQLTypes

/// `@listSize`: how many items a list has, or the lists in the fields of an object.
struct ListSize {
    let assumedSize: Double?
    /// Arguments that say how many items are asked for.
    let slicingArguments: [InputID]
    /// Fields of the field's type whose lists have the size, instead of the field itself.
    let sizedFields: Set<NameID>
    /// Whether exactly one of the slicing arguments has to be given.
    let requiresOneArgument: Bool

    init?(_ directives: NodeList<Directive>, of field: FieldID, _ schema: Schema) {
        guard let directive = directives.first(where: { $0.name == "listSize" }) else {
            return nil
        }
        let arguments = schema[field].arguments
        assumedSize = directive.argument("assumedSize").flatMap(Self.number)
        slicingArguments = Self.names(directive.argument("slicingArguments")).compactMap {
            schema.names.find($0).flatMap { schema.argument($0, in: arguments) }
        }
        sizedFields = Set(
            Self.names(directive.argument("sizedFields")).compactMap { schema.names.find($0) })
        let isRequired: Bool? =
            if case .boolean(let value) = directive.argument("requireOneSlicingArgument")?.form {
                value
            } else {
                nil
            }
        requiresOneArgument = isRequired ?? true && !slicingArguments.isEmpty
    }

    static func number(_ value: Value) -> Double? {
        guard case .int(let node) = value.form else { return nil }
        return Double(node.text)
    }

    private static func names(_ value: Value?) -> [String] {
        switch value?.form {
        case .string(let name): [name.value]
        case .list(let items):
            items.compactMap { item in
                guard case .string(let name) = item.form else { return nil }
                return name.value
            }
        default: []
        }
    }
}

extension Directive {
    fileprivate func argument(_ name: StaticString) -> Value? {
        arguments.first { $0.name == name }?.value
    }
}
