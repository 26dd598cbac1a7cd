import Events
import Features
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import Postgres
import Reactor
import Telemetry

/// Makes what the resolvers of an operation share, whatever brought it.
@EventLoop struct RequestContexts {
    private let server: Server
    private let pool: PostgresPool
    private let accounts: AccountService
    private let events: EventFeed
    private let idempotency: IdempotencyRules
    private let alwaysReadsSnapshots: Bool

    init(
        _ configuration: Configuration, pool: PostgresPool, accounts: AccountService,
        events: EventFeed, recorder: IdempotencyRecorder
    ) {
        (self.pool, self.accounts, self.events) = (pool, accounts, events)
        server = Server(
            version: Versions.marquee,
            startedAt: DateTime(milliseconds: WallClock.nowMilliseconds()))
        idempotency = IdempotencyRules(configuration, recorder)
        alwaysReadsSnapshots = configuration.snapshots == .always
    }

    /// Throws why the operation may not run with that key.
    func context(
        of caller: Caller, for prepared: PreparedRequest, key: IdempotencyKey?,
        until deadline: UInt64, _ trace: ExecutionTrace?
    ) throws(GraphQLError) -> RequestContext {
        let isQuery = prepared.plan.operationType == .query
        let context = RequestContext(
            server: server, now: WallClock.nowMilliseconds(), pool: pool, accounts: accounts,
            events: events, caller: caller, rules: prepared.plan.accessRules,
            selected: prepared.plan.selectedFields, deadline: deadline,
            readsSnapshot: Contract.asksForSnapshot(prepared)
                ?? (alwaysReadsSnapshots && isQuery), trace: trace)
        try context.beginTransaction(of: prepared, key: key, idempotency)
        return context
    }
}
