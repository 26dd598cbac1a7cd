import GraphQLLanguage
import GraphQLTypes

/// Section 5.3.1: a field that is selected is one of the type's.
enum FieldsOnCorrectType {
    @inline(never)
    static func reportUnknownField(
        _ node: Int, on type: TypeID, _ validation: inout Validation
    ) {
        guard !validation.findings.isFull(.fieldsOnCorrectType) else { return }
        let name = validation.text(node)
        let schema = validation.schema
        var suggestion = ""
        if validation.options.suggestsNames {
            let types = validation.names.known(node).map { typesWith($0, insteadOf: type, schema) }
            suggestion = Suggestions.sentence(
                types ?? [], words: "to use an inline fragment on")
            if suggestion.isEmpty {
                suggestion = validation.suggestion(
                    for: name, among: schema[type].fields.map { schema.name(of: $0) },
                    .fieldsOnCorrectType)
            }
        }
        validation.report(
            .fieldsOnCorrectType, entering: node, at: [validation.start(node)],
            "Cannot query field \"\(name)\" on type \"\(schema.name(of: type))\"." + suggestion)
    }

    /// The types that `abstract` can be, and their interfaces, which have the field: the most used
    /// first, a supertype before its subtypes.
    private static func typesWith(
        _ field: NameID, insteadOf abstract: TypeID, _ schema: Schema
    ) -> [String] {
        guard schema[abstract].kind.isAbstract else { return [] }
        var uses: [TypeID: Int] = [:]
        var order: [TypeID] = []
        for possible in schema.possibleTypes(of: abstract)
        where schema.field(field, of: possible) != nil {
            order.append(possible)
            uses[possible] = 1
            for interface in schema.interfaces(of: possible)
            where schema.field(field, of: interface) != nil {
                if uses[interface] == nil { order.append(interface) }
                uses[interface, default: 0] += 1
            }
        }
        return order.sorted { isBefore($0, $1, uses, schema) }.map { schema.name(of: $0) }
    }

    private static func isBefore(
        _ left: TypeID, _ right: TypeID, _ uses: [TypeID: Int], _ schema: Schema
    ) -> Bool {
        let (leftUses, rightUses) = (uses[left, default: 0], uses[right, default: 0])
        if leftUses != rightUses { return leftUses > rightUses }
        if schema.isSubtype(right, of: left) { return true }
        if schema.isSubtype(left, of: right) { return false }
        return Suggestions.isNaturallyBefore(schema.name(of: left), schema.name(of: right))
    }
}
