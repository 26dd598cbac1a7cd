public import GraphQLTypes

/// One key of the response objects of one type: what a plan consists of. It holds no references.
public struct PlannedField: BitwiseCopyable, Sendable {
    /// The field in the schema's tables; for an interface's selection, the object type's own field.
    public let field: FieldID
    /// The object type whose field it is.
    public let parent: TypeID
    public let type: WrappedType
    public let road: FieldRoad
    /// Whether the schema itself answers it.
    let isIntrospection: Bool
    /// Then: which of the fields of introspection it is; nothing for `__typename`.
    let introspection: IntrospectionField?
    /// Where its key stands in the plan's keys, with the comma before and the colon behind.
    let keyStart: Int32
    let keyEnd: Int32
    /// Where its name stands among them: in its key, or behind that of an alias.
    let name: Extent
    /// Which of the plan's argument lists it is given; -1 when it takes none.
    let arguments: Int32
    /// Which selection answers it: a concrete one, or `~index` of an abstract one.
    let child: Int32
    /// Of a field that is resolved before it is written: its place among those.
    let column: Int32
    /// Where the nodes that ask for it stand in the plan's list of nodes.
    let firstNode: Int32
    let nodeCount: Int32
}

/// How a field comes to its value.
@frozen public enum FieldRoad: UInt8, Sendable {
    /// Written straight into the response from its object.
    case written
    /// Resolved for all objects of a level together: a relation, or a leaf that is loaded.
    case resolved
    /// A root field that may wait.
    case asynchronous
    /// `__typename`
    case typeName
}
