// The statements, prepared under their names on each connection.
"use strict";

const movieColumns = `id, title, synopsis, release_date, duration_seconds, visibility,
  average_rating, rating_count, review_count, poster_id, thumbnail_id, backdrop_id, uploader_id`;

const orders = {
  TOP: "average_rating DESC, rating_count DESC, id DESC",
  REVIEWS: "review_count DESC, id DESC",
  LATEST: "created_at DESC, id DESC",
  RELEASE_DESC: "release_date DESC, id DESC",
  RELEASE_ASC: "release_date, id",
  TITLE: "title_key",
};

const moviesInOrder = {};
for (const [sort, order] of Object.entries(orders)) {
  moviesInOrder[sort] = {
    name: `movies_${sort}`,
    text: `SELECT ${movieColumns} FROM movie WHERE visibility = 'PUBLIC'
      ORDER BY ${order} LIMIT $1`,
  };
}

module.exports = {
  openSession: {
    name: "open_session",
    text: `SELECT FROM session JOIN account ON account.id = account_id
      WHERE session.id = $1 AND account.id = $2 AND session.token_version = $3
        AND account.token_version = $4 AND ended_at IS NULL AND expires_at > now()`,
  },
  moviesInOrder,
  movies: {
    name: "movies",
    text: `SELECT ${movieColumns} FROM movie
      WHERE id = ANY($1::bigint[]) AND (visibility <> 'PRIVATE' OR uploader_id = $2)`,
  },
  categories: { name: "categories", text: "SELECT id, name FROM category ORDER BY name_key" },
  categoriesOfMovies: {
    name: "categories_of_movies",
    text: `SELECT category.id, category.name, movie_id
      FROM movie_category JOIN category ON category.id = category_id
      WHERE movie_id = ANY($1::bigint[]) ORDER BY movie_id, category.name_key`,
  },
  media: {
    name: "media",
    text: "SELECT id, width, height, blurhash FROM media WHERE id = ANY($1::uuid[])",
  },
  users: {
    name: "users",
    text: "SELECT id, name, avatar_id FROM account WHERE id = ANY($1::bigint[])",
  },
  reviewsOfMovies: {
    name: "reviews_of_movies",
    text: `SELECT review.id, movie_id, account_id, text, helpful_count, review.created_at
      FROM unnest($1::bigint[]) AS asked (movie),
        LATERAL (
          SELECT * FROM review WHERE movie_id = asked.movie
          ORDER BY created_at DESC, id DESC LIMIT $2
        ) AS review`,
  },
  lockMovie: { name: "lock_movie", text: "SELECT id FROM movie WHERE id = $1 FOR NO KEY UPDATE" },
  rateMovie: {
    name: "rate_movie",
    text: `WITH old AS (
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
      RETURNING ${movieColumns}`,
  },
};
