// Resolvers by type and field. Rows stand for their objects.
"use strict";
const { GraphQLError } = require("graphql");
const statements = require("./statements.js");

const bits = new DataView(new ArrayBuffer(8));

// The place of a movie in the order TOP, as the product writes it.
function topCursor(movie) {
  bits.setFloat64(0, movie.average_rating);
  return `TOP.${bits.getBigInt64(0)}.${movie.rating_count}.${movie.id}`;
}

function number(id, kind) {
  const match = /^([a-z]+)-([1-9][0-9]*)$/.exec(id);
  return match !== null && match[1] === kind ? match[2] : null;
}

function notFound() {
  return new GraphQLError("There is no such movie, or you may not see it.", {
    extensions: { code: "NOT_FOUND" },
  });
}

const media = (column) => (row, _, context) =>
  row[column] === null ? null : context.media.get(row[column]);

module.exports = {
  Query: {
    movie(_, { id }, context) {
      const key = number(id, "movie");
      return key === null ? null : context.movies.get(key);
    },
    async movies(_, { first, sort }, context) {
      if (first < 1 || first > 100) {
        throw new GraphQLError(`first has to be from 1 to 100; it is ${first}.`);
      }
      const rows = await context.rows(statements.moviesInOrder[sort], [first + 1]);
      const hasNextPage = rows.length > first;
      if (hasNextPage) rows.length = first;
      return { nodes: rows, hasNextPage, cursor: topCursor };
    },
    categories: (_, __, context) => context.rows(statements.categories),
  },
  Mutation: {
    async rateMovie(_, { movieId, value }, context) {
      if (context.viewer === null) throw new GraphQLError("Sign in to do this.");
      if (value < 1 || value > 5) {
        throw new GraphQLError(`value has to be from 1 to 5; it is ${value}.`);
      }
      const movie = number(movieId, "movie");
      if (movie === null) throw notFound();
      return context.transaction(async (client) => {
        await client.query({ ...statements.lockMovie, values: [movie] });
        const { rows } = await client.query({
          ...statements.rateMovie, values: [movie, context.viewer, value],
        });
        if (rows.length === 0) throw notFound();
        return { movie: rows[0], value };
      });
    },
  },
  MovieConnection: {
    pageInfo: ({ nodes, hasNextPage, cursor }) => ({
      hasNextPage,
      endCursor: nodes.length === 0 ? null : cursor(nodes[nodes.length - 1]),
    }),
  },
  Movie: {
    id: (row) => `movie-${row.id}`,
    releaseDate: (row) => row.release_date,
    year: (row) => Number(row.release_date.slice(0, 4)),
    durationSeconds: (row) => row.duration_seconds,
    averageRating: (row) => row.average_rating,
    ratingCount: (row) => row.rating_count,
    reviewCount: (row) => row.review_count,
    categories: (row, _, context) => context.categoriesOfMovies.get(row.id),
    poster: media("poster_id"),
    thumbnail: media("thumbnail_id"),
    backdrop: media("backdrop_id"),
    uploader: (row, _, context) => context.users.get(row.uploader_id),
    async reviews(row, { first }, context) {
      const rows = await context.reviews(first).get(row.id);
      return {
        nodes: rows.length > first ? rows.slice(0, first) : rows,
        pageInfo: { hasNextPage: rows.length > first, endCursor: null },
      };
    },
  },
  Category: { id: (row) => `category-${row.id}` },
  User: { id: (row) => `user-${row.id}`, avatar: media("avatar_id") },
  Media: { id: (row) => `media-${row.id}`, url: (row) => `/media/${row.id}` },
  Review: {
    id: (row) => `review-${row.id}`,
    helpfulCount: (row) => row.helpful_count,
    createdAt: (row) => row.created_at.toISOString(),
    author: (row, _, context) => context.users.get(row.account_id),
  },
};
