import GraphQLLanguage
import GraphQLTypes

/// [Unions](https://spec.graphql.org/September2025/#sec-Unions.Type-Validation)
extension ValidityErrors {
    mutating func checkMembers(of union: TypeID) {
        let members = schema.members(of: union)
        if members.isEmpty {
            report(
                "Union type \(name(union)) must define one or more member types.",
                at: definitions(union))
        }
        var seen: Set<TypeID> = []
        for member in members where !isFull {
            if !seen.insert(member).inserted {
                report(
                    "Union type \(name(union)) can only include type \(name(member)) once.",
                    at: mentions(of: member, in: union))
            } else if schema[member].kind != .object {
                report(
                    "Union type \(name(union)) can only include Object types, it cannot include "
                        + "\(name(member)).", at: mentions(of: member, in: union))
            }
        }
    }
}
