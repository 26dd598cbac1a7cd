import GraphQLTypes
import Reactor

/// What introspection shows to somebody who may not ask for everything: fields, arguments and input
/// fields that may be asked for and given, and the types that are reached by these.
@EventLoop final class Visibility {
    private let access: AccessModel
    private let schema: Schema
    private let fieldGuard: (any FieldGuard)?
    private var verdicts: [AccessRule: Bool] = [:]
    private lazy var types = reachedTypes()

    /// Nothing where all is shown.
    init?(_ access: AccessModel, _ schema: Schema, _ resolvers: any Resolvers) {
        guard access.limitsIntrospection else { return nil }
        (self.access, self.schema) = (access, schema)
        fieldGuard = resolvers.fieldGuard
    }

    func shows(_ type: TypeID) -> Bool { types.contains(type) }

    func shows(_ field: FieldID) -> Bool {
        allows(access.rules(of: field)) && !isEmpty(schema[field].type.named)
    }

    func shows(_ input: InputID) -> Bool { allows(access.rules(of: input)) }

    private func allows(_ rules: [AccessRule]) -> Bool {
        rules.allSatisfy { rule in
            if let known = verdicts[rule] { return known }
            let isAllowed = fieldGuard.map { $0.refusal(of: rule) == nil } ?? false
            verdicts[rule] = isAllowed
            return isAllowed
        }
    }

    /// Whether nothing of an object may be asked for.
    private func isEmpty(_ type: TypeID) -> Bool {
        let fields = schema[type].fields
        return !fields.isEmpty && !fields.contains { allows(access.rules(of: $0)) }
    }

    private func reachedTypes() -> Set<TypeID> {
        let roots = [schema.queryType, schema.mutationType, schema.subscriptionType]
        var open = roots.compactMap { $0 }
        var reached = Set(open)
        func reach(_ type: TypeID) {
            if !isEmpty(type), reached.insert(type).inserted { open.append(type) }
        }
        for type in schema.types where schema[type].isIntrospection { reach(type) }
        for directive in schema.directives {
            for argument in schema[directive].arguments { reach(schema[argument].type.named) }
        }
        while let type = open.popLast() {
            for field in schema[type].fields where shows(field) {
                reach(schema[field].type.named)
                for argument in schema[field].arguments where shows(argument) {
                    reach(schema[argument].type.named)
                }
            }
            for field in schema[type].inputFields where shows(field) {
                reach(schema[field].type.named)
            }
            schema.interfaces(of: type).forEach(reach)
            if schema[type].kind.isAbstract { schema.possibleTypes(of: type).forEach(reach) }
        }
        return reached
    }
}
