import Bytes
import GraphQLLanguage
import GraphQLTypes
import Reactor

/// Leaves are copied from the schema's document to the response, without texts between them.
extension IntrospectionResolvers {
    /// What several types of introspection have: a name, a description, and whether and why it
    /// should not be used any more.
    func write(
        _ field: IntrospectionField, of name: NameID, at definition: DefinitionNode,
        _ response: inout ResponseWriter
    ) -> Bool {
        switch field {
        case .fieldName, .inputName, .enumValueName: append(name, to: &response)
        case .fieldDescription, .inputDescription, .enumValueDescription:
            append(schema.descriptionLiteral(at: definition), to: &response)
        case .fieldIsDeprecated, .inputIsDeprecated, .enumValueIsDeprecated:
            append(schema.deprecation(at: definition) != nil, to: &response)
        default: append(reasonOf: schema.deprecation(at: definition), to: &response)
        }
    }

    func write(
        _ field: IntrospectionField, of id: DirectiveID, _ response: inout ResponseWriter
    ) throws -> Bool {
        let record = schema[id]
        switch field {
        case .directiveName: return append(record.name, to: &response)
        case .directiveDescription:
            return append(schema.descriptionLiteral(at: record.node), to: &response)
        case .directiveIsRepeatable: return append(record.isRepeatable, to: &response)
        default:
            try schema.definition(of: id).locations.map { $0.name.text }.write(into: &response)
            return true
        }
    }

    func write(
        _ field: IntrospectionField, ofType type: WrappedType, _ response: inout ResponseWriter
    ) -> Bool {
        if field == .typeKind {
            response.append(raw: kind(of: type))
            return true
        }
        guard type.isNamed else { return false }
        let record = schema[type.named]
        switch field {
        case .typeName: return append(record.name, to: &response)
        case .typeDescription:
            return append(schema.definition(of: type.named).description, to: &response)
        case .typeSpecifiedByURL:
            return append(schema.specifiedByURL(of: type.named), to: &response)
        default:
            return record.kind == .inputObject && append(record.isOneOf, to: &response)
        }
    }

    /// As it stands in JSON.
    private func kind(of type: WrappedType) -> StaticString {
        if type.isNonNull { return #""NON_NULL""# }
        if type.isList { return #""LIST""# }
        return switch schema[type.named].kind {
        case .scalar: #""SCALAR""#
        case .object: #""OBJECT""#
        case .interface: #""INTERFACE""#
        case .union: #""UNION""#
        case .enum: #""ENUM""#
        case .inputObject: #""INPUT_OBJECT""#
        }
    }
}

/// Values. Nothing is written of what is not there.
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

    /// No letter of a name has to be escaped.
    private func append(_ name: NameID, to response: inout ResponseWriter) -> Bool {
        response.append(raw: #"""#)
        names.withBytes(of: name) { response.append(raw: UnsafeRawBufferPointer($0)) }
        response.append(raw: #"""#)
        return true
    }

    private func append(_ literal: StringLiteral?, to response: inout ResponseWriter) -> Bool {
        guard let literal else { return false }
        scratch.removeAll(keepingCapacity: true)
        literal.append(to: &scratch)
        response.bytes.append(json: scratch)
        return true
    }

    private func append(
        reasonOf deprecation: Directive?, to response: inout ResponseWriter
    ) -> Bool {
        guard let deprecation else { return false }
        return append(deprecation.deprecationReason, to: &response)
            || append(Schema.defaultDeprecationReason, to: &response)
    }
}
