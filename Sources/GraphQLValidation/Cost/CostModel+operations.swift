public import GraphQLLanguage
public import GraphQLTypes

extension ErrorCode {
    /// The operation would cost more than is allowed.
    public static let costLimitExceeded = ErrorCode(rawValue: "COST_LIMIT_EXCEEDED")
}

extension CostModel {
    /// What `operation` costs at most, before any of it has run: the weight of each field times the
    /// sizes of the lists around it, of arguments and directives, and of being a mutation. Fields
    /// that exclude each other count all.
    ///
    /// Sizes that variables give are asked of `variable`. Throws when a field lacks the one
    /// argument that says how long its list gets. O(nodes of the operation and its fragments).
    public func cost(
        of operation: OperationDefinition, in document: ValidDocument,
        variable: @escaping (Name) -> Int? = { _ in nil }
    ) throws(GraphQLErrors) -> Double {
        var measure = CostMeasure(self, document.document, variable: variable)
        let cost = measure.cost(of: operation)
        guard measure.errors.isEmpty else { throw GraphQLErrors(measure.errors) }
        return cost
    }

    /// The same, unless it is more than `limit`.
    public func cost(
        of operation: OperationDefinition, in document: ValidDocument, atMost limit: Double,
        variable: @escaping (Name) -> Int? = { _ in nil }
    ) throws(GraphQLErrors) -> Double {
        let cost = try cost(of: operation, in: document, variable: variable)
        guard cost > limit else { return cost }
        let error = GraphQLError(
            "The operation costs \(text(cost)), which is more than the limit of \(text(limit)).",
            locations: [operation.location], code: .costLimitExceeded)
        throw GraphQLErrors([error])
    }

    /// Whole numbers without a point.
    private func text(_ cost: Double) -> String {
        Int(exactly: cost).map { "\($0)" } ?? "\(cost)"
    }
}
