public import GraphQLTypes
public import Reactor

/// What the executor asks of a program: the data behind a schema, for one request.
///
/// An object is a row: a number that means something to the program alone, in a table of the
/// object's type. Only rows travel through the executor, never objects.
///
/// The compiler writes conformances from `schema.graphql`; by hand they are for schemas that are
/// not known before run time.
@EventLoop public protocol Resolvers: AnyObject {
    /// Appends the JSON of a leaf to the response, or returns false for null, with nothing
    /// appended. What is appended before an error is thrown disappears again.
    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool

    /// Gives exactly one outcome for each row, in their order, without waiting.
    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes)

    /// Gives exactly one outcome for each load, in their order; all of them have come back.
    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes)

    /// Gives one outcome for a field of a root type, and may wait for it.
    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes) async

    /// The loaders that `LoadReference`s name by their place.
    var loaders: LoaderSet { get }

    /// Who knows what whoever asks may ask for. Without, nobody may what has a rule.
    var fieldGuard: (any FieldGuard)? { get }
}

extension Resolvers {
    public var fieldGuard: (any FieldGuard)? { nil }
}

/// Which fields do not simply stand in their object. A program says so once, when plans are made.
public protocol FieldRoads: Sendable {
    /// The road of a field that is neither a meta-field nor one of introspection.
    func road(of field: FieldID, in schema: Schema) -> FieldRoad
}

/// Leaves are written, everything else is resolved without waiting; nothing is loaded.
public struct PlainRoads: FieldRoads {
    public init() {}

    public func road(of field: FieldID, in schema: Schema) -> FieldRoad {
        schema[schema[field].type.named].kind.isLeaf ? .written : .resolved
    }
}

/// As `PlainRoads`, but lists of leaves are resolved, so that one item can fail on its own.
public struct CheckedListRoads: FieldRoads {
    public init() {}

    public func road(of field: FieldID, in schema: Schema) -> FieldRoad {
        let type = schema[field].type
        return schema[type.named].kind.isLeaf && type.listDepth == 0 ? .written : .resolved
    }
}
