package import GraphQLExecution
import GraphQLLanguage
package import GraphQLTypes
import Postgres
import Reactor

/// `@atomic`, and requests with an `Idempotency-Key`, which are so as well: what they do and what
/// they were answered count together.
@EventLoop final class RequestTransaction: OperationTransaction {
    private unowned let context: RequestContext
    private let transaction: PostgresTransaction
    private let keyed: KeyedRequest?
    private let rules: IdempotencyRules
    /// Whether the server could not order it among others.
    private var isContested = false
    /// How many attempts may follow.
    private var attemptsLeft = RequestTransaction.mostAttempts - 1
    /// It runs alone among those of its worker that are done anew.
    private var hasTurn = false
    /// What does the same anew, in the next attempt.
    private var next: RequestContext?
    /// Why the key could not be taken.
    private var obstacle: Obstacle?
    private var ownOutcome: IdempotencyOutcome?

    /// Of the last attempt.
    var outcome: IdempotencyOutcome? { next?.idempotencyOutcome ?? ownOutcome }

    private static let mostAttempts = 10

    enum Obstacle {
        /// There is an answer to it.
        case used
        /// Another request has it.
        case busy
    }

    init(of context: RequestContext, _ keyed: KeyedRequest?, _ rules: IdempotencyRules) {
        (self.context, self.keyed, self.rules) = (context, keyed, rules)
        let access = context.access
        let demands = access.caller.credential.demands(.write, access.rules)
        transaction = context.database.makeTransaction(
            opening: keyed.map { demands.map(\.statement) + [$0.taking] } ?? [])
        context.database.transaction = transaction
    }

    func commit(_ response: [UInt8]) async throws -> TransactionEnd {
        defer { endTurn() }
        guard keyed == nil || response.count <= KeyedRequest.mostAnswerBytes else {
            await transaction.rollBack()
            return refuse(.longKeptAnswer, .failed)
        }
        do {
            try await context.translatingRefusals {
                try await transaction.commit(with: keyed.map { [$0.keeping(response)] } ?? [])
            }
        } catch {
            guard keyed != nil, obstacle != nil else { throw error }
            return await answer()
        }
        guard keyed != nil else { return .asResolved }
        context.access.admit()
        end(.kept)
        return .asResolved
    }

    /// Fields may fail before they change anything. Whether the request was answered before is to
    /// be known in any case.
    func rollBack() async -> TransactionEnd {
        defer { endTurn() }
        if keyed != nil, !transaction.hasBegun, context.access.refusal == nil {
            // What stands in the way is noted.
            let isTaken: Void? = try? await context.translatingRefusals {
                _ = try await transaction.run(batch: [])
            }
            if isTaken != nil { context.access.admit() }
        }
        await transaction.rollBack()
        return keyed == nil ? .asResolved : await answer()
    }

    /// Notes why the key could not be taken, if that is why.
    func note(_ error: PostgresError) -> GraphQLError? {
        guard let failure = error.serverError else { return nil }
        isContested = failure.mayGoAway
        guard keyed != nil else { return nil }
        switch failure.state {
        case Self.isUsed: obstacle = .used
        case .lockNotAvailable: obstacle = .busy
        default: return nil
        }
        // The key is taken behind all that is demanded.
        context.access.admit()
        return .busyIdempotencyKey
    }

    private static let isUsed = SQLState("MQ208")

    private func answer() async -> TransactionEnd {
        switch obstacle {
        case nil:
            if !isContested { end(.failed) }
            return .asResolved
        case .busy: return refuse(.busyIdempotencyKey, .busy)
        case .used:
            do {
                return try await answerBefore()
            } catch {
                return refuse(
                    Contract.error(for: error) ?? .busyIdempotencyKey, .failed)
            }
        }
    }

    private func answerBefore() async throws -> TransactionEnd {
        guard let keyed, let row = try await context.database.run(keyed.asking).first,
            let answer = try row.value(1, as: Blob?.self)
        else { return refuse(.busyIdempotencyKey, .busy) }
        guard try row.value(0, as: Bool.self) else {
            return refuse(.reusedIdempotencyKey, .reused)
        }
        let access = context.access
        if let refusal = access.rules.lazy.compactMap({ access.refusal(of: $0) }).first {
            return refuse(refusal, .failed)
        }
        end(.replayed)
        return .asBefore(answer.bytes)
    }

    private func refuse(_ error: GraphQLError, _ outcome: IdempotencyOutcome) -> TransactionEnd {
        context.access.refuse(error)
        end(outcome)
        return .refused(error)
    }

    private func end(_ outcome: IdempotencyOutcome) {
        ownOutcome = outcome
        rules.recorder?.ended(outcome)
    }

    // MARK: Again

    func again() async -> (any Resolvers)? {
        guard isContested else { return nil }
        guard attemptsLeft > 0, !Task.isCancelled,
            await rules.turns.take(until: context.deadline)
        else {
            if keyed != nil { end(.failed) }
            return nil
        }
        let next = context.forAnotherAttempt()
        let transaction = RequestTransaction(of: next, keyed, rules)
        transaction.attemptsLeft = attemptsLeft - 1
        transaction.hasTurn = true
        next.loaders.transaction = transaction
        self.next = next
        return Contract.resolvers(next)
    }

    private func endTurn() {
        guard hasTurn else { return }
        hasTurn = false
        rules.turns.end()
    }
}

extension Contract {
    /// Whether all of a mutation's fields are to count together.
    static func asksForAtomicity(_ request: PreparedRequest) -> Bool {
        request.directives.first { $0.name == "atomic" }?["if"] == .boolean(true)
    }

    /// A field of a mutation that has to be by itself, and no answer of which may be kept.
    fileprivate static func fieldStandingAlone(_ request: PreparedRequest) -> String? {
        let (plan, schema) = (request.plan, request.plan.schema)
        guard let root = schema.rootType(.mutation) else { return nil }
        return schema[root].fields.first { field in
            plan.selectedFields.contains(field)
                && schema.definition(of: field).directives.contains {
                    $0.name.text == "standsAlone"
                }
        }.map { schema.name(of: $0) }
    }
}

extension RequestContext {
    /// Makes what a mutation does count together, if it asks for that, or has a key to be known by.
    /// Throws where it cannot.
    package func beginTransaction(
        of request: PreparedRequest, key: IdempotencyKey?, _ rules: IdempotencyRules
    ) throws(GraphQLError) {
        guard request.plan.operationType == .mutation else { return }
        guard key != nil || Contract.asksForAtomicity(request) else { return }
        if let name = Contract.fieldStandingAlone(request) {
            throw .standsAlone(name, isKeyed: key != nil)
        }
        var keyed: KeyedRequest?
        if let key {
            keyed = try KeyedRequest(key, of: access.caller.credential, request.request, rules)
        }
        loaders.transaction = RequestTransaction(of: self, keyed, rules)
    }

    /// What became of the request's key, if it has one.
    package var idempotencyOutcome: IdempotencyOutcome? {
        (loaders.transaction as? RequestTransaction)?.outcome
    }
}

extension GraphQLError {
    fileprivate static func standsAlone(_ name: String, isKeyed: Bool) -> GraphQLError {
        GraphQLError(
            isKeyed
                ? """
                "\(name)" deals with passwords, tokens or cookies, and no answer of it is kept: \
                send it without an Idempotency-Key.
                """
                : """
                "\(name)" deals with passwords, tokens or cookies, and stands alone: send it \
                without @atomic.
                """, code: .badUserInput)
    }
}
