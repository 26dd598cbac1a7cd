
// The schema, as introspection tells it

const INTROSPECTION = `query Introspection {
  __schema {
    description queryType { name } mutationType { name } subscriptionType { name }
    types {
      kind name description specifiedByURL isOneOf
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason type { ...Type }
        args(includeDeprecated: true) { ...Input }
      }
      inputFields(includeDeprecated: true) { ...Input }
      interfaces { name } possibleTypes { name }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    }
    directives {
      name description isRepeatable locations args(includeDeprecated: true) { ...Input }
    }
  }
}
fragment Input on __InputValue {
  name description defaultValue isDeprecated deprecationReason type { ...Type }
}
fragment Type on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
}`;

let schema = null;
const types = new Map();

async function loadSchema() {
  try {
    const response = await fetch(endpoint, {
      method: 'POST', headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({query: INTROSPECTION}),
    });
    const answer = await response.json();
    if (!answer.data) throw new Error(answer.errors.map(error => error.message).join(' '));
    schema = answer.data.__schema;
    for (const type of schema.types) types.set(type.name, type);
    visit({page: 'roots'});
  } catch (error) {
    $('page').replaceChildren(
      element('h2', {}, 'No schema'), element('p', {}, `It could not be read: ${error.message}`));
  }
}

const named = type => type.ofType ? named(type.ofType) : type;
const roots = () => ['query', 'mutation', 'subscription']
  .map(kind => ({kind, type: types.get(schema[`${kind}Type`]?.name)})).filter(root => root.type);

const isRoot = type => roots().some(root => root.type === type);
const ownTypes = () => schema.types.filter(type => !type.name.startsWith('__'));

/** Objects first, scalars last. */
function byKind(one, other) {
  const kinds = Object.keys(KINDS);
  return kinds.indexOf(one.kind) - kinds.indexOf(other.kind)
    || one.name.localeCompare(other.name);
}

function written(type) {
  if (type.kind === 'NON_NULL') return `${written(type.ofType)}!`;
  return type.kind === 'LIST' ? `[${written(type.ofType)}]` : type.name;
}

// Its pages

const visited = [];

function visit(place) {
  if ($('search').value && place.page !== 'search') $('search').value = '';
  if (visited.at(-1)?.page === 'search' && place.page === 'search') visited.pop();
  visited.push(place);
  render();
}

function goBack() {
  if (visited.length < 2) return;
  visited.pop();
  $('search').value = visited.at(-1).text ?? '';
  render();
}

function render() {
  const place = visited.at(-1);
  $('back').disabled = visited.length < 2;
  $('page').replaceChildren(...PAGES[place.page](place).flat().filter(part => part));
  $('page').scrollTop = 0;
}

const go = (label, kind, place) => element('a', {
  href: '#', class: kind, onclick: event => {
    event.preventDefault();
    visit(place);
    $('page').focus();
  },
}, label);

function typeLink(type) {
  if (type.kind === 'NON_NULL') return [typeLink(type.ofType), '!'].flat();
  if (type.kind === 'LIST') return ['[', typeLink(type.ofType), ']'].flat();
  return [go(type.name, 'type', {page: 'type', name: type.name})];
}

/** A description: paragraphs, and code between backquotes. */
function described(text) {
  return (text ?? '').split(/\n{2,}/).filter(part => part).map(part => element('p', {},
    part.split(/`([^`]+)`/).map((piece, index) =>
      index % 2 ? element('code', {}, piece) : piece)));
}

const deprecated = item => item.isDeprecated
  && element('p', {class: 'deprecated'}, `Deprecated: ${item.deprecationReason}`);
const label = item => item.isDeprecated ? element('del', {}, item.name) : item.name;
const list = (title, rows) => rows?.length
  ? [element('h3', {}, title), element('dl', {}, rows)] : [];

const inputRows = inputs => (inputs ?? []).flatMap(input => [
  element('dt', {class: input.isDeprecated ? 'deprecated' : undefined}, label(input), ': ',
    typeLink(input.type), input.defaultValue == null ? null : ` = ${input.defaultValue}`),
  element('dd', {}, described(input.description), deprecated(input) || null),
]);

const fieldRows = (type, fields) => (fields ?? []).flatMap(field => [
  element('dt', {class: field.isDeprecated ? 'deprecated' : undefined},
    go(label(field), 'name', {page: 'field', type: type.name, name: field.name}),
    field.args.length ? `(${field.args.map(argument => argument.name).join(', ')})` : null,
    ': ', typeLink(field.type)),
  element('dd', {}, brief(field.description)),
]);

/** Of a long description only its beginning. */
const brief = text => described((text ?? '').split(/\n{2,}/)[0].split(/(?<=\.)\s/)[0]);

const typeRows = found => (found ?? []).map(one => types.get(one.name)).flatMap(type => [
  element('dt', {}, typeLink(type), ' ', element('span', {class: 'kind'}, KINDS[type.kind])),
  element('dd', {}, brief(type.description)),
]);

const KINDS = {
  OBJECT: 'type', INTERFACE: 'interface', UNION: 'union', INPUT_OBJECT: 'input', ENUM: 'enum',
  SCALAR: 'scalar',
};

const PAGES = {
  roots: () => [
    element('h2', {}, 'Schema'), described(schema.description),
    list('Operations', roots().flatMap(root => [
      element('dt', {}, `${root.kind}: `, typeLink(root.type)),
      element('dd', {}, described(root.type.description)),
    ])),
    list('Types', typeRows(ownTypes().filter(type => !isRoot(type)).sort(byKind))),
    list('Directives', schema.directives.map(({name}) =>
      element('dt', {}, go(`@${name}`, 'name', {page: 'directive', name})))),
  ],
  type: place => {
    const type = types.get(place.name);
    return [
      element('h2', {}, type.name, ' ', element('small', {}, KINDS[type.kind])),
      described(type.description),
      type.isOneOf && element('p', {}, 'Exactly one of its fields is given.'),
      type.specifiedByURL && element('p', {},
        element('a', {href: type.specifiedByURL, rel: 'noreferrer', target: '_blank'},
          type.specifiedByURL)),
      list('Fields', fieldRows(type, type.fields)),
      list('Input fields', inputRows(type.inputFields)),
      list('Values', (type.enumValues ?? []).flatMap(value => [
        element('dt', {class: value.isDeprecated ? 'deprecated' : undefined}, label(value)),
        element('dd', {}, described(value.description), deprecated(value) || null),
      ])),
      list('Implements', typeRows(type.interfaces)),
      list('Possible types', typeRows(type.possibleTypes)),
      list('Used by', usesOf(type)),
    ];
  },
  field: place => {
    const type = types.get(place.type);
    const field = type.fields.find(field => field.name === place.name);
    return [
      element('h2', {}, typeLink(type), `.${field.name}`), described(field.description),
      deprecated(field), list('Type', [element('dt', {}, typeLink(field.type))]),
      list('Arguments', inputRows(field.args)),
    ];
  },
  directive: place => {
    const directive = schema.directives.find(directive => directive.name === place.name);
    return [
      element('h2', {}, `@${directive.name}`, ' ',
        element('small', {}, directive.isRepeatable ? 'directive, repeatable' : 'directive')),
      described(directive.description), list('Arguments', inputRows(directive.args)),
      list('Places', directive.locations.map(location => element('dt', {}, location))),
    ];
  },
  search: place => {
    const wanted = place.text.toLowerCase();
    const hits = text => text.toLowerCase().includes(wanted);
    const all = ownTypes();
    const fields = all.flatMap(type => (type.fields ?? []).concat(type.inputFields ?? [])
      .filter(field => hits(field.name) || field.args?.some(argument => hits(argument.name)))
      .map(field => element('dt', {}, typeLink(type), '.',
        go(label(field), 'name', field.args
          ? {page: 'field', type: type.name, name: field.name}
          : {page: 'type', name: type.name}))));
    const parts = [
      list('Types', typeRows(all.filter(type => hits(type.name)))), list('Fields', fields),
      list('Values', all.flatMap(type => (type.enumValues ?? [])
        .filter(value => hits(value.name))
        .map(value => element('dt', {}, typeLink(type), '.', label(value))))),
    ].flat();
    return parts.length ? parts : [element('p', {}, `Nothing is named like “${place.text}”.`)];
  },
};

function usesOf(wanted) {
  return ownTypes().flatMap(type =>
    (type.fields ?? [])
      .filter(field => named(field.type).name === wanted.name
        || field.args.some(argument => named(argument.type).name === wanted.name))
      .map(field => element('dt', {}, typeLink(type), '.',
        go(label(field), 'name', {page: 'field', type: type.name, name: field.name}))));
}

$('back').addEventListener('click', goBack);
$('search').addEventListener('input', () => {
  const text = $('search').value.trim();
  if (schema) visit(text ? {page: 'search', text} : {page: 'roots'});
});
$('search').addEventListener('keydown', event => {
  if (event.key === 'Enter') $('page').querySelector('a')?.focus();
});
