import GraphQLLanguage
import GraphQLTypes

/// [IsValidImplementation](https://spec.graphql.org/September2025/#IsValidImplementation())
extension ValidityErrors {
    mutating func checkInterfaces(of type: TypeID) {
        let declared = Set(schema.interfaces(of: type))
        var seen: Set<TypeID> = []
        for interface in schema.interfaces(of: type) where !isFull {
            guard schema[interface].kind == .interface else {
                report(
                    "Type \(name(type)) must only implement Interface types, it cannot implement "
                        + "\(name(interface)).", at: mentions(of: interface, in: type))
                continue
            }
            guard type != interface else {
                report(
                    "Type \(name(type)) cannot implement itself because it would create a "
                        + "circular reference.", at: mentions(of: interface, in: type))
                continue
            }
            guard seen.insert(interface).inserted else {
                report(
                    "Type \(name(type)) can only implement \(name(interface)) once.",
                    at: mentions(of: interface, in: type))
                continue
            }
            checkAncestors(of: interface, in: type, declared)
            for field in schema[interface].fields where !isFull {
                checkField(field, of: interface, in: type)
            }
        }
    }

    /// What an interface implements, a type that implements it implements too.
    private mutating func checkAncestors(
        of interface: TypeID, in type: TypeID, _ declared: Set<TypeID>
    ) {
        for ancestor in schema.interfaces(of: interface) where !declared.contains(ancestor) {
            let places = mentions(of: ancestor, in: interface) + mentions(of: interface, in: type)
            report(
                ancestor == type
                    ? "Type \(name(type)) cannot implement \(name(interface)) because it would "
                        + "create a circular reference."
                    : "Type \(name(type)) must implement \(name(ancestor)) because it is "
                        + "implemented by \(name(interface)).", at: places)
        }
    }

    private mutating func checkField(
        _ required: FieldID, of interface: TypeID, in type: TypeID
    ) {
        let definition = schema.definition(of: required)
        guard let field = schema.field(schema[required].name, of: type) else {
            let message =
                "Interface field \(schema.coordinate(required, of: interface)) expected but "
                + "\(name(type)) does not provide it."
            return report(message, at: [definition.node] + definitions(type))
        }
        let (wanted, found) = (schema[required].type, schema[field].type)
        let pair = FieldPair(
            required: required, field: field,
            requiredName: schema.coordinate(required, of: interface),
            name: schema.coordinate(field, of: type))
        if !schema.isSubtype(found, of: wanted) {
            report(
                "Interface field \(pair.requiredName) expects type \(text(wanted)) but "
                    + "\(pair.name) is type \(text(found)).",
                at: definition.type.node, schema.definition(of: field).type.node)
        }
        checkRequiredArguments(pair)
        checkAdditionalArguments(pair)
        checkDeprecation(pair)
    }
}

/// A field of an interface, and the field of a type that implements it.
private struct FieldPair {
    let required: FieldID
    let field: FieldID
    let requiredName: String
    let name: String
}

extension ValidityErrors {
    private mutating func checkRequiredArguments(_ pair: FieldPair) {
        let arguments = argumentsByName(of: pair.field)
        for required in schema[pair.required].arguments {
            let name = schema.name(of: required)
            let definition = schema.definition(of: required)
            guard let argument = arguments[schema[required].name] else {
                report(
                    "Interface field argument \(pair.requiredName)(\(name):) expected but "
                        + "\(pair.name) does not provide it.",
                    at: definition.node, schema.definition(of: pair.field).node)
                continue
            }
            let (wanted, found) = (schema[required].type, schema[argument].type)
            guard wanted != found else { continue }
            report(
                "Interface field argument \(pair.requiredName)(\(name):) expects type "
                    + "\(text(wanted)) but \(pair.name)(\(name):) is type \(text(found)).",
                at: definition.type.node, schema.definition(of: argument).type.node)
        }
    }

    private mutating func checkAdditionalArguments(_ pair: FieldPair) {
        let known = argumentsByName(of: pair.required)
        for argument in schema[pair.field].arguments
        where schema[argument].isRequired && known[schema[argument].name] == nil {
            report(
                "Object field \(pair.name) includes required argument "
                    + "\(schema.name(of: argument)) that is missing from the Interface field "
                    + "\(pair.requiredName).",
                at: schema.definition(of: argument).node,
                schema.definition(of: pair.required).node)
        }
    }

    private mutating func checkDeprecation(_ pair: FieldPair) {
        guard schema[pair.field].isDeprecated, !schema[pair.required].isDeprecated else { return }
        let definition = schema.definition(of: pair.field)
        report(
            "Interface field \(pair.requiredName) is not deprecated, so implementation field "
                + "\(pair.name) must not be deprecated.",
            at: deprecation(definition.directives), definition.type.node)
    }

    private func argumentsByName(of field: FieldID) -> [NameID: InputID] {
        let arguments = schema[field].arguments
        return Dictionary(
            arguments.map { (schema[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Schema {
    /// ```
    /// IsValidImplementationFieldType(fieldType, implementedFieldType)
    /// ```
    fileprivate func isSubtype(_ type: WrappedType, of other: WrappedType) -> Bool {
        if type == other { return true }
        if other.isNonNull {
            return type.isNonNull && isSubtype(type.unwrapped, of: other.unwrapped)
        }
        if type.isNonNull { return isSubtype(type.unwrapped, of: other) }
        if other.isList { return type.isList && isSubtype(type.unwrapped, of: other.unwrapped) }
        let kind = self[type.named].kind
        return type.isNamed && self[other.named].kind.isAbstract
            && (kind == .object || kind == .interface) && isSubtype(type.named, of: other.named)
    }
}
