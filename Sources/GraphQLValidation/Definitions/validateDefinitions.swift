public import GraphQLLanguage
public import GraphQLTypes

/// Checks a schema document against the rules that can be checked before a schema is built of it.
/// It may refer to its own types and to those of the specification. O(n).
public func validateDefinitions(
    _ document: Document, maximumErrors: Int = ErrorList.defaultMaximumErrors
) -> [GraphQLError] {
    var walk = DefinitionWalk(document, maximumErrors: maximumErrors)
    document.walk(&walk)
    return walk.errors.list.errors
}

/// One walk for all rules: errors come in the order of the document, and those of one node in the
/// order of the rules.
private struct DefinitionWalk: Visitor {
    var errors: DefinitionErrors
    private var loneSchemaDefinition: LoneSchemaDefinition
    private var uniqueOperationTypes: UniqueOperationTypes
    private var uniqueTypeNames: UniqueTypeNames
    private var uniqueEnumValueNames: UniqueEnumValueNames
    private var uniqueFieldDefinitionNames: UniqueFieldDefinitionNames
    private var uniqueArgumentDefinitionNames: UniqueArgumentDefinitionNames
    private var uniqueDirectiveNames: UniqueDirectiveNames
    private var knownTypeNames: KnownDefinitionTypeNames
    private var knownDirectives: KnownDefinitionDirectives
    private var uniqueDirectivesPerLocation: UniqueDefinitionDirectivesPerLocation
    private var possibleTypeExtensions: PossibleTypeExtensions
    private var knownArgumentNames: KnownArgumentNamesOnDirectives
    private var uniqueArgumentNames: UniqueArgumentNamesOnDirectives
    private var uniqueInputFieldNames: UniqueInputFieldNamesInDefinitions
    private var providedRequiredArguments: ProvidedRequiredArgumentsOnDirectives

    init(_ document: Document, maximumErrors: Int) {
        let facts = DefinitionFacts(document)
        errors = DefinitionErrors(document, maximumErrors: maximumErrors)
        loneSchemaDefinition = .init(facts)
        uniqueOperationTypes = .init(facts)
        uniqueTypeNames = .init(facts)
        uniqueEnumValueNames = .init(facts)
        uniqueFieldDefinitionNames = .init(facts)
        uniqueArgumentDefinitionNames = .init(facts)
        uniqueDirectiveNames = .init(facts)
        knownTypeNames = .init(facts)
        knownDirectives = .init(facts)
        uniqueDirectivesPerLocation = .init(facts)
        possibleTypeExtensions = .init(facts)
        knownArgumentNames = .init(facts)
        uniqueArgumentNames = .init(facts)
        uniqueInputFieldNames = .init(facts)
        providedRequiredArguments = .init(facts)
    }

    /// Shows the node to the rules, in their order; most nodes concern few of them.
    mutating func enter(_ node: Node, ancestors: [Int]) -> VisitStep {
        let record = node.record
        switch record.kind {
        case .namedType: knownTypeNames.enter(node, ancestors: ancestors, &errors)
        case .objectValue, .objectField:
            uniqueInputFieldNames.enter(node, ancestors: ancestors, &errors)
        case .directive: enterDirective(node, ancestors)
        default: if record.kind.isDefinition { enterDefinition(node, ancestors) }
        }
        if record.flags.contains(.hasDirectives) {
            uniqueDirectivesPerLocation.enter(node, ancestors: ancestors, &errors)
        }
        if record.kind.isTypeDefinition {
            possibleTypeExtensions.enter(node, ancestors: ancestors, &errors)
        }
        if record.kind == .field {
            uniqueArgumentNames.enter(node, ancestors: ancestors, &errors)
        }
        return errors.isFull ? .stop : .proceed
    }

    private mutating func enterDefinition(_ node: Node, _ ancestors: [Int]) {
        loneSchemaDefinition.enter(node, ancestors: ancestors, &errors)
        uniqueOperationTypes.enter(node, ancestors: ancestors, &errors)
        uniqueTypeNames.enter(node, ancestors: ancestors, &errors)
        uniqueEnumValueNames.enter(node, ancestors: ancestors, &errors)
        uniqueFieldDefinitionNames.enter(node, ancestors: ancestors, &errors)
        uniqueArgumentDefinitionNames.enter(node, ancestors: ancestors, &errors)
        uniqueDirectiveNames.enter(node, ancestors: ancestors, &errors)
    }

    private mutating func enterDirective(_ node: Node, _ ancestors: [Int]) {
        knownDirectives.enter(node, ancestors: ancestors, &errors)
        knownArgumentNames.enter(node, ancestors: ancestors, &errors)
        uniqueArgumentNames.enter(node, ancestors: ancestors, &errors)
    }

    mutating func leave(_ node: Node, ancestors: [Int]) -> VisitStep {
        switch node.kind {
        case .objectValue: uniqueInputFieldNames.leave(node, &errors)
        case .directive: providedRequiredArguments.leave(node, &errors)
        default: return .proceed
        }
        return errors.isFull ? .stop : .proceed
    }
}

extension NodeKind {
    /// A definition or extension of the schema, a type or a directive.
    fileprivate var isDefinition: Bool {
        isTypeDefinition || self == .schemaDefinition || self == .schemaExtension
            || self == .directiveDefinition
    }
}
