import GraphQLLanguage
public import GraphQLTypes
public import GraphQLValidation
public import JSON
public import Reactor

/// A schema and what it takes to answer requests against it: their way from bytes to a plan with
/// values for its variables, whatever transport brought them.
@EventLoop public final class Engine {
    public let schema: Schema
    public let plans: PlanCache
    private let costs: CostModel
    /// Those that `@rateLimit` stands at.
    let limitedFields: FieldSet
    let options: EngineOptions

    public init(_ schema: Schema, options: EngineOptions = EngineOptions()) {
        self.schema = schema
        self.options = options
        plans = PlanCache(schema, options: options.planning, recorder: options.recorder)
        costs = schema.costModel(weights: options.costWeights)
        var limited = FieldSet()
        if let rates = options.rates { for field in rates.fields { limited.insert(field) } }
        limitedFields = limited
    }

    /// Makes a request ready to run, or throws all there is to say against it.
    public func prepare(
        _ request: EngineRequest, trace: ExecutionTrace? = nil
    ) throws(GraphQLErrors) -> PreparedRequest {
        try prepare(
            request,
            with: plans.find(
                request.source, operationName: request.operationName, trace: trace))
    }

    /// The same for an operation whose plan has been found.
    package func prepare(
        _ request: EngineRequest, with found: FoundPlan
    ) throws(GraphQLErrors) -> PreparedRequest {
        let plan = found.plan
        let variables = try VariableValues.coerce(
            request.variables, for: plan,
            suggestsNames: options.planning.validation.suggestsNames)
        let directives = try variables.directives(of: plan)
        let asksForCost = request.extensions?["cost"]?.booleanValue == true
        guard asksForCost || options.maximumCost != nil else {
            return PreparedRequest(
                request: request, plan: plan, variables: variables, directives: directives,
                cost: nil,
                shownCost: nil)
        }
        let cost = try cost(of: plan, with: variables)
        return PreparedRequest(
            request: request, plan: plan, variables: variables, directives: directives,
            cost: cost,
            shownCost: asksForCost ? cost : nil)
    }

    /// What an operation costs depends on those variables alone that say how long lists get, which
    /// are mostly those of the request before.
    private func cost(
        of plan: Plan, with variables: VariableValues
    ) throws(GraphQLErrors) -> Double {
        if let known = plan.knownCost, known.isOfSizes(in: variables) { return known.cost }
        var sizes: [KnownCost.Size] = []
        let cost = try costs.cost(
            of: plan.operation, in: plan.document, atMost: options.maximumCost ?? .infinity
        ) { name in
            guard let place = plan.place(ofVariable: name.text) else { return nil }
            let size = variables.size(place)
            sizes.append(KnownCost.Size(place: place, value: size))
            return size
        }
        plan.knownCost = KnownCost(cost: cost, sizes: sizes)
        return cost
    }

    /// Answers a query or mutation.
    public func answer(
        _ request: EngineRequest, resolvers: any Resolvers, root: Int32 = 0,
        options: ExecutionOptions = ExecutionOptions()
    ) async -> Response {
        do throws(GraphQLErrors) {
            return await execute(
                try prepare(request, trace: options.trace), resolvers: resolvers, root: root,
                options: options)
        } catch {
            return Response(requestErrors: error.errors, withCodes: options.writesCodes)
        }
    }

    /// Runs a query or mutation that was prepared here.
    public func execute(
        _ prepared: PreparedRequest, resolvers: any Resolvers, root: Int32 = 0,
        options: ExecutionOptions = ExecutionOptions()
    ) async -> Response {
        await Executor.execute(
            prepared.plan, root: root, resolvers: resolvers, variables: prepared.variables,
            options: extended(options, for: prepared, resolvers))
    }

    /// Begins a subscription that was prepared here.
    public func subscribe(
        _ prepared: PreparedRequest, resolvers: any SubscriptionResolvers, root: Int32 = 0,
        options: ExecutionOptions = ExecutionOptions()
    ) async -> SubscriptionStart {
        await Executor.subscribe(
            prepared.plan, root: root, resolvers: resolvers, variables: prepared.variables,
            options: extended(options, for: prepared, resolvers))
    }

    /// What the request has asked to be told besides its data.
    private func extended(
        _ options: ExecutionOptions, for request: PreparedRequest, _ resolvers: any Resolvers
    ) -> ExecutionOptions {
        guard request.shownCost != nil || options.trace?.isTold == true else { return options }
        var options = options
        if let cost = request.shownCost {
            options.extensions.append(.cost(cost, maximum: self.options.maximumCost))
        }
        if let trace = options.trace, trace.isTold {
            options.extensions.append(.trace(trace, of: resolvers.loaders))
        }
        return options
    }
}

/// What a client asks for, as every transport brings it.
public struct EngineRequest: Sendable {
    /// The document.
    public var source: [UInt8]
    public var operationName: String?
    public var variables: JSONValue?
    public var extensions: JSONValue?

    public init(
        source: [UInt8], operationName: String? = nil, variables: JSONValue? = nil,
        extensions: JSONValue? = nil
    ) {
        self.source = source
        self.operationName = operationName
        self.variables = variables
        self.extensions = extensions
    }
}

public struct PreparedRequest: Sendable {
    /// As it came.
    public let request: EngineRequest
    public let plan: Plan
    public let variables: VariableValues
    /// What the operation bears itself.
    public let directives: [OperationDirective]
    /// What it may cost, where that had to be known.
    public let cost: Double?
    /// What it may cost, if it asked to be told.
    public let shownCost: Double?
}

public struct EngineOptions: Sendable {
    public var planning = PlanOptions()
    public var costWeights = CostWeights()
    /// What one operation may cost; nothing where cost is not limited.
    public var maximumCost: Double?
    /// How often fields may be asked for; nothing where nobody counts.
    public var rates: FieldRateLimits?
    public var recorder: EngineRecorder?

    public init() {}
}

/// One entry of a response's `extensions`.
public struct ResponseExtension: Sendable {
    let key: StaticString
    let write: @EventLoop @Sendable (inout ResponseWriter) -> Void

    public init(
        _ key: StaticString, write: @escaping @EventLoop @Sendable (inout ResponseWriter) -> Void
    ) {
        self.key = key
        self.write = write
    }

    static func cost(_ cost: Double, maximum: Double?) -> ResponseExtension {
        ResponseExtension("cost") { writer in
            writer.append(raw: #"{"estimate":"#)
            writer.append(cost)
            if let maximum {
                writer.append(raw: #","maximum":"#)
                writer.append(maximum)
            }
            writer.append(raw: "}")
        }
    }
}

/// What an operation cost when it was asked last.
struct KnownCost: Sendable {
    struct Size: Sendable {
        /// The place of the variable.
        let place: Int
        let value: Int?
    }

    let cost: Double
    let sizes: [Size]

    func isOfSizes(in variables: VariableValues) -> Bool {
        for size in sizes where variables.size(size.place) != size.value { return false }
        return true
    }
}

extension VariableValues {
    /// The value of a variable that says how long a list gets.
    fileprivate func size(_ place: Int) -> Int? {
        if case .int(let size)? = values[place] { Int(size) } else { nil }
    }
}
