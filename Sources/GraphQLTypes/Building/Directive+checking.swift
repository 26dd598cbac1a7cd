import GraphQLLanguage

/// Directives of the specification that say something about a schema. No rule looks at the values
/// of their arguments before a schema is built.
extension NodeList<Directive> {
    /// Whether `@deprecated` is among them.
    func checkedDeprecation() throws(GraphQLError) -> Bool {
        guard let directive = first("deprecated") else { return false }
        if let reason = directive.argument("reason") { try reason.checkString() }
        return true
    }

    /// Throws if `@specifiedBy` is among them without a proper URL.
    func checkSpecifiedBy() throws(GraphQLError) {
        guard let directive = first("specifiedBy") else { return }
        guard let url = directive.argument("url") else {
            throw GraphQLError(
                "Argument \"url\" of required type \"String!\" was not provided.",
                locations: [directive.location])
        }
        try url.checkString()
    }
}

extension Argument {
    fileprivate func checkString() throws(GraphQLError) {
        switch value.form {
        case .string: return
        case .null:
            throw GraphQLError(
                "Argument \"\(name)\" of non-null type \"String!\" must not be null.",
                locations: [value.location])
        default:
            throw GraphQLError(
                "Argument \"\(name)\" has invalid value \(value.printed).",
                locations: [value.location])
        }
    }
}
