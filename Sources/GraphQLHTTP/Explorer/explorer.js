
'use strict';

const $ = id => document.getElementById(id);

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter(child => child != null));
  return made;
}

// Colours

const GRAPHQL = new RegExp([
  /(?<comment>#[^\n]*)/, /(?<string>"""(?:\\"""|[^])*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?)/,
  /(?<number>-?\d[\w.+-]*|\b(?:true|false|null)\b)/,
  /(?<keyword>@\w+|\b(?:query|mutation|subscription|fragment|on)\b(?!\s*:))/,
  /(?<name>\$\w+)/, /(?<type>\b[A-Z]\w*)/, /(?<word>\w+)/, /(?<mark>\.\.\.|[^\s\w,])/,
].map(part => part.source).join('|'), 'g');
const JSON_TEXT = new RegExp([
  /(?<name>"(?:\\.|[^"\\])*"(?=\s*:))/, /(?<string>"(?:\\.|[^"\\])*"?)/,
  /(?<number>-?\d[\w.+-]*)/, /(?<keyword>\b(?:true|false|null)\b)/,
].map(part => part.source).join('|'), 'g');

function coloured(text, grammar) {
  const parts = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(grammar)) {
    const kind = Object.keys(match.groups).find(key => match.groups[key] !== undefined);
    if (kind === 'word' || kind === 'mark') continue;
    parts.append(text.slice(end, match.index), element('span', {class: kind}, match[0]));
    end = match.index + match[0].length;
  }
  parts.append(text.slice(end));
  return parts;
}

// Editors: a text area with transparent letters over the same text in colours

class Editor {
  constructor(id, grammar) {
    this.area = $(id);
    const box = this.area.closest('.editor');
    [this.gutter, this.ink] = [box.querySelector('.gutter'), box.querySelector('.ink')];
    this.grammar = grammar;
    this.wrongLines = new Set();
    this.area.addEventListener('input', () => { this.wrongLines.clear(); this.refresh(); });
    this.area.addEventListener('scroll', () => this.follow());
    this.area.addEventListener('keydown', event => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      if (event.key === 'Enter') this.breakLine(event);
      else this.pairBrackets(event);
    });
  }

  get text() { return this.area.value; }
  set text(value) { this.area.value = value; this.refresh(); }

  refresh() {
    this.ink.replaceChildren(coloured(this.text, this.grammar), '\n');
    const lines = this.text.split('\n').map((_, index) => this.wrongLines.has(index + 1)
      ? element('span', {class: 'wrong'}, String(index + 1)) : String(index + 1));
    this.gutter.replaceChildren(...lines.flatMap(line => [line, '\n']));
    this.follow();
  }

  follow() {
    const {scrollLeft, scrollTop} = this.area;
    this.ink.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
    this.ink.style.overflow = 'visible';
    this.gutter.scrollTop = scrollTop;
  }

  insert(text, back = 0, from = this.area.selectionStart) {
    this.area.setRangeText(text, from, this.area.selectionEnd, 'end');
    this.area.selectionStart = this.area.selectionEnd -= back;
    this.area.dispatchEvent(new Event('input'));
  }

  /** An opening bracket brings its partner; a closing one steps over one that is there. */
  pairBrackets(event) {
    const {selectionStart: start, selectionEnd: end} = this.area;
    const next = this.text[end] ?? '';
    const partner = {'{': '}', '(': ')', '[': ']'}[event.key];
    if (start !== end) return;
    if (partner && !/\w/.test(next)) {
      event.preventDefault();
      this.insert(event.key + partner, 1);
    } else if ('})]'.includes(event.key) && next === event.key) {
      event.preventDefault();
      this.area.selectionStart = this.area.selectionEnd = end + 1;
    }
  }

  /** A new line begins where its neighbour does, or further in behind a bracket. */
  breakLine(event) {
    event.preventDefault();
    const before = this.text.slice(0, this.area.selectionStart);
    const indent = before.slice(before.lastIndexOf('\n') + 1).match(/^ */)[0];
    const opens = /[{(\[]\s*$/.test(before);
    const closes = /^\s*[})\]]/.test(this.text.slice(this.area.selectionEnd));
    const inner = '\n' + indent + (opens ? '  ' : '');
    const tail = opens && closes ? '\n' + indent : '';
    this.insert(inner + tail, tail.length);
  }
}

const query = new Editor('query', GRAPHQL);
const variables = new Editor('variables', JSON_TEXT);
const headers = new Editor('headers', JSON_TEXT);
const endpoint = location.pathname;

// What is asked

/** The operations of the document, with the places where they begin. */
function operations() {
  const found = [];
  let depth = 0;
  for (const match of query.text.matchAll(GRAPHQL)) {
    const text = match[0];
    if (match.groups.comment || match.groups.string) continue;
    if (text === '{' && depth === 0 && !found.at(-1)?.isOpen) found.push({start: match.index});
    if (text === '{' || text === '(') depth += 1;
    if (text === '}' || text === ')') depth -= 1;
    if (depth === 1 && text === '{' && found.length) found.at(-1).isOpen = false;
    if (depth > 0) continue;
    const last = found.at(-1);
    if (/^(query|mutation|subscription|fragment)$/.test(text)) {
      found.push({start: match.index, isOpen: true, isFragment: text === 'fragment'});
    } else if (last?.isOpen && last.name === undefined && /^\w+$/.test(text)) last.name = text;
  }
  return found.filter(operation => !operation.isFragment);
}

function showOperations() {
  const names = operations().map(operation => operation.name).filter(name => name);
  const chosen = $('operation').value;
  $('operation').hidden = names.length < 2;
  $('operation').replaceChildren(...names.map(name => element('option', {}, name)));
  if (names.includes(chosen)) $('operation').value = chosen;
}

/** Several operations: the one that the cursor is in, else the chosen one. */
function chosenOperation() {
  const all = operations().filter(operation => operation.name);
  if (all.length < 2) return undefined;
  if (document.activeElement === query.area) {
    const place = query.area.selectionStart;
    const here = all.filter(operation => operation.start <= place).at(-1);
    if (here) $('operation').value = here.name;
  }
  return $('operation').value;
}

function parsedSide(editor, name) {
  if (!editor.text.trim()) return undefined;
  const value = JSON.parse(editor.text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError(`${name} must be a JSON object.`);
  }
  return value;
}

function asked() {
  for (const [editor, name] of [[variables, 'Variables'], [headers, 'Headers']]) {
    try {
      parsedSide(editor, name);
    } catch (error) {
      choose($(`tab-${name.toLowerCase()}`));
      throw new SyntaxError(`${name}: ${error.message}`);
    }
  }
  return {
    parameters: {
      query: query.text, operationName: chosenOperation(),
      variables: parsedSide(variables, 'Variables'),
      extensions: tracing.isOn ? {trace: true} : undefined,
    },
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
      ...parsedSide(headers, 'Headers'),
    },
  };
}

// The answer

let running = null;

function summarise(text, isWrong = false) {
  $('summary').textContent = text;
  $('summary').classList.toggle('wrong', isWrong);
}

function busy(isBusy) {
  $('run').textContent = isBusy ? 'Stop' : 'Run';
  document.querySelector('.lights').classList.toggle('busy', isBusy);
}

async function run() {
  if (running) return running.abort();
  $('side-problem').textContent = '';
  let request;
  try {
    request = asked();
  } catch (error) {
    $('side-problem').textContent = error.message;
    return;
  }
  running = new AbortController();
  busy(true);
  const began = performance.now();
  try {
    const response = await fetch(endpoint, {
      method: 'POST', headers: request.headers, body: JSON.stringify(request.parameters),
      signal: running.signal,
    });
    const text = await response.text();
    show(response, text, performance.now() - began);
  } catch (error) {
    summarise(error.name === 'AbortError' ? 'Stopped.' : `No answer: ${error.message}`, true);
  }
  running = null;
  busy(false);
}

function show(response, text, milliseconds) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  const count = answer?.errors?.length ?? 0;
  const errors = count ? `, ${count} error${count > 1 ? 's' : ''}` : '';
  const size = text.length < 1000 ? `${text.length} B` : `${(text.length / 1000).toFixed(1)} kB`;
  const status = `${response.status} ${response.statusText}`.trim();
  summarise(`${status}, ${milliseconds.toFixed(0)} ms, ${size}${errors}`,
    count > 0 || !response.ok);
  showTrace(answer);
  $('result').replaceChildren(
    answer === undefined ? text : coloured(JSON.stringify(answer, null, 2), JSON_TEXT));
  query.wrongLines = new Set(
    (answer?.errors ?? []).flatMap(error => (error.locations ?? []).map(place => place.line)));
  query.refresh();
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    summarise(`${what} copied.`);
  } catch {
    summarise(`${what}:`);
    $('result').textContent = text;
  }
}

function link() {
  const form = new URLSearchParams({query: query.text});
  if (variables.text.trim()) form.set('variables', variables.text);
  return `${location.origin}${endpoint}?${form}`;
}

function command() {
  const {parameters, headers} = asked();
  const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
  return [`curl ${quoted(location.origin + endpoint)}`]
    .concat(Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`))
    .concat(`--data-raw ${quoted(JSON.stringify(parameters))}`).join(' \\\n  ');
}

// Tabs

const tabs = [...document.querySelectorAll('[role=tab]')];

function choose(tab) {
  for (const other of tabs) {
    other.setAttribute('aria-selected', other === tab);
    other.tabIndex = other === tab ? 0 : -1;
    $(other.getAttribute('aria-controls')).hidden = other !== tab;
  }
}

for (const tab of tabs) {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', event => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = tabs[1 - tabs.indexOf(tab)];
    choose(other);
    other.focus();
  });
}

// Keys and buttons

document.addEventListener('keydown', event => {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key === 'Enter') {
    event.preventDefault();
    run();
  } else if (isCommand && event.key === 'k') {
    event.preventDefault();
    showDocs(true);
    $('search').select();
  } else if (event.altKey && event.key === 'ArrowLeft' && $('docs').contains(event.target)) {
    event.preventDefault();
    goBack();
  }
}, true);

function showDocs(isShown) {
  $('docs').hidden = !isShown;
  document.querySelector('main').classList.toggle('without-docs', !isShown);
  $('toggle-docs').setAttribute('aria-expanded', isShown);
}

$('run').addEventListener('click', run);
$('share').addEventListener('click', () => copy(link(), 'Link'));
$('curl').addEventListener('click', () => {
  try {
    copy(command(), 'Command');
  } catch (error) {
    $('side-problem').textContent = error.message;
  }
});
$('toggle-docs').addEventListener('click', () => showDocs($('docs').hidden));

// What is kept: the text of the editors, but headers, which may hold keys, for this tab alone

const WELCOME = `# Ctrl-Enter runs the query, Ctrl-Space completes it,
# and Ctrl-K searches the schema.

query About {
  server {
    version
    startedAt
    uptimeSeconds
  }
}
`;

function restore() {
  const form = new URLSearchParams(location.search);
  const kept = name => form.get(name) ?? localStorage.getItem(`explorer.${name}`);
  query.text = kept('query') ?? WELCOME;
  variables.text = form.has('query') ? form.get('variables') ?? '' : kept('variables') ?? '';
  headers.text = sessionStorage.getItem('explorer.headers') ?? '';
  query.area.addEventListener('input', () => {
    localStorage.setItem('explorer.query', query.text);
    showOperations();
  });
  variables.area.addEventListener(
    'input', () => localStorage.setItem('explorer.variables', variables.text));
  headers.area.addEventListener(
    'input', () => sessionStorage.setItem('explorer.headers', headers.text));
  showOperations();
}
