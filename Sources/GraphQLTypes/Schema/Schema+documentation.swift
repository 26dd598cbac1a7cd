package import GraphQLLanguage

/// What a schema says about its parts.
extension Schema {
    public var description: String? {
        schemaNodes.first { !$0.isExtension }?.description?.value
    }

    public func description(of type: TypeID) -> String? {
        definition(of: type).description?.value
    }

    public func description(of field: FieldID) -> String? {
        definition(of: field).description?.value
    }

    public func description(of input: InputID) -> String? {
        definition(of: input).description?.value
    }

    public func description(of value: EnumValueID) -> String? {
        definition(of: value).description?.value
    }

    public func description(of directive: DirectiveID) -> String? {
        definition(of: directive).description?.value
    }

    /// Why a deprecated field should not be used any more; nothing of one that is not deprecated.
    public func deprecationReason(of field: FieldID) -> String? {
        deprecationReason(at: self[field].node)
    }

    public func deprecationReason(of input: InputID) -> String? {
        deprecationReason(at: self[input].node)
    }

    public func deprecationReason(of value: EnumValueID) -> String? {
        deprecationReason(at: self[value].node)
    }

    /// The description at a definition, as it is written there.
    package func descriptionLiteral(at definition: DefinitionNode) -> StringLiteral? {
        guard flags(of: definition).contains(.hasDescription) else { return nil }
        return StringLiteral(unchecked: document(of: definition)[definition.index + 1])
    }

    private func deprecationReason(at definition: DefinitionNode) -> String? {
        deprecation(at: definition).map {
            $0.deprecationReason?.value ?? Self.defaultDeprecationReason
        }
    }

    /// `@deprecated` at the definition of a field, an input or an enum value, if it is there.
    package func deprecation(at definition: DefinitionNode) -> Directive? {
        guard flags(of: definition).contains(.hasDirectives) else { return nil }
        return node(definition).children.lazy.compactMap { Directive($0) }
            .first { $0.name == "deprecated" }
    }

    /// Without a reference to the document, which would be counted: most have no description.
    private func flags(of definition: DefinitionNode) -> NodeRecord.Flags {
        definition.isBuiltIn
            ? BuiltIns.document.records[definition.index].flags
            : document.records[definition.index].flags
    }

    /// Where the behaviour of a scalar is described.
    public func specifiedByURL(of type: TypeID) -> String? {
        guard self[type].kind == .scalar else { return nil }
        return definitions(of: type).lazy.compactMap {
            $0.directives.first("specifiedBy")?.string("url")?.value
        }.last
    }

    /// Why something is deprecated when nobody says.
    package static let defaultDeprecationReason = "No longer supported"
}

extension NodeList<Directive> {
    func first(_ name: StaticString) -> Directive? { first { $0.name == name } }
}

extension Directive {
    func argument(_ name: StaticString) -> Argument? { arguments.first { $0.name == name } }

    /// Of `@deprecated`: the reason, if it gives one.
    package var deprecationReason: StringLiteral? { string("reason") }

    fileprivate func string(_ name: StaticString) -> StringLiteral? {
        guard case .string(let string) = argument(name)?.value.form else { return nil }
        return string
    }
}
