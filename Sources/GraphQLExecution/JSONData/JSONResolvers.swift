import Bytes
public import GraphQLTypes
public import JSON
public import Reactor

/// Answers every field with the member of that name in a JSON document; `__typename` names the
/// type of an object where the schema leaves it open.
///
/// A row is a value's place in the document.
@EventLoop public final class JSONResolvers: Resolvers {
    let schema: Schema
    private let document: JSONDocument?
    public let loaders = LoaderSet()
    /// The row of the root object.
    public let root: Int32

    /// The row of an object that has no members.
    private static let nothing: Int32 = -1

    /// Over `data`; without any, every field is null.
    public init(_ schema: Schema, data: JSONValue?) {
        self.schema = schema
        document = data?.document
        root = data.map { Int32(truncatingIfNeeded: $0.index) } ?? Self.nothing
    }

    public func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        guard let value = member(field, of: row, execution) else { return false }
        try write(leaf: value, field.type.named, into: &response)
        return true
    }

    public func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) {
        for row in rows {
            complete(member(field, of: row, execution), field.type.nullable, field, &outcomes)
        }
    }

    public func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) { preconditionFailure("JSON loads nothing") }

    public func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async { preconditionFailure("JSON does not wait") }

    /// A field's value; null and absent are one.
    private func member(
        _ field: PlannedField, of row: Int32, _ execution: Execution
    ) -> JSONValue? {
        guard row >= 0, let document else { return nil }
        let object = JSONValue(document: document, index: Int(row))
        let value = object[execution.plan.keys[field.name]]
        return value.flatMap { $0.isNull ? nil : $0 }
    }

    private func complete(
        _ value: JSONValue?, _ type: WrappedType, _ field: PlannedField,
        _ outcomes: inout Outcomes
    ) {
        guard let value, !value.isNull else { return outcomes.null() }
        if type.isList {
            guard value.form == .array else {
                return outcomes.fail(notIterable(field))
            }
            outcomes.beginList()
            for element in value.elements {
                complete(element, type.unwrapped.nullable, field, &outcomes)
            }
            return outcomes.endList()
        }
        switch schema[type.named].kind {
        case .object: outcomes.object(Int32(value.index))
        case .interface, .union:
            do {
                outcomes.object(
                    Int32(value.index), of: try objectType(of: value, type.named, field))
            } catch {
                outcomes.fail(error)
            }
        default:
            outcomes.leaf { (response: inout ResponseWriter) in
                try write(leaf: value, type.named, into: &response)
                return true
            }
        }
    }

    private func notIterable(_ field: PlannedField) -> GraphQLError {
        GraphQLError(
            "Expected Iterable, but did not find one for field \"\(coordinate(field))\".")
    }

    private func coordinate(_ field: PlannedField) -> String {
        "\(schema.name(of: field.parent)).\(schema.name(of: field.field))"
    }

    /// ```
    /// ResolveAbstractType(abstractType, objectValue)
    /// ```
    private func objectType(
        of value: JSONValue, _ abstract: TypeID, _ field: PlannedField
    ) throws(GraphQLError) -> TypeID {
        let name = schema.name(of: abstract)
        guard let typeName = value["__typename"]?.stringValue else {
            throw GraphQLError(
                """
                Abstract type "\(name)" must resolve to an Object type at runtime for field \
                "\(coordinate(field))". Either the "\(name)" type should provide a "resolveType" \
                function or each possible type should provide an "isTypeOf" function.
                """)
        }
        guard let type = schema.type(named: typeName) else {
            throw GraphQLError(
                """
                Abstract type "\(name)" was resolved to a type "\(typeName)" that does not exist \
                inside the schema.
                """)
        }
        guard schema[type].kind == .object else {
            throw GraphQLError(
                "Abstract type \"\(name)\" was resolved to a non-object type \"\(typeName)\".")
        }
        return type
    }
}
