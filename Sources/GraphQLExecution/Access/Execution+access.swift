public import GraphQLTypes
public import Reactor

/// Who decides whether whoever asks may do what a rule is about.
@EventLoop public protocol FieldGuard: AnyObject {
    /// Why not, if not.
    func refusal(of rule: AccessRule) -> GraphQLError?
}

extension GraphQLError {
    /// There are rules, and nobody who knows who asks.
    static let unguarded = GraphQLError("You may not ask for this.", code: .forbidden)
}

/// What keeps a field from being resolved.
extension Execution {
    /// What is wrong with a field's arguments, if anything is, or why who asks may not ask for it.
    @inline(__always) func refusal(of field: PlannedField) -> GraphQLError? {
        field.isChecked ? check(field) : nil
    }

    private func check(_ field: PlannedField) -> GraphQLError? {
        if let rules = plan.access?.rules(of: field.field), let error = refusal(of: rules) {
            return error
        }
        switch argumentValues(of: field) {
        case .failure(let error): return error
        case .success(let values): return plan.access.flatMap { refusal(values, of: field, $0) }
        }
    }

    private func refusal(of rules: [AccessRule]) -> GraphQLError? {
        for rule in rules {
            guard let fieldGuard = resolvers.fieldGuard else { return .unguarded }
            if let error = fieldGuard.refusal(of: rule) { return error }
        }
        return nil
    }

    private func refusal(
        _ values: [InputValue?], of field: PlannedField, _ access: AccessModel
    ) -> GraphQLError? {
        guard access.guardsArguments(of: field.field) else { return nil }
        for (argument, value) in zip(plan.schema[field.field].arguments, values) {
            if let value, let error = refusal(value, of: argument, access) { return error }
        }
        return nil
    }

    private func refusal(
        _ value: InputValue, of input: InputID, _ access: AccessModel
    ) -> GraphQLError? {
        let rules = access.rules(of: input)
        if !rules.isEmpty, value != plan.schema.coercedDefault(of: input),
            let error = refusal(of: rules)
        {
            return error
        }
        return refusal(within: value, plan.schema[input].type.named, access)
    }

    private func refusal(
        within value: InputValue, _ type: TypeID, _ access: AccessModel
    ) -> GraphQLError? {
        guard access.guardsValues(of: type) else { return nil }
        switch value {
        case .list(let items):
            for item in items {
                if let error = refusal(within: item, type, access) { return error }
            }
        case .object(let entries):
            for field in plan.schema[type].inputFields {
                let name = plan.schema.name(of: field)
                guard let entry = entries.first(where: { $0.name == name }) else { continue }
                if let error = refusal(entry.value, of: field, access) { return error }
            }
        default: break
        }
        return nil
    }
}
