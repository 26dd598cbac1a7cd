
// Completion: what may stand at the cursor

const META = [{name: '__typename', type: {kind: 'SCALAR', name: 'String'}, args: []}];

/** Reads the document up to the cursor and returns what is being written there. */
function contextAt(source) {
  const word = source.match(/[$@]?\w*$/)[0];
  const state = {open: [], next: null, givers: [], previous: '', argument: null};
  for (const match of source.slice(0, source.length - word.length).matchAll(GRAPHQL)) {
    if (match.groups.comment) continue;
    step(state, match.groups.string ? '""' : match[0]);
    state.previous = match[0];
  }
  return {word, ...state};
}

function step(state, text) {
  const giver = state.givers.at(-1);
  if (text === '(') return void state.givers.push({args: state.args ?? [], depth: 0});
  if (text === ')') return void state.givers.pop();
  if (giver) {
    if (text === ':') state.argument = giver.args.find(one => one.name === state.previous);
    else if (/^\w/.test(text) && state.previous !== ':') state.argument = null;
    return;
  }
  if (text === '{') {
    state.open.push(state.next ?? types.get(schema.queryType.name));
    state.next = null;
  } else if (text === '}') {
    state.open.pop();
    state.next = null;
  } else if (state.previous === 'on') state.next = types.get(text);
  else if (text.startsWith('@')) {
    state.args = schema.directives.find(one => `@${one.name}` === text)?.args;
  } else if (state.open.length === 0) {
    const root = schema[`${text}Type`]?.name;
    if (root) state.next = types.get(root);
  } else if (/^\w+$/.test(text) && state.previous !== '...') {
    const field = fieldsOf(state.open.at(-1)).find(field => field.name === text);
    [state.next, state.args] = [field && types.get(named(field.type).name), field?.args];
  }
}

function fieldsOf(type) {
  if (!type) return [];
  const meta = type.name === schema.queryType.name
    ? META.concat(
      {name: '__schema', type: {name: '__Schema'}, args: []},
      {name: '__type', type: {name: '__Type'}, args: [{name: 'name', type: {name: 'String'}}]})
    : META;
  return (type.fields ?? []).concat(meta);
}

const item = (name, detail = '', note = '') => ({name, detail, note});

function candidates({word, open, givers, previous, argument}) {
  if (word.startsWith('@')) {
    return schema.directives.map(one => item(`@${one.name}`, '', one.description));
  }
  if (previous === 'on') {
    return [...types.values()].filter(type => type.fields || type.possibleTypes)
      .filter(type => !type.name.startsWith('__')).map(type => item(type.name));
  }
  const giver = givers.at(-1);
  if (giver && (previous === ':' || word.startsWith('$'))) return values(argument);
  if (giver) {
    return giver.args.map(one => item(`${one.name}: `, written(one.type), one.description));
  }
  if (open.length === 0) {
    return [...roots().map(root => item(`${root.kind} `)), item('fragment ')];
  }
  if (previous === '...') return [item('on ')];
  return fieldsOf(open.at(-1)).map(
    field => item(field.name, field.type.kind ? written(field.type) : '', field.description));
}

function values(argument) {
  const type = argument && types.get(named(argument.type).name);
  const declared = [...query.text.matchAll(/\$\w+(?=\s*:)/g)].map(match => match[0]);
  const literals = type?.name === 'Boolean' ? ['true', 'false']
    : (type?.enumValues ?? []).map(value => value.name);
  return [...new Set([...literals, ...declared])].map(name => item(name));
}

const begins = (one, wanted) => one.name.toLowerCase().startsWith(wanted);

const completions = {box: $('completions'), shown: [], chosen: 0, word: ''};

function suggest(isAsked) {
  const area = query.area;
  if (!schema || area.selectionStart !== area.selectionEnd) return closeCompletions();
  const before = query.text.slice(0, area.selectionStart);
  if (/#[^\n]*$/.test(before)) return closeCompletions();
  const context = contextAt(before);
  const wanted = context.word.toLowerCase();
  if (!isAsked && !wanted) return closeCompletions();
  const found = candidates(context).filter(one => one.name.toLowerCase().includes(wanted))
    .sort((one, other) => begins(other, wanted) - begins(one, wanted));
  if (!found.length || !isAsked && found.length === 1 && found[0].name === context.word) {
    return closeCompletions();
  }
  Object.assign(completions, {shown: found.slice(0, 50), chosen: 0, word: context.word});
  drawCompletions();
  placeCompletions(before);
}

function drawCompletions() {
  const {box, shown, chosen} = completions;
  box.replaceChildren(...shown.map((one, index) => element('li', {
    role: 'option', id: `completion-${index}`, 'aria-selected': index === chosen, title: one.note,
    onmousedown: event => {
      event.preventDefault();
      completions.chosen = index;
      accept();
    },
  }, one.name.trim(), element('span', {class: 'type'}, one.detail))));
  box.hidden = false;
  query.area.setAttribute('aria-activedescendant', `completion-${chosen}`);
  box.children[chosen].scrollIntoView({block: 'nearest'});
}

/** Below the word, or above it where there is no room. */
function placeCompletions(before) {
  const [area, box] = [query.area, completions.box];
  const style = getComputedStyle(area);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = style.font;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const left = pen.measureText(line.slice(0, line.length - completions.word.length)).width;
  const height = parseFloat(style.lineHeight);
  const top = parseFloat(style.paddingTop) + height * (before.split('\n').length - 1);
  const below = top - area.scrollTop + height + 4;
  const room = area.clientHeight - below;
  const x = area.offsetLeft + area.parentElement.offsetLeft + parseFloat(style.paddingLeft);
  box.style.left = `${Math.max(0, Math.min(
    x + left - area.scrollLeft, box.parentElement.clientWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${room < box.offsetHeight && below > box.offsetHeight + height
    ? below - height - box.offsetHeight - 8 : below}px`;
}

function closeCompletions() {
  completions.box.hidden = true;
  query.area.removeAttribute('aria-activedescendant');
}

function accept() {
  const text = completions.shown[completions.chosen].name;
  closeCompletions();
  query.insert(text, 0, query.area.selectionStart - completions.word.length);
  closeCompletions();
  query.area.focus();
}

query.area.addEventListener('keydown', event => {
  if (event.ctrlKey && event.key === ' ') {
    event.preventDefault();
    return suggest(true);
  }
  if (completions.box.hidden || event.ctrlKey || event.metaKey) return;
  const moves = {ArrowDown: 1, ArrowUp: -1};
  if (event.key in moves) {
    const count = completions.shown.length;
    completions.chosen = (completions.chosen + moves[event.key] + count) % count;
    drawCompletions();
  } else if (event.key === 'Enter' || event.key === 'Tab') accept();
  else if (event.key === 'Escape') closeCompletions();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
query.area.addEventListener('input', event => {
  if (event.isTrusted) suggest(false);
});
query.area.addEventListener('blur', closeCompletions);
query.area.addEventListener('scroll', closeCompletions);

$('endpoint').textContent = endpoint;
restore();
loadSchema();
query.area.focus();
