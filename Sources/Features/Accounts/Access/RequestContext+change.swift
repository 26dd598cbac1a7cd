import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// What has to hold for a change, besides that the credential is good.
struct Demand: Sendable {
    let condition: Statement
    let refusal: Refusal

    enum Refusal: String, Sendable, CaseIterable {
        // SQLSTATEs of a class that PostgreSQL leaves to others.
        case stale = "MQ401"
        case forbidden = "MQ403"

        var error: GraphQLError {
            switch self {
            case .stale: .staleCredential
            case .forbidden: .forbidden
            }
        }
    }

    fileprivate var statement: Statement { "SELECT demand(\(condition), \(refusal.rawValue))" }
}

extension RequestContext {
    /// Changes with statements, as one transaction that costs one round trip. In front of them
    /// stands whether the credential is good, and what else is demanded: where one of these does
    /// not hold, nothing happens.
    func change(
        with statements: [Statement], demanding demands: [Demand] = []
    ) async throws -> [KeptRows] {
        var demands = demands
        if let condition = access.caller.credential.condition {
            demands.insert(Demand(condition: condition, refusal: .stale), at: 0)
        }
        do {
            let rows = try await database.transaction(of: demands.map(\.statement) + statements)
            return Array(rows.dropFirst(demands.count))
        } catch let error as PostgresError {
            let state = error.serverError?.state.code
            guard let refusal = state.flatMap({ Demand.Refusal(rawValue: $0) }) else { throw error }
            if refusal == .stale { access.refuse(refusal.error) }
            throw refusal.error
        }
    }

    /// The number of the person who asks.
    func requirePerson() throws(GraphQLError) -> Int { try requireViewer() }

    /// The session of who asks.
    func requireSession() throws(GraphQLError) -> AccessClaims {
        switch access.caller.credential {
        case .token(let claims): claims
        case .nothing, .claim: throw .unauthenticated
        }
    }
}
