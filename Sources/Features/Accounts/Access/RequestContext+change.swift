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
        case outOfScope = "MQ404"
        case lastAdmin = "MQ409"

        /// Whether nothing else of the request may be answered either.
        var isOfCredential: Bool { self == .stale || self == .outOfScope }

        var error: GraphQLError {
            switch self {
            case .stale: .staleCredential
            case .forbidden: .forbidden
            case .outOfScope: .outOfScope
            case .lastAdmin: .lastAdmin
            }
        }
    }

    /// Fails its transaction unless the condition holds.
    var statement: Statement { "SELECT demand(\(condition), \(refusal.rawValue))" }
}

extension RequestContext {
    /// Changes with statements, as one transaction that costs one round trip. In front of them
    /// stands whether the credential is good, and what else is demanded: where one of these does
    /// not hold, nothing happens.
    func change(
        with statements: [Statement], demanding demands: [Demand] = []
    ) async throws -> [KeptRows] {
        let credential = access.caller.credential
        let demands = credential.demands(.write, access.rules) + demands
        var statements = demands.map(\.statement) + statements
        if case .key(let key) = credential { statements.append(key.use) }
        let rows = try await translatingRefusals { try await database.transaction(of: statements) }
        access.admit()
        return Array(rows.dropFirst(demands.count))
    }

    /// Says of a change that was refused by what was demanded in front of it why that is.
    func translatingRefusals<Result>(
        _ change: @EventLoop () async throws -> Result
    ) async throws -> Result {
        do {
            return try await change()
        } catch let error as PostgresError {
            if let told = (loaders.transaction as? RequestTransaction)?.note(error) { throw told }
            let state = error.serverError?.state.code
            guard let refusal = state.flatMap({ Demand.Refusal(rawValue: $0) }) else { throw error }
            // What else is demanded stands behind the question whether the credential is good.
            if refusal.isOfCredential {
                access.refuseUnlessAdmitted(refusal.error)
            } else {
                access.admit()
            }
            throw refusal.error
        }
    }

    /// The number of the person who asks: of what concerns people alone, keys learn nothing.
    func requirePerson() throws(GraphQLError) -> Int {
        if case .key = access.caller.credential { throw .forPeople }
        return try requireViewer()
    }

    /// The session of who asks.
    func requireSession() throws(GraphQLError) -> AccessClaims {
        switch access.caller.credential {
        case .token(let claims): claims
        case .key: throw .forPeople
        case .nothing, .claim: throw .unauthenticated
        }
    }
}
