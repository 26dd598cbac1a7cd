package import Events
package import GraphQLExecution
import GraphQLTypes
package import Postgres
package import Reactor
import Telemetry

/// What the resolvers of one request share.
@EventLoop package final class RequestContext {
    let server: Server
    /// Milliseconds after 1970-01-01T00:00:00Z: the same moment for all of the request.
    let now: Int64
    /// Who asks.
    package let access: Access
    /// The number of the account that asks; nothing for strangers.
    let viewer: Int?
    let accounts: AccountService
    /// What has happened, for subscriptions.
    let events: EventFeed
    let movieColumns: Movie.Columns
    private let pool: PostgresPool
    private let selected: FieldSet?
    /// How long after its begin its deadline is, if it has one.
    private let patienceMilliseconds: UInt64?
    let deadline: UInt64
    private let trace: ExecutionTrace?
    package let database: PostgresReader
    let loaders = LoaderSet()

    private(set) lazy var categories = makeCategoryLoader()
    private(set) lazy var categoriesOfMovies = makeMovieCategoriesLoader()
    private(set) lazy var media = makeMediaLoader()
    private(set) lazy var movieConnections = makeMovieConnectionLoader()
    private(set) lazy var movieCounts = makeMovieCountLoader()
    private(set) lazy var moviePages = MoviePageLoaders(self)
    private(set) lazy var movies = makeMovieLoader()
    private(set) lazy var nodes = NodeLoaders(self)
    private(set) lazy var reviewPages = makeReviewPageLoaders()
    private(set) lazy var reviews = makeReviewLoader()
    private(set) lazy var sessions = makeSessionLoader()
    private(set) lazy var users = makeUserLoader()

    /// Nothing that the operation does not select is read, where it is said what it selects.
    package init(
        server: Server, now: Int64, pool: PostgresPool, accounts: AccountService,
        events: EventFeed, caller: Caller = Caller(), rules: [AccessRule] = [],
        selected: FieldSet? = nil,
        deadline: UInt64 = .max,
        readsSnapshot: Bool = false, recording: PostgresRecording? = nil,
        trace: ExecutionTrace? = nil, access: Access? = nil
    ) {
        self.server = server
        self.now = now
        self.accounts = accounts
        self.events = events
        self.pool = pool
        self.selected = selected
        (self.deadline, self.trace) = (deadline, trace)
        patienceMilliseconds =
            deadline == .max ? nil : deadline - min(deadline, EventLoop.nowMilliseconds)
        self.access = access ?? Access(caller, demanding: rules)
        viewer = caller.credential.account
        movieColumns = Movie.Columns(for: selected)
        database = PostgresReader(
            pool, deadline: deadline, owner: viewer ?? 0, readsSnapshot: readsSnapshot,
            recording: recording,
            observer: trace.map(\.observer))
        if readsSnapshot { loaders.observer = SnapshotProgress(of: database) }
    }

    /// What answers one event of a subscription that was begun with this.
    func forNextEvent() -> RequestContext {
        RequestContext(
            server: server, now: WallClock.nowMilliseconds(), pool: pool, accounts: accounts,
            events: events, caller: access.caller, rules: access.rules, selected: selected,
            deadline: patienceMilliseconds.map { EventLoop.nowMilliseconds + $0 } ?? .max)
    }

    /// What answers a mutation anew of which nothing counts so far.
    func forAnotherAttempt() -> RequestContext {
        RequestContext(
            server: server, now: now, pool: pool, accounts: accounts, events: events,
            caller: access.caller, selected: selected, deadline: deadline, trace: trace,
            access: access)
    }

    func requireViewer() throws(GraphQLError) -> Int {
        guard let viewer else { throw .unauthenticated }
        return viewer
    }
}

/// What traces tell of statements.
extension StatementRecord: TracedStatement {}

extension ExecutionTrace {
    fileprivate var observer: StatementObserver { { statement in self.note(statement) } }
}

extension GraphQLError {
    static let unauthenticated = GraphQLError("Sign in to do this.", code: .unauthenticated)
    static let forbidden = GraphQLError("You may not do this.", code: .forbidden)

    static func notFound(_ kind: ID.Kind) -> GraphQLError {
        GraphQLError("There is no such \(kind), or you may not see it.", code: .notFound)
    }
}
