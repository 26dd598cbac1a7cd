"""The statements; asyncpg prepares each once on each connection."""

MOVIE = (
    "id, title, synopsis, release_date, duration_seconds, visibility::text,"
    " average_rating, rating_count, review_count, poster_id, thumbnail_id, backdrop_id,"
    " uploader_id")

ORDERS = {
    "TOP": "average_rating DESC, rating_count DESC, id DESC",
    "REVIEWS": "review_count DESC, id DESC",
    "LATEST": "created_at DESC, id DESC",
    "RELEASE_DESC": "release_date DESC, id DESC",
    "RELEASE_ASC": "release_date, id",
    "TITLE": "title_key",
}

MOVIES_IN_ORDER = {
    sort: f"SELECT {MOVIE} FROM movie WHERE visibility = 'PUBLIC' ORDER BY {order} LIMIT $1"
    for sort, order in ORDERS.items()}

MOVIES = f"""SELECT {MOVIE} FROM movie
    WHERE id = ANY($1::bigint[]) AND (visibility <> 'PRIVATE' OR uploader_id = $2)"""

CATEGORIES = "SELECT id, name FROM category ORDER BY name_key"

CATEGORIES_OF_MOVIES = """SELECT category.id, category.name, movie_id
    FROM movie_category JOIN category ON category.id = category_id
    WHERE movie_id = ANY($1::bigint[]) ORDER BY movie_id, category.name_key"""

MEDIA = "SELECT id, width, height, blurhash FROM media WHERE id = ANY($1::uuid[])"

USERS = "SELECT id, name, avatar_id FROM account WHERE id = ANY($1::bigint[])"

REVIEWS_OF_MOVIES = """
    SELECT review.id, movie_id, account_id, text, helpful_count, review.created_at
    FROM unnest($1::bigint[]) AS asked (movie),
        LATERAL (
            SELECT * FROM review WHERE movie_id = asked.movie
            ORDER BY created_at DESC, id DESC LIMIT $2
        ) AS review"""

LOCK_MOVIE = "SELECT id FROM movie WHERE id = $1 FOR NO KEY UPDATE"

RATE_MOVIE = f"""WITH old AS (
        SELECT value FROM rating WHERE movie_id = $1 AND account_id = $2
    ), new AS (
        INSERT INTO rating (movie_id, account_id, value)
        SELECT id, $2, $3::smallint FROM movie
        WHERE id = $1 AND (visibility <> 'PRIVATE' OR uploader_id = $2)
        ON CONFLICT (movie_id, account_id)
            DO UPDATE SET value = excluded.value, updated_at = now()
        RETURNING value
    )
    UPDATE movie SET
        rating_sum = rating_sum + new.value - coalesce((SELECT value FROM old), 0),
        rating_count = rating_count + CASE WHEN EXISTS (TABLE old) THEN 0 ELSE 1 END
    FROM new WHERE movie.id = $1
    RETURNING {MOVIE}"""
