import GraphQLLanguage
import GraphQLTypes

/// The values of an operation's variables in one request, coerced to their types.
public struct VariableValues: Sendable {
    /// In the order of the operation; nil where the request provides none.
    let values: [InputValue?]

    /// Whether the request provides each, and none is null.
    let isComplete: Bool

    init(_ values: [InputValue?]) {
        self.values = values
        isComplete = values.allSatisfy { $0 ?? .null != .null }
    }

    /// The conditions of a plan's @skip and @include that hold, one bit each.
    func activeConditions(of plan: Plan) -> UInt64 {
        var active: UInt64 = 0
        for (bit, condition) in plan.conditions.enumerated()
        where values[condition.variable] == .boolean(condition.expected) {
            active |= 1 << UInt64(bit)
        }
        return active
    }

    /// The conditions that have no answer, since null stands in place of the Boolean.
    func nullConditions(of plan: Plan) -> UInt64 {
        var null: UInt64 = 0
        for (bit, condition) in plan.conditions.enumerated()
        where values[condition.variable] ?? .null == .null { null |= 1 << UInt64(bit) }
        return null
    }

    func arguments(
        _ list: ArgumentList, of plan: Plan
    ) -> Result<[InputValue?], GraphQLError> {
        if let sources = list.sources, let values = values(from: sources) {
            return .success(values)
        }
        let coercion = ArgumentCoercion(schema: plan.schema) { name in
            plan.place(ofVariable: name.text).flatMap { values[$0] }
        }
        let node = Field(unchecked: plan.operation.document[list.node])
        return Result { () throws(GraphQLError) in
            try coercion.arguments(of: list.field, givenBy: node)
        }
    }

    /// Nothing if a variable has no value, or null: then there is more to find out.
    private func values(from sources: [ArgumentSource]) -> [InputValue?]? {
        var given: [InputValue?] = []
        given.reserveCapacity(sources.count)
        for source in sources {
            switch source {
            case .constant(let value): given.append(value)
            case .variable(let place):
                guard let value = values[place], value != .null else { return nil }
                given.append(value)
            }
        }
        return given
    }
}
