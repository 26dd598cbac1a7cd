package import GraphQLLanguage

/// What the specification defines in every schema: its scalars, its directives, and the types of
/// introspection, as a schema document like any other.
package enum BuiltIns {
    package static let document: Document = {
        do {
            return try Document.parse(
                [scalarsAndDirectives, introspection, metaFields].joined(separator: "\n\n"))
        } catch {
            preconditionFailure("the built-in definitions are a schema document: \(error)")
        }
    }()

    /// The scalars and the types of introspection.
    package static var types: [TypeDefinition] {
        document.root.children.compactMap { TypeDefinition($0) }.filter {
            $0.name.text != metaFieldsType
        }
    }

    static var directiveNames: [String] {
        document.root.children.compactMap { DirectiveDefinition($0)?.name.text }
    }
}
