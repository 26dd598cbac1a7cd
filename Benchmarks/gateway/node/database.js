// node-pg, and the loaders of one request.
"use strict";
const pg = require("pg");
const { Loader } = require("./loader.js");
const statements = require("./statements.js");

const DATE = 1082;
pg.types.setTypeParser(DATE, (text) => text);

function makePool(size) {
  const pool = new pg.Pool({ max: size, idleTimeoutMillis: 0 });
  pool.on("error", (error) => console.error(error.message));
  return pool;
}

function inOrder(keys, rows, keyOf) {
  const found = new Map();
  for (const row of rows) found.set(keyOf(row), row);
  return keys.map((key) => found.get(key) ?? null);
}

function grouped(keys, rows) {
  const groups = new Map(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(row.movie_id).push(row);
  return keys.map((key) => groups.get(key));
}

class Context {
  constructor(pool, viewer) {
    this.pool = pool;
    this.viewer = viewer;
    this.movies = this.loader(statements.movies, [viewer]);
    this.users = this.loader(statements.users);
    this.media = this.loader(statements.media);
    this.categoriesOfMovies = new Loader(async (keys) =>
      grouped(keys, await this.rows(statements.categoriesOfMovies, [keys])));
    this.reviewPages = new Map();
  }

  // node-pg hands a statement that is prepared already on as a name and values alone.
  async rows(statement, values) {
    const result = await this.pool.query({ name: statement.name, text: statement.text, values });
    return result.rows;
  }

  loader(statement, rest = []) {
    return new Loader(async (keys) =>
      inOrder(keys, await this.rows(statement, [keys, ...rest]), (row) => row.id));
  }

  reviews(count) {
    let loader = this.reviewPages.get(count);
    if (loader === undefined) {
      loader = new Loader(async (keys) =>
        grouped(keys, await this.rows(statements.reviewsOfMovies, [keys, count + 1])));
      this.reviewPages.set(count, loader);
    }
    return loader;
  }

  async transaction(body) {
    const client = await this.pool.connect();
    try {
      await client.query("BEGIN");
      const value = await body(client);
      await client.query("COMMIT");
      return value;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  }
}

module.exports = { Context, makePool };
