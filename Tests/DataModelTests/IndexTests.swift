import Database
import Postgres
import Reactor
import TestSupport
import Testing

@testable import DataModel

/// As many movies as are measured on, and enough of the rest: each way to find and to order what is
/// listed has an index that the planner takes.
@Suite struct IndexTests {
    private static let address = Task {
        let address = try await Model.newAddress("many")
        try await onLoop {
            let connection = try await SerialConnection.connect(to: address)
            defer { connection.close() }
            let scale = Seed.Scale(
                accounts: 2_000, people: 1_000, movies: 20_000, reviews: 20_000, ratings: 40_000,
                marks: 5_000, watchSessions: 20_000, isDemo: false)
            try await Seed(scale).plant(on: connection)
            try await connection.run(script: more)
        }
        return address
    }

    /// What a seed does not plant.
    private static let more = """
        INSERT INTO upload (
                movie_id, account_id, file_name, mime, byte_size, expires_at, created_at)
            SELECT n, 1 + n % 20, 'a.mp4', 'video/mp4', 9, now(), now() - n * interval '1 minute'
            FROM generate_series(1, 5000) AS n;
        UPDATE upload SET state = 'CANCELLED' WHERE movie_id % 20 > 0;
        INSERT INTO job (kind, state, run_at, finished_at)
            SELECT 'mail', 'DONE', now(), now() - n * interval '1 minute'
            FROM generate_series(1, 5000) AS n;
        INSERT INTO job (kind, run_at) SELECT 'mail', now() + n * interval '1 minute'
            FROM generate_series(-1000, 1000) AS n;
        INSERT INTO event (topic, kind) SELECT 'upload:' || n % 20, 'progress'
            FROM generate_series(1, 10000) AS n;
        INSERT INTO admin_log (actor_id, action, subject_type, subject_id)
            SELECT 1, 'delete', 'Movie', n::text FROM generate_series(1, 5000) AS n;
        INSERT INTO session (account_id, expires_at)
            SELECT id, now() + interval '1 day' FROM account, generate_series(1, 3);
        INSERT INTO refresh_token (hash, session_id, expires_at)
            SELECT sha256(id::text::bytea), id, now() FROM session;
        ANALYZE
        """

    private static func movies(_ rest: String) -> String { "SELECT id FROM movie \(rest) LIMIT 20" }

    private static func explain(_ query: String) async throws -> String {
        let address = try await address.value
        return try await onLoop {
            let connection = try await SerialConnection.connect(to: address)
            defer { connection.close() }
            return try await connection.run("EXPLAIN \(unescaped: query)")
                .map { try $0.text(0) }.joined(separator: "\n")
        }
    }

    private static let catalogue: [(String, String)] = [
        (movies("ORDER BY average_rating DESC, rating_count DESC, id DESC"), "movie_top"),
        (movies("ORDER BY review_count DESC, id DESC"), "movie_reviews"),
        (movies("ORDER BY created_at DESC, id DESC"), "movie_latest"),
        (movies("ORDER BY rank, id"), "movie_rank"),
        (movies("ORDER BY release_date DESC, id DESC"), "movie_release"),
        (movies("ORDER BY release_date, id"), "movie_release"),
        (movies("ORDER BY uploaded_at DESC, id DESC"), "movie_uploaded"),
        (movies("ORDER BY title_key"), "movie_title_unique"),
        // By cursor.
        (
            movies(
                "WHERE (release_date, id) < ('2001-01-01', 7) ORDER BY release_date DESC, id DESC"),
            "movie_release"
        ),
        (
            movies(
                "WHERE (average_rating, rating_count, id) < (3.5, 9, 7) "
                    + "ORDER BY average_rating DESC, rating_count DESC, id DESC"), "movie_top"
        ),
        (movies("WHERE title_key > 'silent' ORDER BY title_key"), "movie_title_unique"),
        // Filters.
        (
            "SELECT count(*) FROM movie WHERE title_key LIKE '%' || fold('Lighthouse') || '%'",
            "movie_search"
        ),
        (
            "SELECT id FROM movie WHERE search_words @@ websearch_to_tsquery('english', 'zoo owl')",
            "movie_words"
        ),
        ("SELECT count(*) FROM movie WHERE average_rating >= 4.5", "movie_top"),
        (
            "SELECT count(*) FROM movie JOIN movie_category ON movie_id = id WHERE category_id = 4",
            "movie_category_category"
        ),
        (
            "SELECT count(*) FROM movie WHERE release_date BETWEEN '1980-01-01' AND '1981-12-31'",
            "movie_release"
        ),
        ("SELECT count(*) FROM movie WHERE video_state = 'FAILED'", "movie_video_state"),
        (
            "SELECT id FROM movie WHERE uploader_id = 3 ORDER BY created_at DESC, id DESC LIMIT 20",
            "movie_uploader"
        ),
        (movies("WHERE uploader_id <> 3 ORDER BY created_at DESC, id DESC"), "movie_latest"),
        ("SELECT id FROM movie WHERE title_key = fold('The Silent Harbour')", "movie_title_unique"),
    ]

    private static let others: [(String, String)] = [
        (
            "SELECT id FROM review WHERE movie_id = 5 ORDER BY created_at DESC, id DESC LIMIT 5",
            "review_newest"
        ),
        (
            "SELECT id FROM review WHERE movie_id = 5 ORDER BY helpful_count DESC, id DESC LIMIT 5",
            "review_most_helpful"
        ),
        ("SELECT id FROM review WHERE movie_id = 5 AND account_id = 6", "review_once"),
        (
            "SELECT id FROM review WHERE account_id = 6 ORDER BY created_at DESC, id DESC LIMIT 5",
            "review_account"
        ),
        ("SELECT value FROM rating WHERE movie_id = 5 AND account_id = 6", "rating_once"),
        (
            "SELECT movie_id FROM rating WHERE updated_at > '2026-10-30' ORDER BY updated_at DESC "
                + "LIMIT 20", "rating_recent"
        ),
        (
            "SELECT movie_id FROM watch_session WHERE started_at > '2026-10-31'",
            "watch_session_recent"
        ),
        (
            "SELECT id FROM watch_session WHERE account_id = 6 ORDER BY updated_at DESC, id DESC "
                + "LIMIT 20", "watch_session_history"
        ),
        (
            "SELECT id FROM watch_session WHERE account_id = 6 AND finished_at IS NULL "
                + "ORDER BY updated_at DESC, id DESC LIMIT 20", "watch_session_unfinished"
        ),
        (
            "SELECT id FROM watch_session WHERE movie_id = 7 AND account_id = 6 "
                + "ORDER BY updated_at DESC LIMIT 1", "watch_session_progress"
        ),
        (
            "SELECT id FROM account WHERE email_key = fold('Person7@example.com')",
            "account_email_unique"
        ),
        ("SELECT id FROM account ORDER BY created_at DESC, id DESC LIMIT 20", "account_created"),
        (
            "SELECT id FROM subscription WHERE account_id = 6 ORDER BY created_at DESC, id DESC "
                + "LIMIT 1", "subscription_account"
        ),
        (
            "SELECT id FROM subscription WHERE status IN ('ACTIVE', 'PAST_DUE') "
                + "AND expires_at < '2026-11-04'", "subscription_expiry"
        ),
        ("SELECT id FROM upload ORDER BY created_at DESC, id LIMIT 20", "upload_created"),
        (
            "SELECT id FROM upload WHERE state = 'CREATED' ORDER BY created_at DESC, id LIMIT 20",
            "upload_state_created"
        ),
        ("SELECT id FROM upload WHERE movie_id = 4", "upload_movie"),
        (
            "SELECT id FROM job WHERE state = 'QUEUED' AND run_at <= now() "
                + "ORDER BY priority DESC, run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED", "job_next"
        ),
        (
            "SELECT * FROM event WHERE (transaction, sequence) > ('9', 9) "
                + "AND transaction < pg_snapshot_xmin(pg_current_snapshot()) "
                + "ORDER BY transaction, sequence LIMIT 100", "event_pkey"
        ),
        (
            "SELECT * FROM event WHERE topic = 'upload:7' ORDER BY transaction, sequence LIMIT 100",
            "event_topic"
        ),
        (
            "SELECT id FROM admin_log ORDER BY created_at DESC, id DESC LIMIT 20",
            "admin_log_created"
        ),
        (
            "SELECT id FROM session WHERE account_id = 6 ORDER BY last_used_at DESC",
            "session_account"
        ),
        ("SELECT session_id FROM refresh_token WHERE hash = sha256('a')", "refresh_token_pkey"),
    ]

    @Test(arguments: catalogue + others)
    func `lists are found by an index`(_ query: String, _ index: String) async throws {
        let plan = try await Self.explain(query)
        #expect(plan.contains("\(index) ") || plan.contains("\(index)\n"), "\(plan)")
        // A page is read off the index, without looking at what is not on it.
        #expect(!query.contains("LIMIT") || !plan.contains("Sort"), "\(plan)")
    }

    @Test func `the reviews of many movies are one walk through an index`() async throws {
        let plan = try await Self.explain(
            """
            SELECT page.* FROM unnest('{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15}'::bigint[])
                AS wanted (movie_id), LATERAL (
                    SELECT id, account_id FROM review WHERE review.movie_id = wanted.movie_id
                    ORDER BY created_at DESC, id DESC LIMIT 5) AS page
            """)
        #expect(plan.contains("review_newest"))
        #expect(!plan.contains("Sort"))
    }
}
