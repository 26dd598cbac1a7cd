// graphql-js's side of `script/bench engine`: the commands and answers of Benchmarks/Engine, on the
// same rows. NODE_PATH says where graphql-js is.
"use strict";

const fs = require("fs");
const path = require("path");
const readline = require("readline");
const graphql = require("graphql");

const folder = process.argv[2];
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");

const data = JSON.parse(read("catalogue.json"));
const plain = JSON.parse(read("plain.json"));
const itemsById = new Map(data.items.map((item) => [item.id, item]));
const reviewsByMovie = new Map(data.movies.map((movie) => [movie.id, movie.reviews]));

// Gathers the keys of one tick, as programs for graphql-js do it.
class Loader {
  constructor(load) {
    this.load = load;
    this.known = new Map();
    this.batch = null;
  }

  get(key) {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.batch === null) {
      this.batch = [];
      Promise.resolve().then(() => process.nextTick(() => this.dispatch()));
    }
    const answer = new Promise((resolve, reject) => this.batch.push({ key, resolve, reject }));
    this.known.set(key, answer);
    return answer;
  }

  dispatch() {
    const batch = this.batch;
    this.batch = null;
    this.load(batch.map((entry) => entry.key)).then(
      (values) => batch.forEach((entry, index) => entry.resolve(values[index])),
      (error) => batch.forEach((entry) => entry.reject(error))
    );
  }
}

// What a program has for one request.
function makeContext() {
  return {
    items: new Loader(async (ids) => ids.map((id) => itemsById.get(id))),
    reviews: new Loader(async (ids) => ids.map((id) => reviewsByMovie.get(id))),
  };
}

const resolvers = {
  Query: {
    items: (_, { first }) => data.items.slice(0, first),
    loadedItems: (_, { first }, context) =>
      data.items.slice(0, first).map((item) => context.items.get(item.id)),
    item: (_, { id }) => itemsById.get(id),
    loadedItem: (_, { id }, context) => context.items.get(id),
    movies: () => data.movies,
  },
  Movie: {
    loadedReviews: (movie, _, context) => context.reviews.get(movie.id),
  },
};

const schemas = new Map();

// The schema of a row, with resolvers where its program has some.
function schemaOf(row) {
  const key = `${row.schema} ${row.program}`;
  if (schemas.has(key)) return schemas.get(key);
  const schema = graphql.buildSchema(read(row.schema));
  if (row.program === "catalogue") {
    for (const [type, fields] of Object.entries(resolvers)) {
      for (const [field, resolve] of Object.entries(fields)) {
        schema.getType(type).getFields()[field].resolve = resolve;
      }
    }
  }
  const errors = graphql.validateSchema(schema);
  if (errors.length > 0) throw errors[0];
  schemas.set(key, schema);
  return schema;
}

function executor(row, schema) {
  return (document) =>
    graphql.execute({
      schema,
      document,
      rootValue: row.program === "json" ? plain : undefined,
      contextValue: makeContext(),
      variableValues: row.variables,
    });
}

// The bytes of a response.
const bytes = (result) => Buffer.from(JSON.stringify(result));

// What a row does, and what comes of it. `run` returns a number, or a promise of one.
const works = {
  parse(row, source) {
    return {
      run: () => graphql.parse(source).definitions.length,
      answer: () => JSON.stringify(graphql.print(graphql.parse(source))),
    };
  },
  validate(row, source) {
    const schema = schemaOf(row);
    const document = graphql.parse(source);
    return {
      run: () => 1 + graphql.validate(schema, document).length,
      answer: () => JSON.stringify({ errors: graphql.validate(schema, document) }),
    };
  },
  execute(row, source) {
    const document = graphql.parse(source);
    const execute = executor(row, schemaOf(row));
    return answering(() => execute(document));
  },
  // Documents that were asked for before are neither parsed nor validated again.
  request(row, source) {
    const schema = schemaOf(row);
    const execute = executor(row, schema);
    const known = new Map();
    return answering(() => {
      let document = known.get(source);
      if (document === undefined) {
        document = graphql.parse(source);
        const errors = graphql.validate(schema, document);
        if (errors.length > 0) return { errors };
        known.set(source, document);
      }
      return execute(document);
    });
  },
};

function answering(execute) {
  const isPromise = execute() instanceof Promise;
  return {
    run: isPromise
      ? async () => bytes(await execute()).length
      : () => bytes(execute()).length,
    answer: async () => bytes(await execute()).toString(),
    isPromise,
  };
}

// CPU time of this process with its collectors and compilers.
function nanoseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

async function time(work, milliseconds) {
  const began = nanoseconds();
  let [count, batch, passed, sum] = [0, 1, 0, 0];
  do {
    if (work.isPromise) {
      for (let index = 0; index < batch; index++) sum += await work.run();
    } else {
      for (let index = 0; index < batch; index++) sum += work.run();
    }
    count += batch;
    passed = nanoseconds() - began;
    batch = Math.max(1, Math.floor((count * milliseconds * 10_000) / Math.max(1, passed)));
  } while (passed < milliseconds * 1e6);
  if (sum === 0) throw new Error("work that does nothing is not measured");
  return JSON.stringify({ count, nanoseconds: passed });
}

const list = JSON.parse(read("rows.json"));
const ready = new Map();

function workOf(name) {
  if (!ready.has(name)) {
    const row = list[name];
    ready.set(name, works[row.work](row, read(row.document)));
  }
  return ready.get(name);
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [command, name, milliseconds] = line.split(" ");
    const work = workOf(name);
    const answer =
      command === "time" ? await time(work, Number(milliseconds)) : await work.answer();
    process.stdout.write(`${answer}\n`);
  }
}

main();
