/// What things cost where the schema says nothing.
public struct CostWeights: Hashable, Sendable {
    /// A field, or an item of a list, that is an object: somebody has to fetch it.
    public var composite = 1.0
    /// A field that is a scalar or an enum value, or a list of them.
    public var leaf = 0.0
    /// A mutation, beyond its fields.
    public var mutation = 10.0
    /// An input object that is given.
    public var inputObject = 1.0
    /// How many items a list of objects has when nothing tells.
    public var listSize = 10.0

    public init() {}
}
