/// The rules for documents that are executed, in the order in which their errors stand when
/// several arise at the same place. Each is a file of `Rules`.
enum ExecutableRule: UInt8, CaseIterable {
    case executableDefinitions, knownOperationTypes, uniqueOperationNames, loneAnonymousOperation
    case singleFieldSubscriptions, knownTypeNames, fragmentsOnCompositeTypes
    case variablesAreInputTypes, scalarLeafs, fieldsOnCorrectType, uniqueFragmentNames
    case knownFragmentNames, noUnusedFragments, possibleFragmentSpreads, noFragmentCycles
    case uniqueVariableNames, noUndefinedVariables, noUnusedVariables, knownDirectives
    case uniqueDirectivesPerLocation, knownArgumentNames, uniqueArgumentNames
    case valuesOfCorrectType, providedRequiredArguments, variablesInAllowedPosition
    case overlappingFieldsCanBeMerged, uniqueInputFieldNames, maxIntrospectionDepth
    // Only when asked for
    case noSchemaIntrospection, noDeprecated
}
