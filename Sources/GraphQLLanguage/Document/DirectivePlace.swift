/// Where a directive may stand: the values of the specification's DirectiveLocation.
@frozen public enum DirectivePlace: UInt8, CaseIterable, Sendable {
    case query, mutation, subscription, field
    case fragmentDefinition, fragmentSpread, inlineFragment, variableDefinition
    case schema, scalar, object, fieldDefinition, argumentDefinition, interface, union
    case `enum`, enumValue, inputObject, inputFieldDefinition

    public var name: StaticString {
        switch self {
        case .query: "QUERY"
        case .mutation: "MUTATION"
        case .subscription: "SUBSCRIPTION"
        case .field: "FIELD"
        case .fragmentDefinition: "FRAGMENT_DEFINITION"
        case .fragmentSpread: "FRAGMENT_SPREAD"
        case .inlineFragment: "INLINE_FRAGMENT"
        case .variableDefinition: "VARIABLE_DEFINITION"
        case .schema: "SCHEMA"
        case .scalar: "SCALAR"
        case .object: "OBJECT"
        case .fieldDefinition: "FIELD_DEFINITION"
        case .argumentDefinition: "ARGUMENT_DEFINITION"
        case .interface: "INTERFACE"
        case .union: "UNION"
        case .enum: "ENUM"
        case .enumValue: "ENUM_VALUE"
        case .inputObject: "INPUT_OBJECT"
        case .inputFieldDefinition: "INPUT_FIELD_DEFINITION"
        }
    }
}
