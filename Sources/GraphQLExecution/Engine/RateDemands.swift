import GraphQLTypes
public import GraphQLValidation
import Reactor

/// How often an operation asks for something that has a limit.
public struct RateDemand: Sendable {
    /// Which of the schema's limits.
    public let limit: FieldRateLimit
    public let count: Int
}

extension Engine {
    /// What the operation asks for that `@rateLimit` stands at: a field counts once for each
    /// position that it takes in the response, items of lists aside, whatever aliases and fragments
    /// bring it there. Fields that @skip and @include leave out do not count; of types that exclude
    /// each other the one counts that asks more often.
    ///
    /// Of an operation without such fields it costs nothing worth mention.
    public func rateDemands(of request: PreparedRequest) -> [RateDemand] {
        guard let rates = options.rates,
            !request.plan.selectedFields.isDisjoint(with: limitedFields)
        else { return [] }
        var count = RateCount(request.plan, request.variables, rates)
        return zip(rates.all, count.counts(of: 0)).compactMap { limit, count in
            count > 0 ? RateDemand(limit: limit, count: count) : nil
        }
    }
}

/// Counts the fields of one request that have limits.
@EventLoop private struct RateCount {
    private let plan: Plan
    private let rates: FieldRateLimits
    private let activeConditions: UInt64
    /// What fragments repeat is one selection, and looked at once.
    private var known: [Int: [Int]] = [:]

    init(_ plan: Plan, _ variables: VariableValues, _ rates: FieldRateLimits) {
        (self.plan, self.rates) = (plan, rates)
        activeConditions = variables.activeConditions(of: plan)
    }

    /// By the schema's limits. None is counted further than `most`, whatever fragments multiply.
    mutating func counts(of selection: Int) -> [Int] {
        if let counts = known[selection] { return counts }
        var sum = Array(repeating: 0, count: rates.all.count)
        for index in fields(of: plan.selections[selection]) {
            let field = plan.fields[Int(index)]
            for place in rates.limits(of: field.field) { sum[place] += 1 }
            guard plan.schema[field.type.named].kind.isComposite else { continue }
            for (place, below) in counts(below: field).enumerated() {
                sum[place] = min(sum[place] + below, Self.most)
            }
        }
        known[selection] = sum
        return sum
    }

    private static let most = Int(Int32.max)

    private mutating func counts(below field: PlannedField) -> [Int] {
        guard field.child < 0 else { return counts(of: Int(field.child)) }
        var most = Array(repeating: 0, count: rates.all.count)
        for type in plan.schema.possibleTypes(of: field.type.named) {
            guard let selection = plan.selection(of: type, in: field.child) else { continue }
            for (place, count) in counts(of: selection).enumerated() {
                most[place] = max(most[place], count)
            }
        }
        return most
    }

    private func fields(of planned: PlannedSelection) -> Set<Int32> {
        guard planned.isGuarded else { return Set(planned.fields.start..<planned.fields.end) }
        var active: Set<Int32> = []
        for contribution in plan.contributions[planned.contributions]
        where contribution.guards.hold(in: activeConditions) {
            active.insert(contribution.field)
        }
        return active
    }
}
