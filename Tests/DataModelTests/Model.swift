import Database
import Postgres
import Reactor
import TestSupport

@testable import DataModel

/// A database with the data model and a little of everything, which every test leaves as it was.
enum Model {
    static func newAddress(_ name: String) async throws -> PostgresAddress {
        let address = Migrator.address(try await RunningPostgres.shared.newDatabase(name)).patient
        try await onLoop {
            let connection = try await SerialConnection.connect(to: address)
            defer { connection.close() }
            try await DataModel.migrator.run(on: connection)
        }
        return address
    }

    private static let shared = Task {
        let address = try await newAddress("model")
        try await onLoop {
            let connection = try await SerialConnection.connect(to: address)
            defer { connection.close() }
            try await connection.run(script: littleOfEverything)
        }
        return address
    }

    static func withConnection<Result: Sendable>(
        _ body: @escaping @Sendable @EventLoop (SerialConnection) async throws -> Result
    ) async throws -> Result {
        let address = try await shared.value
        return try await onLoop {
            let connection = try await SerialConnection.connect(to: address)
            defer { connection.close() }
            return try await body(connection)
        }
    }

    private struct Undone<Value: Sendable>: Error { let value: Value }

    /// Runs `body` in a transaction that is undone, one at a time: tests that change the same rows
    /// would wait for each other, some in a circle.
    private static func undoing<Value: Sendable>(
        _ body: @escaping @Sendable @EventLoop (SerialConnection) async throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in
            do {
                return try await connection.transaction { () async throws -> Value in
                    _ = try await connection.run("SELECT pg_advisory_xact_lock(1)")
                    throw Undone(value: try await body(connection))
                }
            } catch let undone as Undone<Value> {
                return undone.value
            }
        }
    }

    /// The error of the last statement of a script; nil if there is none. Nothing is kept.
    static func error(of script: String) async throws -> ServerError? {
        try await undoing { connection in
            do throws(ScriptError) {
                try await connection.run(script: script)
                return nil
            } catch {
                return error.error.serverError
            }
        }
    }

    /// A number that a query ends a script with. Nothing is kept.
    static func number(_ query: String, after script: String) async throws -> Int {
        try await undoing { connection in
            try await connection.run(script: script)
            return try await connection.run("\(unescaped: query)")[0].int(0)
        }
    }

    private static let littleOfEverything = """
        INSERT INTO media (id, kind, mime, width, height, byte_size, blurhash) VALUES
            ('00000000-0000-4000-8000-000000000001', 'POSTER', 'image/webp', 2, 3, 4, '00OZZy');
        INSERT INTO media_file (media_id, width, mime, byte_size, digest, bytes) VALUES
            ('00000000-0000-4000-8000-000000000001', 2, 'image/webp', 4, sha256('abcd'), 'abcd');
        INSERT INTO account (name, email, avatar_id) VALUES
            ('Ada', 'ada@example.com', '00000000-0000-4000-8000-000000000001'),
            ('Ben', 'ben@example.com', null), ('Carla', 'carla@example.com', null);
        INSERT INTO session (account_id, expires_at) VALUES (1, now() + interval '1 day'),
            (2, now() + interval '1 day');
        INSERT INTO refresh_token (hash, session_id, expires_at) VALUES
            (sha256('one'), 1, now() + interval '1 day');
        INSERT INTO api_key (account_id, name, hash, prefix, scopes) VALUES
            (1, 'script', sha256('key'), 'mq_1', '{read}');
        INSERT INTO idempotency_key (scope, key, account_id, request_hash, expires_at) VALUES
            ('account:1', 'once', 1, sha256(''), now());
        INSERT INTO movie (title, release_date, duration_seconds, uploader_id, poster_id) VALUES
            ('Ärger im Café', '2020-02-29', 5400, 1, '00000000-0000-4000-8000-000000000001'),
            ('Sunrise', '1927-09-23', 5640, 1, null);
        INSERT INTO category (name) VALUES ('Drama');
        INSERT INTO movie_category VALUES (1, 1);
        INSERT INTO person (name) VALUES ('F. W. Murnau');
        INSERT INTO credit (movie_id, kind, position, person_id) VALUES (2, 'DIRECTOR', 1, 1);
        INSERT INTO hero_movie VALUES (1, 1);
        INSERT INTO rating (movie_id, account_id, value) VALUES (1, 2, 4);
        INSERT INTO review (movie_id, account_id, text) VALUES (1, 2, 'Fine.');
        INSERT INTO review_mark (review_id, account_id) VALUES (1, 1);
        UPDATE review SET helpful_count = 1;
        UPDATE movie SET rating_sum = 4, rating_count = 1, review_count = 1 WHERE id = 1;
        INSERT INTO plan (name, price_minor, currency, period_days) VALUES ('Basic', 1, 'EUR', 30);
        INSERT INTO subscription (account_id, plan_id, status, started_at, expires_at, provider)
            VALUES (1, 1, 'ACTIVE', now(), now() + interval '30 days', 'test');
        INSERT INTO subscription (account_id, plan_id, provider) VALUES (2, 1, 'test');
        INSERT INTO subscription_change (subscription_id, number, status) VALUES (1, 1, 'ACTIVE');
        INSERT INTO watch_session (account_id, movie_id) VALUES (2, 1);
        INSERT INTO stream_grant (account_id, movie_id, expires_at) VALUES (2, 1, now());
        INSERT INTO upload (id, movie_id, account_id, file_name, mime, byte_size, expires_at)
            VALUES ('00000000-0000-4000-8000-000000000002', 1, 1, 'a.mp4', 'video/mp4', 9, now());
        INSERT INTO upload_change (upload_id, number, state) VALUES
            ('00000000-0000-4000-8000-000000000002', 1, 'CREATED');
        INSERT INTO rendition (upload_id, height, width, bits_per_second, codecs) VALUES
            ('00000000-0000-4000-8000-000000000002', 360, 640, 800000, 'avc1');
        INSERT INTO job (kind, key) VALUES ('rank', 'all');
        INSERT INTO event (topic, kind) VALUES ('uploads', 'created');
        INSERT INTO admin_log (actor_id, action, subject_type, subject_id) VALUES
            (1, 'delete', 'Review', '9');
        """
}
