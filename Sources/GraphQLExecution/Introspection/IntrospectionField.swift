import GraphQLLanguage
import GraphQLTypes

/// The fields of the types that describe a schema, by their coordinates.
enum IntrospectionField: String {
    case schemaDescription = "__Schema.description"
    case schemaTypes = "__Schema.types"
    case schemaQueryType = "__Schema.queryType"
    case schemaMutationType = "__Schema.mutationType"
    case schemaSubscriptionType = "__Schema.subscriptionType"
    case schemaDirectives = "__Schema.directives"

    case typeKind = "__Type.kind"
    case typeName = "__Type.name"
    case typeDescription = "__Type.description"
    case typeSpecifiedByURL = "__Type.specifiedByURL"
    case typeFields = "__Type.fields"
    case typeInterfaces = "__Type.interfaces"
    case typePossibleTypes = "__Type.possibleTypes"
    case typeEnumValues = "__Type.enumValues"
    case typeInputFields = "__Type.inputFields"
    case typeOfType = "__Type.ofType"
    case typeIsOneOf = "__Type.isOneOf"

    case fieldName = "__Field.name"
    case fieldDescription = "__Field.description"
    case fieldArguments = "__Field.args"
    case fieldType = "__Field.type"
    case fieldIsDeprecated = "__Field.isDeprecated"
    case fieldDeprecationReason = "__Field.deprecationReason"

    case inputName = "__InputValue.name"
    case inputDescription = "__InputValue.description"
    case inputType = "__InputValue.type"
    case inputDefaultValue = "__InputValue.defaultValue"
    case inputIsDeprecated = "__InputValue.isDeprecated"
    case inputDeprecationReason = "__InputValue.deprecationReason"

    case enumValueName = "__EnumValue.name"
    case enumValueDescription = "__EnumValue.description"
    case enumValueIsDeprecated = "__EnumValue.isDeprecated"
    case enumValueDeprecationReason = "__EnumValue.deprecationReason"

    case directiveName = "__Directive.name"
    case directiveDescription = "__Directive.description"
    case directiveIsRepeatable = "__Directive.isRepeatable"
    case directiveLocations = "__Directive.locations"
    case directiveArguments = "__Directive.args"

    case schema = "__MetaFields.__schema"
    case type = "__MetaFields.__type"

    /// Nothing where a field is the schema's own.
    init?(_ field: FieldID, in schema: Schema) {
        let node = schema[field].node
        guard node.isBuiltIn, let known = Self.byNode[node.index] else { return nil }
        self = known
    }

    /// By the nodes of the built-in definitions.
    private static let byNode: [IntrospectionField?] = {
        let document = BuiltIns.document
        var byNode = [IntrospectionField?](repeating: nil, count: document.records.count)
        for type in document.root.children.compactMap({ TypeDefinition($0) }) {
            for field in type.node.children.compactMap({ FieldDefinition($0) }) {
                byNode[field.index] = IntrospectionField(
                    rawValue: "\(type.name.text).\(field.name.text)")
            }
        }
        return byNode
    }()
}
