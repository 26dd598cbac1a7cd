// GraphQL with graphql-js, loaders and node-pg behind Node's own HTTP server.
// usage: node server.js SCHEMA PORT PROCESSES CONNECTIONS
// Where PostgreSQL is, node-pg reads from PGHOST, PGUSER and PGDATABASE.
"use strict";
process.env.NODE_ENV = "production"; // as graphql-js wants it for speed

const cluster = require("node:cluster");
const fs = require("node:fs");
const http = require("node:http");
const { buildSchema, execute, GraphQLError, parse, validate } = require("graphql");
const { viewerOf } = require("./authentication.js");
const { Context, makePool } = require("./database.js");
const limits = require("./limits.js");
const resolvers = require("./resolvers.js");

const [schemaPath, port, processes, connections] = process.argv.slice(2);
const schema = buildSchema(fs.readFileSync(schemaPath, "utf8"));
for (const [type, fields] of Object.entries(resolvers)) {
  for (const [field, resolve] of Object.entries(fields)) {
    schema.getType(type).getFields()[field].resolve = resolve;
  }
}

const MAXIMUM_DOCUMENTS = 1000;
const documents = new Map();

/** The document of a text, or the errors that it has; each text is parsed and validated once. */
function documentOf(text) {
  let known = documents.get(text);
  if (known === undefined) {
    known = read(text);
    if (documents.size >= MAXIMUM_DOCUMENTS) documents.delete(documents.keys().next().value);
    documents.set(text, known);
  }
  return known;
}

function read(text) {
  try {
    const document = parse(text);
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    return { errors: [error] };
  }
}

/** The result, and header fields that say what of the limits is left. */
async function answer(pool, request, body) {
  const { query, variables, operationName } = JSON.parse(body);
  const viewer = await viewerOf(pool, request.headers);
  const { document, errors } = documentOf(query);
  if (errors !== undefined) return { result: { errors } };
  const cost = limits.costOf(schema, query, document, variables);
  const fields = limits.enter(request.socket.remoteAddress, viewer, cost);
  const result = await execute({
    schema, document, operationName,
    variableValues: variables,
    contextValue: new Context(pool, viewer),
  });
  return { result, fields };
}

function send(response, status, result, fields = {}) {
  const body = JSON.stringify(result);
  response.writeHead(status, {
    ...fields,
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}

function serve() {
  const pool = makePool(Number(connections));
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      answer(pool, request, body).then(
        ({ result, fields }) => send(response, 200, result, fields),
        (error) => send(response, 400, { errors: [new GraphQLError(error.message)] }));
    });
  });
  server.keepAliveTimeout = 75_000;
  server.listen(Number(port), "127.0.0.1");
}

if (Number(processes) > 1 && cluster.isPrimary) {
  for (let count = 0; count < Number(processes); count++) cluster.fork();
} else {
  serve();
}
