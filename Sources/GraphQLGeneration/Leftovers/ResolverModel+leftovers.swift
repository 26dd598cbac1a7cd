import GraphQLLanguage
import GraphQLTypes

/// Resolvers of fields that the schema does not have any more. The compiler does not miss fields.
extension ResolverModel {
    /// What looks like a resolver in Swift code and answers no field:
    ///
    /// - functions of an object type that are given the request's context, wherever they stand;
    /// - all that an extension declares which conforms to the type's protocol;
    /// - computed properties of a type that conforms in its own declaration.
    ///
    /// What is private or static is left alone.
    package func leftovers(in file: SourceFile) -> [GenerationError] {
        let lines = LineTable(source: file.bytes)
        return SwiftMembers(file.bytes).bodies.flatMap { body -> [GenerationError] in
            guard let type = schema.type(named: body.typeName), schema[type].kind == .object
            else { return [] }
            let wanted = schema[type].fields.map(memberName)
            return body.members.filter { isResolver($0, in: body) && !wanted.contains($0.name) }
                .map { member in
                    let similar = Suggestions.similar(to: member.name, among: wanted)
                    return GenerationError(
                        """
                        \(body.typeName).\(member.name) answers no field of the schema.\
                        \(Suggestions.sentence(similar)) Else remove it, or make it private.
                        """, at: lines.location(of: member.offset), in: file.path)
                }
        }
    }

    private func isResolver(_ member: SwiftMembers.Member, in body: SwiftMembers.Body) -> Bool {
        if member.isHidden { return false }
        if member.hasContext { return true }
        guard body.protocols.contains(body.typeName + "Fields") else { return false }
        return body.isExtension || member.kind == .computed
    }
}
