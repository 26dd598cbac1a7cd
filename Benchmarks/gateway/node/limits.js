// How often there may be asked: of one address, of one account, and by what operations cost.
"use strict";
const {
  getNamedType, getNullableType, GraphQLError, isCompositeType, isListType, typeFromAST,
} = require("graphql");

const MAXIMUM_COST = 10_000;
const MAXIMUM_CLIENTS = 262_144;
const MAXIMUM_COSTS = 1000;
/** Of lists of which nobody says how many they want. */
const ASSUMED_LENGTH = 10;
const WINDOW_SECONDS = 60;
/** So much that nobody is refused while this is measured. */
const QUOTA = 1e9;

/** GCRA: for each client the moment at which all that it has used will have come back. */
const moments = new Map();

/** Uses `amount` of a client's quota; says what is left, in the fields of the draft. */
function use(name, client, amount, now) {
  const interval = WINDOW_SECONDS * 1000 / QUOTA;
  const key = `${name} ${client}`;
  const moment = Math.max(moments.get(key) ?? 0, now) + amount * interval;
  const used = (moment - now) / interval;
  if (used > QUOTA) throw new Error("There was asked too often; try again later.");
  if (moments.size >= MAXIMUM_CLIENTS) moments.delete(moments.keys().next().value);
  moments.set(key, moment);
  return {
    policy: `"${name}";q=${QUOTA};w=${WINDOW_SECONDS}`,
    limit: `"${name}";r=${Math.floor(QUOTA - used)};t=${Math.ceil((moment - now) / 1000)}`,
  };
}

/** The header fields of what a request has used. */
function enter(address, viewer, cost) {
  const now = Date.now();
  const used = [use("address", address, 1, now)];
  if (viewer !== null) used.push(use("account", viewer, 1, now));
  used.push(use("cost", viewer ?? address, cost, now));
  return {
    "RateLimit-Policy": used.map((one) => one.policy).join(", "),
    "RateLimit": used.map((one) => one.limit).join(", "),
  };
}

const costs = new Map();

/** What an operation costs: the objects that it could fetch. Remembered for the same request. */
function costOf(schema, text, document, variables) {
  const key = text + JSON.stringify(variables);
  let cost = costs.get(key);
  if (cost === undefined) {
    cost = costOfDocument(schema, document, variables ?? {});
    if (costs.size >= MAXIMUM_COSTS) costs.delete(costs.keys().next().value);
    costs.set(key, cost);
  }
  if (cost > MAXIMUM_COST) throw new GraphQLError(`The operation costs ${cost}: too much.`);
  return cost;
}

function costOfDocument(schema, document, variables) {
  const fragments = new Map();
  let operation;
  for (const definition of document.definitions) {
    if (definition.kind === "FragmentDefinition") fragments.set(definition.name.value, definition);
    else operation ??= definition;
  }
  const root = schema.getRootType(operation.operation);
  return costOfSelections(schema, root, operation.selectionSet, fragments, variables, undefined);
}

function costOfSelections(schema, type, set, fragments, variables, length) {
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind === "Field") {
      cost += costOfField(schema, type, selection, fragments, variables, length);
    } else {
      const part = selection.kind === "InlineFragment"
        ? selection : fragments.get(selection.name.value);
      const condition = part.typeCondition;
      const inner = condition ? typeFromAST(schema, condition) : type;
      cost += costOfSelections(schema, inner, part.selectionSet, fragments, variables, length);
    }
  }
  return cost;
}

function costOfField(schema, type, node, fragments, variables, asked) {
  const field = type.getFields?.()[node.name.value];
  if (field === undefined) return 0;
  const inner = getNamedType(field.type);
  if (!isCompositeType(inner)) return 0;
  const first = lengthOf(node, field, variables);
  const count = isListType(getNullableType(field.type)) ? asked ?? ASSUMED_LENGTH : 1;
  const each = costOfSelections(schema, inner, node.selectionSet, fragments, variables, first);
  return count * (1 + each);
}

/** What the argument `first` says, for the lists below a connection. */
function lengthOf(node, field, variables) {
  const argument = node.arguments.find((one) => one.name.value === "first");
  if (argument === undefined) {
    return field.args.find((one) => one.name === "first")?.defaultValue;
  }
  const { value } = argument;
  return Number(value.kind === "Variable" ? variables[value.name.value] : value.value);
}

module.exports = { costOf, enter };
