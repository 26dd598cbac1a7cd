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

    mutating func enter(_ node: Node, ancestors: [Int]) -> VisitStep {
        loneSchemaDefinition.enter(node, ancestors: ancestors, &errors)
        uniqueOperationTypes.enter(node, ancestors: ancestors, &errors)
        uniqueTypeNames.enter(node, ancestors: ancestors, &errors)
        uniqueEnumValueNames.enter(node, ancestors: ancestors, &errors)
        uniqueFieldDefinitionNames.enter(node, ancestors: ancestors, &errors)
        uniqueArgumentDefinitionNames.enter(node, ancestors: ancestors, &errors)
        uniqueDirectiveNames.enter(node, ancestors: ancestors, &errors)
        knownTypeNames.enter(node, ancestors: ancestors, &errors)
        knownDirectives.enter(node, ancestors: ancestors, &errors)
        uniqueDirectivesPerLocation.enter(node, ancestors: ancestors, &errors)
        possibleTypeExtensions.enter(node, ancestors: ancestors, &errors)
        knownArgumentNames.enter(node, ancestors: ancestors, &errors)
        uniqueArgumentNames.enter(node, ancestors: ancestors, &errors)
        uniqueInputFieldNames.enter(node, ancestors: ancestors, &errors)
        providedRequiredArguments.enter(node, ancestors: ancestors, &errors)
        return errors.isFull ? .stop : .proceed
    }

    mutating func leave(_ node: Node, ancestors: [Int]) -> VisitStep {
        uniqueInputFieldNames.leave(node, &errors)
        providedRequiredArguments.leave(node, &errors)
        return errors.isFull ? .stop : .proceed
    }
}
