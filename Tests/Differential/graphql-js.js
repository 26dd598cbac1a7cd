// Speaks the protocol of `marquee graphql` with graphql-js: requests on standard input, a line of
// JSON each, and a line of JSON for each on standard output. NODE_PATH says where graphql-js is.
"use strict";

const graphql = require("graphql");
const { validateSDL } = require("graphql/validation/validate");

const introspectionOptions = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
};

// Errors that end an operation early; `execute` and its siblings answer with them.
class RequestErrors extends Error {
  constructor(errors) {
    super("request errors");
    this.errors = errors;
  }
}

function parsed(source) {
  try {
    return graphql.parse(source);
  } catch (error) {
    if (!(error instanceof graphql.GraphQLError)) throw error;
    throw new RequestErrors([error]);
  }
}

// The schemas asked for last, since requests come in runs for the same ones.
const schemas = new Map();

function schemaOf(source) {
  if (!schemas.has(source)) {
    if (schemas.size === 100) schemas.clear();
    schemas.set(source, madeSchema(source));
  }
  return schemas.get(source);
}

// The rules of definitions first, then those of the schema that they make.
function madeSchema(source) {
  const document = parsed(source);
  const errors = validateSDL(document);
  if (errors.length > 0) throw new RequestErrors(errors);
  const schema = built(document);
  const schemaErrors = graphql.validateSchema(schema);
  if (schemaErrors.length > 0) throw new RequestErrors(schemaErrors);
  return schema;
}

// Arguments of `@deprecated` and `@specifiedBy` are only looked at here.
function built(document) {
  try {
    return graphql.buildASTSchema(document, { assumeValidSDL: true });
  } catch (error) {
    if (!(error instanceof graphql.GraphQLError)) throw error;
    throw new RequestErrors([error]);
  }
}

// What `body` answers, or the errors that it ends with.
function orErrors(body) {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof RequestErrors)) throw error;
    return { errors: error.errors };
  }
}

function text(request, key) {
  if (typeof request[key] !== "string") throw new Error(`"${key}" has to be a string`);
  return request[key];
}

const operations = {
  parse(request) {
    try {
      graphql.parse(text(request, "source"));
      return { ok: true };
    } catch (error) {
      if (!(error instanceof graphql.GraphQLError)) throw error;
      return { ok: false, error };
    }
  },

  print(request) {
    try {
      return { printed: graphql.print(graphql.parse(text(request, "source"))) };
    } catch (error) {
      if (!(error instanceof graphql.GraphQLError)) throw error;
      return { error };
    }
  },

  validateSchema(request) {
    return orErrors(() => {
      schemaOf(text(request, "schema"));
      return { errors: [] };
    });
  },

  validate(request) {
    return orErrors(() => {
      const schema = schemaOf(text(request, "schema"));
      return { errors: graphql.validate(schema, parsed(text(request, "document"))) };
    });
  },

  // Fields are properties of the root's objects; `__typename` is the type of abstract values.
  execute(request) {
    return orErrors(() => {
      const schema = schemaOf(text(request, "schema"));
      return graphql.graphqlSync({
        schema,
        source: text(request, "document"),
        rootValue: request.root,
        variableValues: request.variables,
        operationName: request.operationName,
      });
    });
  },

  introspect(request) {
    return orErrors(() => {
      const schema = schemaOf(text(request, "schema"));
      const source = graphql.getIntrospectionQuery(introspectionOptions);
      return graphql.graphqlSync({ schema, source });
    });
  },
};

function answer(line) {
  try {
    const request = JSON.parse(line);
    const name = text(request, "op");
    if (!Object.hasOwn(operations, name)) throw new Error(`There is no op "${name}"`);
    return operations[name](request);
  } catch (error) {
    return { error: { message: error.message } };
  }
}

// Lines end with a line feed only: `readline` would also end them elsewhere.
async function converse() {
  let rest = "";
  for await (const piece of process.stdin.setEncoding("utf8")) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop();
    const answers = lines.filter((line) => line.trim() !== "").map(answer);
    if (answers.length > 0) {
      process.stdout.write(answers.map((value) => JSON.stringify(value) + "\n").join(""));
    }
  }
  if (rest.trim() !== "") process.stdout.write(JSON.stringify(answer(rest)) + "\n");
}

if (process.argv[2] === "--version") console.log(graphql.version);
else converse();
