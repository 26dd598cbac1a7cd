import GraphQLLanguage

/// What a schema says about its parts.
extension Schema {
    public var description: String? {
        schemaNodes.first { !$0.isExtension }?.description?.value
    }

    public func description(of type: TypeID) -> String? {
        definitions(of: type).first?.description?.value
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
        self[field].isDeprecated ? definition(of: field).directives.deprecationReason : nil
    }

    public func deprecationReason(of input: InputID) -> String? {
        self[input].isDeprecated ? definition(of: input).directives.deprecationReason : nil
    }

    public func deprecationReason(of value: EnumValueID) -> String? {
        self[value].isDeprecated ? definition(of: value).directives.deprecationReason : nil
    }

    /// Where the behaviour of a scalar is described.
    public func specifiedByURL(of type: TypeID) -> String? {
        guard self[type].kind == .scalar else { return nil }
        return definitions(of: type).lazy.compactMap {
            $0.directives.first("specifiedBy")?.string("url")
        }.last
    }

    /// Why something is deprecated when nobody says.
    package static let defaultDeprecationReason = "No longer supported"
}

extension NodeList<Directive> {
    func first(_ name: StaticString) -> Directive? { first { $0.name == name } }

    fileprivate var deprecationReason: String? {
        first("deprecated").map { $0.string("reason") ?? Schema.defaultDeprecationReason }
    }
}

extension Directive {
    func argument(_ name: StaticString) -> Argument? { arguments.first { $0.name == name } }

    fileprivate func string(_ name: StaticString) -> String? {
        guard case .string(let string) = argument(name)?.value.form else { return nil }
        return string.value
    }
}
