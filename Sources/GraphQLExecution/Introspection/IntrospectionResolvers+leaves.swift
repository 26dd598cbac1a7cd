import GraphQLLanguage
import GraphQLTypes
import Reactor

extension IntrospectionResolvers {
    func append(_ text: String?, to response: inout ResponseWriter) -> Bool {
        guard let text else { return false }
        response.append(text)
        return true
    }

    private func append(_ value: Bool, to response: inout ResponseWriter) -> Bool {
        response.append(value)
        return true
    }

    func write(
        _ field: IntrospectionField, ofType type: WrappedType, _ response: inout ResponseWriter
    ) -> Bool {
        if field == .typeKind { return append(kind(of: type), to: &response) }
        guard type.isNamed else { return false }
        let record = schema[type.named]
        switch field {
        case .typeName: return append(schema.names[record.name], to: &response)
        case .typeDescription:
            return append(schema.description(of: type.named), to: &response)
        case .typeSpecifiedByURL:
            return append(schema.specifiedByURL(of: type.named), to: &response)
        default:
            return record.kind == .inputObject && append(record.isOneOf, to: &response)
        }
    }

    private func kind(of type: WrappedType) -> String {
        if type.isNonNull { return "NON_NULL" }
        if type.isList { return "LIST" }
        return switch schema[type.named].kind {
        case .scalar: "SCALAR"
        case .object: "OBJECT"
        case .interface: "INTERFACE"
        case .union: "UNION"
        case .enum: "ENUM"
        case .inputObject: "INPUT_OBJECT"
        }
    }

    func write(
        _ field: IntrospectionField, of id: FieldID, _ response: inout ResponseWriter
    ) -> Bool {
        switch field {
        case .fieldName: append(schema.name(of: id), to: &response)
        case .fieldDescription:
            append(schema.description(of: id), to: &response)
        case .fieldIsDeprecated: append(schema[id].isDeprecated, to: &response)
        default:
            append(schema.deprecationReason(of: id), to: &response)
        }
    }

    func write(
        _ field: IntrospectionField, of id: InputID, _ response: inout ResponseWriter
    ) -> Bool {
        switch field {
        case .inputName: append(schema.name(of: id), to: &response)
        case .inputDescription:
            append(schema.description(of: id), to: &response)
        case .inputDefaultValue: append(schema.defaultText(of: id), to: &response)
        case .inputIsDeprecated: append(schema[id].isDeprecated, to: &response)
        default:
            append(schema.deprecationReason(of: id), to: &response)
        }
    }

    func write(
        _ field: IntrospectionField, of id: EnumValueID, _ response: inout ResponseWriter
    ) -> Bool {
        switch field {
        case .enumValueName: append(schema.name(of: id), to: &response)
        case .enumValueDescription:
            append(schema.description(of: id), to: &response)
        case .enumValueIsDeprecated: append(schema[id].isDeprecated, to: &response)
        default:
            append(schema.deprecationReason(of: id), to: &response)
        }
    }

    func write(
        _ field: IntrospectionField, of id: DirectiveID, _ response: inout ResponseWriter
    ) throws -> Bool {
        switch field {
        case .directiveName: return append(schema.name(of: id), to: &response)
        case .directiveDescription:
            return append(schema.description(of: id), to: &response)
        case .directiveIsRepeatable: return append(schema[id].isRepeatable, to: &response)
        default:
            let locations = schema.definition(of: id).locations.map { $0.name.text }
            try locations.write(into: &response)
            return true
        }
    }
}
