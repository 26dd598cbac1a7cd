import GraphQLLanguage
import GraphQLTypes

/// No input object may need another one of its own type: nobody could write it down.
///
/// [Input Objects](https://spec.graphql.org/September2025/#sec-Input-Objects)
struct InputObjectCycles {
    private var visited: Set<TypeID> = []
    /// The types on the path, each with the place of its first field on it.
    private var places: [TypeID: Int] = [:]
    private var fields: [InputID] = []

    /// A type whose fields are being followed.
    private struct Step {
        let type: TypeID
        var rest: Slice<IDRange<InputID>>
    }

    /// Follows the fields that must be given from `type`, depth first and without recursion.
    mutating func check(_ type: TypeID, _ validity: inout ValidityErrors) {
        guard var steps = enter(type, validity.schema).map({ [$0] }) else { return }
        while let last = steps.indices.last {
            guard let field = steps[last].rest.popFirst() else {
                places[steps.removeLast().type] = nil
                if !fields.isEmpty { fields.removeLast() }
                continue
            }
            let wrapped = validity.schema[field].type
            guard wrapped.isNonNull, wrapped.unwrapped.isNamed,
                validity.kind(wrapped) == .inputObject
            else { continue }
            fields.append(field)
            if let place = places[wrapped.named] {
                report(wrapped.named, fields[place...], &validity)
            } else if let step = enter(wrapped.named, validity.schema) {
                steps.append(step)
                continue
            }
            fields.removeLast()
        }
    }

    private mutating func enter(_ type: TypeID, _ schema: Schema) -> Step? {
        guard visited.insert(type).inserted else { return nil }
        places[type] = fields.count
        return Step(type: type, rest: schema[type].inputFields[...])
    }

    private func report(
        _ type: TypeID, _ cycle: ArraySlice<InputID>, _ validity: inout ValidityErrors
    ) {
        let schema = validity.schema
        let names = cycle.map { schema.name(of: $0) }.joined(separator: ".")
        validity.report(
            "Cannot reference Input Object \"\(validity.name(type))\" within itself through a "
                + "series of non-null fields: \"\(names)\".",
            at: cycle.map { schema.definition(of: $0).node })
    }
}
