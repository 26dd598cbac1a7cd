public import GraphQLTypes

/// One key of the response objects of one type: what a plan consists of. Good for as long as its
/// plan is.
@frozen public struct PlannedField: BitwiseCopyable, Sendable {
    /// What `nonisolated(unsafe)` vouches for: a plan's tables never change.
    @usableFromInline nonisolated(unsafe) let record: UnsafePointer<FieldRecord>

    @inlinable init(_ record: UnsafePointer<FieldRecord>) { self.record = record }

    /// The field in the schema's tables; for an interface's selection, the object type's own field.
    @inlinable public var field: FieldID { record.pointee.field }
    /// The object type whose field it is.
    @inlinable public var parent: TypeID { record.pointee.parent }
    @inlinable public var type: WrappedType { record.pointee.type }
    @inlinable public var road: FieldRoad { record.pointee.road }
    var isIntrospection: Bool { record.pointee.isIntrospection }
    var introspection: IntrospectionField? { record.pointee.introspection }
    var keyStart: Int32 { record.pointee.keyStart }
    var keyEnd: Int32 { record.pointee.keyEnd }
    var name: Extent { record.pointee.name }
    var arguments: Int32 { record.pointee.arguments }
    /// Whether something may keep it from being resolved.
    var isChecked: Bool { record.pointee.isChecked }
    var child: Int32 { record.pointee.child }
    var column: Int32 { record.pointee.column }
    /// Where the nodes that ask for it stand in the plan's list of nodes.
    var nodes: Extent {
        Extent(record.pointee.firstNode, record.pointee.firstNode + record.pointee.nodeCount)
    }
}

/// What a plan holds for each of its fields.
@usableFromInline struct FieldRecord: BitwiseCopyable, Sendable {
    /// The field in the schema's tables; for an interface's selection, the object type's own field.
    @usableFromInline let field: FieldID
    /// The object type whose field it is.
    @usableFromInline let parent: TypeID
    @usableFromInline let type: WrappedType
    @usableFromInline let road: FieldRoad
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
    /// Whether there are rules of who may ask for it, or something can be wrong with its arguments.
    let isChecked: Bool
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
