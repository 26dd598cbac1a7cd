
// The trace: what left with each level of the execution, when, and what it brought

const tracing = {
  get isOn() { return $('toggle-trace').getAttribute('aria-pressed') === 'true'; },
  set isOn(value) {
    $('toggle-trace').setAttribute('aria-pressed', value);
    localStorage.setItem('explorer.trace', value);
    if (!value) $('trace').hidden = true;
  },
};

const duration = microseconds => microseconds < 100
  ? `${microseconds} µs` : `${(microseconds / 1000).toFixed(microseconds < 10000 ? 2 : 1)} ms`;
const bytes = count => count < 1000 ? `${count} B` : `${(count / 1000).toFixed(1)} kB`;
const several = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** A part of the time line, which is as wide as the whole request is long. */
function bar(kind, from, length, total) {
  const made = element('i', {class: kind});
  made.style.left = `${from / total * 100}%`;
  made.style.width = `${length / total * 100}%`;
  return made;
}

/** Waiting for each statement, and then making something of its rows. */
function bars(work, total) {
  if (work.statements.length === 0) return [];
  const end = Math.max(...work.statements.map(
    statement => statement.startMicroseconds + (statement.microseconds ?? 0)));
  return [
    ...work.statements.map(statement =>
      bar('wait', statement.startMicroseconds, statement.microseconds ?? 0, total)),
    bar('decode', end, work.decodeMicroseconds, total),
  ];
}

function keysOf(loader) {
  if (loader.keysAsked === undefined) return '';
  const known = loader.keysRemembered ? `, ${loader.keysRemembered} known` : '';
  const keys = several(loader.keysAsked, 'key');
  return loader.keysUnique === loader.keysAsked
    ? keys : `${keys}, ${loader.keysUnique} new${known}`;
}

/** A loader or a field of the root; its SQL shows when it is opened. */
function workRow(work, total) {
  const rows = work.statements.reduce((sum, statement) => sum + statement.rows, 0);
  const size = work.statements.reduce((sum, statement) => sum + statement.bytes, 0);
  const isQuiet = work.statements.length === 0;
  const failed = work.statements.find(statement => statement.failure);
  const cells = [
    element('span', {class: work.path ? 'name' : undefined, title: work.coordinate},
      work.name ?? work.path.join('.')),
    element('span', {title: keysOf(work)}, keysOf(work)),
    element('span', {class: failed ? 'wrong' : undefined},
      isQuiet ? 'in memory' : failed ? failed.failure
        : [several(rows, 'row'), element('small', {class: 'size'}, `, ${bytes(size)}`)]),
    element('span', {class: 'line'}, bars(work, total)),
  ];
  if (isQuiet) return element('div', {class: 'row'}, cells);
  return element('details', {},
    element('summary', {class: 'row'}, cells),
    work.statements.flatMap(statement => [
      element('p', {}, [
        statement.microseconds === undefined
          ? 'no answer' : `answered after ${duration(statement.microseconds)}`,
        several(statement.rows, 'row'), bytes(statement.bytes),
      ].join(', ')),
      element('pre', {}, coloured(statement.sql, SQL)),
    ]));
}

const SQL = new RegExp([
  /(?<string>'(?:''|[^'])*'?)/, /(?<name>\$\d+)/, /(?<number>\b\d[\d.]*)/,
  /(?<keyword>\b[A-Z]{2,}\b)/, /(?<word>\w+)/, /(?<mark>[^\s\w])/,
].map(part => part.source).join('|'), 'g');

function levelRows(level, total) {
  return [
    element('h3', {},
      element('span', {}, `Level ${level.level}`),
      element('small', {}, level.roundTrips === 0 ? 'nothing to wait for' : [
        several(level.roundTrips, 'round trip'), `waited ${duration(level.waitMicroseconds)}`,
        `decoded ${duration(level.decodeMicroseconds)}`,
      ].join(', '))),
    [...level.fields, ...level.loaders].map(work => workRow(work, total)),
  ];
}

function planWords(plan) {
  if (plan.cached) return 'the plan was there';
  return `parsed ${duration(plan.parseMicroseconds)}, `
    + `validated ${duration(plan.validateMicroseconds)}, `
    + `compiled ${duration(plan.compileMicroseconds)}`;
}

/** Shows the trace of an answer, and takes it out of what is shown above. */
function showTrace(answer) {
  const trace = answer?.extensions?.trace;
  $('trace').hidden = !tracing.isOn || answer?.data === undefined;
  if (!trace) {
    return $('trace').replaceChildren(
      element('p', {class: 'facts'}, 'This server does not trace for you.'));
  }
  delete answer.extensions.trace;
  if (Object.keys(answer.extensions).length === 0) delete answer.extensions;
  const total = Math.max(1, trace.totalMicroseconds);
  $('trace').replaceChildren(
    element('p', {class: 'facts'}, [
      several(trace.roundTrips, 'round trip'), duration(trace.totalMicroseconds),
      planWords(trace.plan),
    ].join(', ')),
    ...trace.levels.flatMap(level => levelRows(level, total)).flat());
}

$('toggle-trace').addEventListener('click', () => {
  tracing.isOn = !tracing.isOn;
  if (tracing.isOn) run();
});
tracing.isOn = localStorage.getItem('explorer.trace') === 'true';
