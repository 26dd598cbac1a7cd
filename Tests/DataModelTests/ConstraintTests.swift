import Postgres
import Reactor
import Testing

@testable import DataModel

/// What the database refuses, whatever a program asks for.
@Suite struct ConstraintTests {
    private static func account(_ name: String, _ email: String) -> String {
        "INSERT INTO account (name, email) VALUES ('\(name)', '\(email)')"
    }

    private static func movie(
        _ title: String = "Nosferatu", released: String = "1922-03-04", seconds: Int = 60,
        with more: String = "", _ values: String = ""
    ) -> String {
        """
        INSERT INTO movie (title, release_date, duration_seconds, uploader_id\(more))
        VALUES (\(title.hasPrefix("E'") ? title : "'\(title)'"), '\(released)', \(seconds), \
        1\(values))
        """
    }

    private static func review(_ text: String, by account: Int = 3) -> String {
        "INSERT INTO review (movie_id, account_id, text) VALUES (1, \(account), \(text))"
    }

    private static let mentionable: [(String, String)] = [
        (account("", "x@example.com"), "account_name_form"),
        (account(" Ada", "x@example.com"), "account_name_form"),
        (account(String(repeating: "a", count: 81), "x@example.com"), "account_name_form"),
        ("INSERT INTO account (name, email) VALUES (E'A\\nB', 'a@b')", "account_name_form"),
        ("INSERT INTO account (name, email) VALUES (E'A\\u0085B', 'a@b')", "account_name_form"),
        (account("Dora", "ADA@Example.Com"), "account_email_unique"),
        (account("Dora", "dora"), "account_email_form"),
        (account("Dora", "do ra@example.com"), "account_email_form"),
        (account("Dora", "@example.com"), "account_email_form"),
        (movie("ÄRGER IM CAFÉ"), "movie_title_unique"),
        // Accents composed otherwise.
        (movie("E'A\\u0308rger im Cafe\\u0301'"), "movie_title_unique"),
        (movie(""), "movie_title_form"),
        (movie(String(repeating: "a", count: 201)), "movie_title_form"),
        (movie(released: "1887-12-31"), "movie_release_date_range"),
        (movie(seconds: 0), "movie_duration_range"),
        (movie(with: ", trailer_url", ", 'javascript:alert(1)'"), "movie_trailer_url_form"),
        (movie(with: ", synopsis", ", repeat('a', 5001)"), "movie_synopsis_form"),
        (movie(with: ", rating_sum", ", 1"), "movie_ratings_possible"),
        (movie(with: ", rating_sum, rating_count", ", 6, 1"), "movie_ratings_possible"),
        (movie(with: ", rating_count", ", -1"), "movie_ratings_possible"),
        (movie(with: ", review_count", ", -1"), "movie_reviews_possible"),
        ("INSERT INTO category (name) VALUES ('DRAMA')", "category_name_unique"),
        ("INSERT INTO category (name) VALUES (' ')", "category_name_form"),
        ("INSERT INTO person (name) VALUES ('')", "person_name_form"),
        ("INSERT INTO rating VALUES (1, 3, 0)", "rating_value_range"),
        ("INSERT INTO rating VALUES (1, 3, 6)", "rating_value_range"),
        ("INSERT INTO rating VALUES (1, 2, 5)", "rating_once"),
        (review("'Good.'", by: 2), "review_once"),
        (review("''"), "review_text_form"),
        (review("' Good.'"), "review_text_form"),
        (review("E'Good.\\n'"), "review_text_form"),
        (review("E'Go\\x01od'"), "review_text_form"),
        (review("repeat('a', 5001)"), "review_text_form"),
        ("INSERT INTO review_mark (review_id, account_id) VALUES (1, 1)", "review_mark_once"),
        (
            "INSERT INTO plan (name, price_minor, currency, period_days) "
                + "VALUES ('BASIC', 1, 'EUR', 1)", "plan_name_unique"
        ),
        ("UPDATE plan SET price_minor = -1", "plan_price_range"),
        ("UPDATE plan SET currency = 'eur'", "plan_currency_form"),
        ("UPDATE plan SET period_days = 0", "plan_period_range"),
        (
            "UPDATE subscription SET account_id = 1 WHERE id = 2; "
                + "UPDATE subscription SET status = 'ACTIVE', started_at = now(), "
                + "expires_at = now() + interval '1 day' WHERE id = 2", "subscription_one_running"
        ),
        (
            "INSERT INTO subscription (account_id, plan_id, provider) VALUES (2, 1, 'test')",
            "subscription_one_pending"
        ),
        ("UPDATE subscription SET status = 'ACTIVE' WHERE id = 2", "subscription_times"),
        ("UPDATE subscription SET status = 'CANCELLED' WHERE id = 2", "subscription_times"),
        ("UPDATE subscription SET expires_at = started_at WHERE id = 1", "subscription_times"),
        ("UPDATE subscription SET provider_reference = 'same'", "subscription_reference_unique"),
        ("UPDATE upload SET received_bytes = 10", "upload_received_range"),
        ("UPDATE upload SET state = 'RECEIVED'", "upload_received_whole"),
        ("UPDATE upload SET state = 'FAILED'", "upload_failure_reason"),
        ("UPDATE upload SET byte_size = 0", "upload_byte_size_range"),
        ("UPDATE upload SET file_name = ''", "upload_file_name_form"),
        ("UPDATE rendition SET percent = 101", "rendition_percent_range"),
        ("UPDATE job SET state = 'RUNNING'", "job_lease"),
        ("UPDATE job SET state = 'DONE'", "job_end"),
        ("INSERT INTO job (kind, key) VALUES ('rank', 'all')", "job_once"),
        (
            "INSERT INTO refresh_token (hash, session_id, expires_at) "
                + "VALUES (sha256('two'), 1, now())", "refresh_token_one_unused"
        ),
        ("UPDATE api_key SET name = ''", "api_key_name_form"),
        (
            "INSERT INTO api_key (account_id, name, hash, prefix, scopes) "
                + "VALUES (2, 'other', sha256('key'), 'mq_2', '{read}')", "api_key_hash_unique"
        ),
    ]

    @Test(arguments: mentionable)
    func `what people can run into is refused by name`(
        _ statement: String, _ constraint: String
    ) async throws {
        let error = try await Model.error(of: statement)
        #expect(error?.constraint == constraint, "\(error?.message ?? "accepted")")
    }

    @Test(arguments: [
        "UPDATE account SET password_hash = 'secret'",
        "UPDATE session SET expires_at = created_at",
        "UPDATE refresh_token SET hash = 'short'",
        "UPDATE api_key SET scopes = '{}'",
        "UPDATE api_key SET prefix = ''",
        "UPDATE idempotency_key SET key = ''",
        "UPDATE idempotency_key SET request_hash = ''",
        "UPDATE media SET width = 0",
        "UPDATE media SET blurhash = ''",
        "UPDATE media_file SET mime = 'text/html'",
        "UPDATE media_file SET bytes = null",
        "UPDATE media_file SET storage_key = 'also'",
        "UPDATE media_file SET byte_size = 3",
        "UPDATE media_file SET digest = ''",
        "UPDATE movie SET rank = 0",
        "UPDATE hero_movie SET position = 0",
        "UPDATE credit SET part = ''",
        "UPDATE review SET helpful_count = -1",
        "UPDATE watch_session SET position_milliseconds = -1",
        "UPDATE watch_session SET sequence = -1",
        "INSERT INTO stream_grant (movie_id, expires_at) VALUES (1, now())",
        "UPDATE stream_grant SET preview_seconds = 0",
        "UPDATE rendition SET finished_at = now()",
        "UPDATE job SET attempts = 6",
        "INSERT INTO event_epoch (is_only, system_identifier) VALUES (false, 1)",
    ])
    func `what only a mistake of ours would do is refused`(_ statement: String) async throws {
        #expect(try await Model.error(of: statement)?.state == .checkViolation)
    }

    @Test(arguments: [
        "INSERT INTO hero_movie VALUES (2, 1)",
        "INSERT INTO hero_movie VALUES (1, 2)",
        "INSERT INTO event_epoch (system_identifier) VALUES (1)",
        "INSERT INTO credit (movie_id, kind, position, person_id) VALUES (2, 'DIRECTOR', 2, 1)",
        "INSERT INTO idempotency_key (scope, key, request_hash, expires_at) "
            + "VALUES ('account:1', 'once', sha256(''), now())",
    ])
    func `what is there once is there once`(_ statement: String) async throws {
        #expect(try await Model.error(of: statement)?.state == .uniqueViolation)
    }

    @Test(arguments: [
        "UPDATE movie SET visibility = 'SECRET'", "UPDATE movie SET video_state = 'SOON'",
        "UPDATE account SET role = 'ROOT'", "UPDATE upload SET state = 'LOST'",
        "UPDATE subscription SET status = 'FREE'", "UPDATE job SET state = 'LATER'",
    ])
    func `there are no other states`(_ statement: String) async throws {
        #expect(try await Model.error(of: statement)?.state == SQLState("22P02"))
    }

    @Test(arguments: [
        review("E'Good.\\n\\tReally.'"),
        movie(with: ", trailer_url", ", 'https://trailers.example/1'"),
        account("Zoë Ångström", "Zoe+films@example.com"),
        "INSERT INTO stream_grant (movie_id, preview_seconds, expires_at) VALUES (1, 120, now())",
        "INSERT INTO job (kind) VALUES ('mail'), ('mail')",
        "UPDATE refresh_token SET used_at = now(); INSERT INTO refresh_token "
            + "(hash, session_id, expires_at) VALUES (sha256('two'), 1, now())",
    ])
    func `what is good is taken`(_ statement: String) async throws {
        let error = try await Model.error(of: statement)
        #expect(error == nil, "\(error?.message ?? "")")
    }
}

@Suite struct DeletionTests {
    @Test func `who has movies hands them over first`() async throws {
        let error = try await Model.error(of: "DELETE FROM account WHERE id = 1")
        #expect(error?.state == .foreignKeyViolation)
        #expect(error?.constraint == "movie_uploader_id_fkey")
    }

    @Test func `a plan that somebody has stays`() async throws {
        let error = try await Model.error(of: "DELETE FROM plan")
        #expect(error?.constraint == "subscription_plan_id_fkey")
    }

    private static let leave = "UPDATE movie SET uploader_id = 3; DELETE FROM account WHERE id < 3"

    @Test(arguments: [
        "session", "refresh_token", "api_key", "idempotency_key", "rating", "review",
        "review_mark", "subscription", "subscription_change", "watch_session", "stream_grant",
    ])
    func `who leaves takes along what is theirs`(_ table: String) async throws {
        #expect(try await Model.number("SELECT count(*) FROM \(table)", after: Self.leave) == 0)
    }

    @Test func `who leaves is forgotten as sender and as actor`() async throws {
        let query = """
            SELECT (SELECT count(*) FROM upload WHERE account_id IS NULL)
                + (SELECT count(*) FROM admin_log WHERE actor_id IS NULL)
            """
        #expect(try await Model.number(query, after: Self.leave) == 2)
    }

    @Test(arguments: [
        "movie_category", "credit", "hero_movie", "rating", "review", "review_mark",
        "watch_session", "stream_grant", "upload", "upload_change", "rendition",
    ])
    func `a movie takes along what hangs on it`(_ table: String) async throws {
        #expect(
            try await Model.number("SELECT count(*) FROM \(table)", after: "DELETE FROM movie") == 0
        )
    }

    @Test func `an image leaves an empty frame`() async throws {
        let query = """
            SELECT (SELECT count(*) FROM movie WHERE poster_id IS NULL)
                + (SELECT count(*) FROM account WHERE avatar_id IS NULL)
                + (SELECT count(*) FROM media_file)
            """
        #expect(try await Model.number(query, after: "DELETE FROM media") == 5)
    }

    @Test func `every foreign key has an index that finds its rows`() async throws {
        let rows = try await Model.withConnection { connection in
            try await connection.run(
                """
                SELECT conrelid::regclass::text || '.' || conname FROM pg_constraint
                WHERE contype = 'f' AND NOT EXISTS (
                    SELECT FROM pg_index
                    WHERE indrelid = conrelid AND indkey[0] = conkey[1]
                        AND (indpred IS NULL
                            OR pg_get_expr(indpred, indrelid) LIKE '%IS NOT NULL%'))
                """
            ).map { try $0.text(0) }
        }
        #expect(rows == [])
    }
}
