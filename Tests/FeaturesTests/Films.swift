/// What stands in a cinema's database.
enum Films {
    /// Accounts: 1 Ada, 2 Ben, 3 Carla, 4 Root, who is an admin. Movies: 1 with everything, 2
    /// private and 3 unlisted, all three Ada's; 4 to 13 Ben's, many of them equal in many ways.
    static let script = """
        INSERT INTO media (id, kind, mime, width, height, byte_size, blurhash) VALUES
            ('00000000-0000-4000-8000-00000000000a', 'AVATAR', 'image/webp', 160, 160, 40,
                'L0000A'),
            ('00000000-0000-4000-8000-00000000000b', 'POSTER', 'image/jpeg', 640, 960, 50,
                'L0000B'),
            ('00000000-0000-4000-8000-00000000000c', 'THUMBNAIL', 'image/png', 160, 90, 60,
                'L0000C'),
            ('00000000-0000-4000-8000-00000000000d', 'BACKDROP', 'image/webp', 1280, 720, 70,
                'L0000D');
        INSERT INTO account (name, email, role, avatar_id, created_at) VALUES
            ('Ada', 'ada@example.com', 'USER', '00000000-0000-4000-8000-00000000000a',
                '2026-01-02T03:04:05.678Z'),
            ('Ben', 'ben@example.com', 'USER', null, '1969-12-31T23:59:59.999Z'),
            ('Carla', 'carla@example.com', 'USER', null, '2026-01-03T00:00:00Z'),
            ('Root', 'root@example.com', 'ADMIN', null, '2026-01-04T00:00:00Z');
        INSERT INTO movie (title, synopsis, release_date, duration_seconds, trailer_url, visibility,
            video_state, poster_id, thumbnail_id, backdrop_id, uploader_id, rank, created_at,
            updated_at, uploaded_at)
        VALUES
            ('Ärger im Café', E'Zwei Gäste,\\nein "Tisch".', '2020-02-29', 5400,
                'https://films.example/1', 'PUBLIC', 'READY',
                '00000000-0000-4000-8000-00000000000b', '00000000-0000-4000-8000-00000000000c',
                '00000000-0000-4000-8000-00000000000d', 1, 2, '2026-02-01T00:00:00Z',
                '2026-02-02T00:00:00.0019Z', '2026-02-03T00:00:00Z'),
            ('Secret', '', '1888-01-01', 1, null, 'PRIVATE', 'FAILED', null, null, null, 1,
                2147483647, '2026-02-01T00:00:00Z', now(), '2026-02-03T00:00:00Z'),
            ('Hidden', '', '2200-01-01', 360000, null, 'UNLISTED', 'PROCESSING', null, null, null,
                1, 2147483647, '2026-02-01T00:00:00Z', now(), '2026-02-03T00:00:00Z');
        INSERT INTO movie (title, release_date, duration_seconds, uploader_id, rank, created_at,
            uploaded_at)
        SELECT CASE WHEN n % 2 = 0 THEN 'film ' ELSE 'Film ' END || n,
            DATE '1969-12-30' + n / 3, 60 * n, 2,
            CASE WHEN n > 6 THEN 2147483647 ELSE 1 + n / 2 END,
            TIMESTAMPTZ '2026-01-01T00:00:00Z' + n / 4 * INTERVAL '1 microsecond',
            TIMESTAMPTZ '1969-12-31T00:00:00Z' + n / 5 * INTERVAL '1 day'
        FROM generate_series(1, 10) AS n;
        INSERT INTO category (name) VALUES ('Drama'), ('action'), ('Comedy');
        INSERT INTO movie_category VALUES (1, 1), (1, 2), (4, 3), (5, 3), (5, 2);
        INSERT INTO rating (movie_id, account_id, value) VALUES
            (1, 1, 5), (1, 2, 4), (1, 3, 4), (4, 1, 3), (5, 1, 3), (6, 1, 4), (6, 2, 2);
        INSERT INTO review (movie_id, account_id, text, created_at)
        SELECT movie, account, 'About ' || movie || ' by ' || account,
            TIMESTAMPTZ '2026-03-01T00:00:00Z' + account / 3 * INTERVAL '1 day'
        FROM generate_series(1, 5) AS movie, generate_series(1, 4) AS account
        ORDER BY movie, account;
        UPDATE movie SET
            rating_sum = (SELECT coalesce(sum(value), 0) FROM rating WHERE movie_id = id),
            rating_count = (SELECT count(*) FROM rating WHERE movie_id = id),
            review_count = (SELECT count(*) FROM review WHERE movie_id = movie.id);
        """
}
