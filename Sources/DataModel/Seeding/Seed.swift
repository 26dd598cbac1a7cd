package import Postgres
import Reactor
package import Secrets

/// Fills an empty database, with the same every time.
package struct Seed: Sendable {
    /// How much of everything.
    package struct Scale: Sendable, Equatable {
        var accounts: Int
        var people: Int
        var movies: Int
        var reviews: Int
        var ratings: Int
        /// That somebody found a review helpful.
        var marks: Int
        var watchSessions: Int
        /// Whether the films have the demo's titles and careful drawings.
        var isDemo: Bool

        /// What people like to look at.
        package static let demo = Scale(
            accounts: 120, people: 160, movies: DemoFilms.all.count, reviews: 1_400,
            ratings: 5_000, marks: 1_800, watchSessions: 900, isDemo: true)

        /// What is measured on.
        package static let bench = Scale(
            accounts: 10_000, people: 2_000, movies: 20_000, reviews: 200_000, ratings: 400_000,
            marks: 50_000, watchSessions: 100_000, isDemo: false)

        package init?(named name: String) {
            switch name {
            case "demo": self = .demo
            case "bench": self = .bench
            default: return nil
            }
        }

        init(
            accounts: Int, people: Int, movies: Int, reviews: Int, ratings: Int, marks: Int,
            watchSessions: Int, isDemo: Bool
        ) {
            (self.accounts, self.people, self.movies) = (accounts, people, movies)
            (self.reviews, self.ratings, self.marks) = (reviews, ratings, marks)
            (self.watchSessions, self.isDemo) = (watchSessions, isDemo)
        }
    }

    package enum Fault: Error, Equatable, CustomStringConvertible {
        case notEmpty

        package var description: String {
            """
            the database has data already; `marquee seed --reset` loses all of it first, and \
            `marquee admin create EMAIL` only adds an admin
            """
        }
    }

    let scale: Scale
    private let adminPassword: PasswordHash?

    /// Nobody but the admin has a password, and without one the admin has none either.
    package init(_ scale: Scale, adminPassword: PasswordHash? = nil) {
        (self.scale, self.adminPassword) = (scale, adminPassword)
    }

    package static let adminEmail = "admin@example.com"

    /// How many rows there are to plant, the few small tables aside: what progress is measured by.
    package var rows: Int {
        let images = scale.accounts + scale.movies * (scale.isDemo ? 3 : 2)
        return images + scale.accounts + scale.people + scale.movies * (1 + Planting.creditsOfMovie)
            + scale.reviews + scale.ratings + scale.marks + scale.watchSessions
    }

    package var summary: String {
        """
        \(scale.movies) movies, \(scale.accounts) accounts, \(scale.reviews) reviews, \
        \(scale.ratings) ratings, \(scale.watchSessions) watch sessions.

        """
    }

    /// Whether nobody has an account yet and there are no movies.
    @EventLoop package static func isEmpty(
        _ connection: SerialConnection
    ) async throws(PostgresError) -> Bool {
        try await connection.run(
            "SELECT NOT EXISTS (SELECT FROM account) AND NOT EXISTS (SELECT FROM movie)"
        )[0].bool(0)
    }

    /// Plants everything in one transaction, so that what is killed has done nothing. Throws
    /// `Fault.notEmpty` where there is data, unless that is to be lost.
    @EventLoop package func plant(
        on connection: SerialConnection, resetting: Bool = false,
        onProgress: @escaping @EventLoop (Int) -> Void = { _ in }
    ) async throws {
        try await connection.transaction {
            // Whoever seeds at the same time waits, and then finds the database filled.
            _ = try await connection.run("SELECT pg_advisory_xact_lock(\(Self.lockNumber))")
            if resetting {
                try await clear(connection)
            } else if try await !Self.isEmpty(connection) {
                throw Fault.notEmpty
            }
            let now = try await connection.run("SELECT now()")[0].value(0, as: Timestamp.self)
            let plan = try await BlockingPool.run {
                SeedPlan(scale, now: scale.isDemo ? now : Self.benchTime)
            }
            let planting = Planting(plan, adminPassword, connection, onProgress)
            try await planting.run()
        }
        // Fresh statistics, and pages that index-only scans need not look into.
        _ = try await connection.run("VACUUM (ANALYZE)")
    }

    /// "seed", as a number.
    private static let lockNumber = 0x7365_6564

    /// 2026-11-01T00:00:00Z
    private static let benchTime = Timestamp(microseconds: 1_793_491_200_000_000)

    /// Every table but the one that remembers the migrations, and the epoch of events.
    @EventLoop private func clear(_ connection: SerialConnection) async throws {
        let tables = try await connection.run(
            """
            SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables
            WHERE schemaname = 'public' AND tablename NOT IN ('marquee_migration', 'event_epoch')
            """)[0].text(0)
        _ = try await connection.run("TRUNCATE \(unescaped: tables) RESTART IDENTITY")
    }
}
