import GraphQLLanguage
import GraphQLTypes

/// What the rules need to know of the whole document before they look at its parts.
struct DefinitionFacts {
    /// The last definition of each type.
    private(set) var types: [Name: TypeDefinition] = [:]
    /// The last definition of each directive, those of the specification among them.
    private(set) var directives: [Name: DirectiveDefinition] = [:]

    init(_ document: Document) {
        for definition in BuiltIns.document.definitions { add(directive: definition) }
        for definition in document.definitions {
            add(directive: definition)
            if let type = TypeDefinition(definition.node), !type.isExtension {
                types[type.name] = type
            }
        }
    }

    private mutating func add(directive definition: Definition) {
        guard case .directive(let directive) = definition.form else { return }
        directives[directive.name] = directive
    }
}
