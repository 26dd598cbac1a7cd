/// How documents are validated.
public struct ValidationOptions: Sendable {
    /// Whether errors say what a wrong name may have meant, and which arguments and input fields
    /// are missing. That tells names of the schema.
    public var suggestsNames = true
    /// Whether a request may ask about the schema itself.
    public var allowsIntrospection = true
    /// Whether what the schema calls deprecated may still be used.
    public var allowsDeprecated = true
    /// What a document may ask for; without limits it may ask for anything.
    public var limits: QueryLimits? = QueryLimits()
    /// One error more than this and the rest is left out.
    public var maximumErrors = ErrorList.defaultMaximumErrors

    public init() {}
}

/// How much was looked at. Tests hold the validator to it.
public struct ValidationWork: Hashable, Sendable {
    /// Tokens that the parser had read.
    public var tokens = 0
    /// Nodes and spreads that were counted to see whether the limits are kept.
    public var limitSteps = 0
    /// Rules that ran.
    public var rules = 0
    /// Nodes of the document that the walk entered.
    public var nodes = 0
    /// Uses of variables that were looked at, once for each operation that they belong to.
    public var variableSteps = 0
    /// Spreads that were followed to find fragments that spread themselves.
    public var cycleSteps = 0
    /// Fields that were put into groups, or compared with their group, to find out whether fields
    /// can be merged.
    public var mergeSteps = 0
    /// Names, arguments and pairs of fields that were compared to the same end.
    public var comparisons = 0

    public init() {}
}
