// The runs of a datasource, and one run: from the first file seen to proven.

import {get, path, repeat, curl} from './api.js';
import {h, fill, redraw, heading, tabs, table, busy, command, say} from './dom.js';
import {moment, span, ago, count, bytes} from './time.js';
import {runSign, runTone, stateName, isLive, isBad, sentence, place, nextCommand, loadAgain} from './words.js';

const FILES_AT_ONCE = 25;

export async function runs(frame, datasource) {
  const base = '/datasources/' + encodeURIComponent(datasource);
  frame.title('Runs of ' + datasource, ['Datasources', '/'], [datasource, base + '/chunks'], ['Runs', base + '/runs']);
  const parameters = new URLSearchParams(location.search);
  const states = ['', 'Available', 'Failed', 'Refused', 'TimedOut', 'Cancelled', 'RolledBack', 'Superseded', 'Planned', 'Waiting', 'Submitted', 'Running', 'Succeeded'];
  const choice = h('select', {id: 'state'}, states.map(state => h('option', {value: state}, state ? stateName(state) : 'all')));
  choice.value = parameters.get('state') ?? '';
  choice.addEventListener('change', () => frame.go(base + '/runs' + (choice.value ? '?state=' + choice.value : '')));
  const place = h('div', {}, busy());
  const more = h('p', {});
  fill(frame.main, heading(datasource, 'runs'), tabs(datasource, 'runs'),
    h('div', {class: 'tools'}, h('label', {class: 'field'}, 'State', choice)), place, more);
  const all = [];
  let mark;
  const draw = () => redraw(place, all.length ? table('Runs, newest first', ['State', 'Planned', 'Kind', 'Cluster', 'Run'], all.map(run =>
    h('tr', {}, h('td', {}, h('span', {class: 'mark ' + runTone(run.state)}, runSign(run.state) + ' ' + stateName(run.state))),
      h('td', {class: 'nowrap'}, moment(run.createdAt), ' ', h('span', {class: 'muted'}, ago(run.createdAt))),
      h('td', {}, run.kind), h('td', {}, run.cluster),
      h('td', {}, h('a', {href: '/runs/' + run.id, class: 'mono'}, run.id))))) : h('p', {class: 'muted'}, 'No run yet.'));
  const read = async () => {
    const page = await get(path('runs'), {datasource, state: choice.value || undefined, next: mark, limit: 50}, {signal: frame.signal});
    all.push(...page.runs);
    mark = page.next;
    draw();
    fill(more, mark && h('button', {type: 'button', onclick: read}, 'More'));
  };
  await read();
  repeat(async () => {
    const page = await get(path('runs'), {datasource, state: choice.value || undefined, limit: 50}, {signal: frame.signal});
    const fresh = new Map(page.runs.map(run => [run.id, run]));
    for (let at = 0; at < all.length; at++) if (fresh.has(all[at].id)) { all[at] = fresh.get(all[at].id); fresh.delete(all[at].id); }
    all.unshift(...fresh.values());
    draw();
    return all.some(run => isLive(run.state)) ? 3_000 : 10_000;
  }, frame.signal);
}

// Steps of a run in order: what happened from one moment to the next, and whether anybody worked meanwhile.
export function steps(run) {
  const states = [...run.history, run.stateDetails];
  const found = [];
  const files = run.objects.map(object => object.lastModified).filter(Boolean).sort();
  if (files.length && files[0] < states[0].since) {
    found.push({text: 'Files gather', from: files[0], until: states[0].since, kind: 'waiting', attempt: 1,
      note: files.length === 1 ? '1 file' : files.length + ' files, the last at ' + moment(files.at(-1))});
  }
  let attempt = 0;
  states.forEach((state, at) => {
    if (state.state === 'Planned') attempt++;
    const until = states[at + 1]?.since;
    const words = {
      Planned: ['Planned, until the time chunks are leased and the task is posted', 'waiting'],
      Waiting: ['Waits for another run of the same time chunks', 'waiting'],
      Submitted: ['Queued in Druid', 'waiting'],
      Running: ['Runs in Druid', 'work'],
      Succeeded: ['Published, until Druid serves it and its rows are counted', 'work'],
    }[state.state];
    if (words) {
      found.push({text: words[0], from: state.since, until, kind: words[1], attempt, holder: state.holder,
        note: state.cancelReason ? 'to be cancelled: ' + state.cancelReason : ''});
    } else {
      found.push({text: stateName(state.state) + (state.state === 'Available' ? ': served and proven' : ''), from: state.since,
        until: states[at + 1] ? until : state.since, kind: states[at + 1] ? 'waiting' : 'end', attempt, state: state.state,
        note: state.problem ? state.problem.code + ': ' + state.problem.message : state.reason ?? (state.by ? 'by run ' + state.by : '')});
    }
  });
  return [...found, ...followed(run)];
}

// What follows a run that has ended. The API leaves out what a datasource does not have.
export function followed(run) {
  const all = run.compaction ?? [];
  const group = (text, of, state) => of.length ? [{text, state, kind: 'after', from: of.map(each => each.since).sort().at(-1),
    note: [of.length < all.length ? of.length + ' of ' + all.length + ' time chunks' : '', ...new Set(of.map(each => each.reason))].filter(Boolean).join('; '),
    runs: [...new Set(of.map(each => each.run).filter(Boolean))]}] : [];
  const done = all.filter(each => each.state === 'DONE');
  const {tags} = run;
  return [
    ...(tags?.tagged ? [{text: tags.state === 'available' ? 'Files tagged as loaded' : 'Files tagged as rolled back', kind: 'after', from: tags.at,
      note: tags.tagged === tags.objects ? '' : tags.tagged + ' of ' + tags.objects + ' files; the others are gone, overwritten, or wait for another cluster or datasource'}] : []),
    ...(tags?.problem ? [{text: 'S3 refuses tags', kind: 'after', from: tags.at, state: 'Failed', note: tags.problem}] : []),
    ...group('Compacted', done.filter(each => each.run), 'Available'),
    ...group('Nothing to compact', done.filter(each => !each.run)),
    ...group('Is being compacted', all.filter(each => each.state === 'PLANNED')),
    ...group('Waits for compaction', all.filter(each => each.state === 'WAITING')),
    ...group('Compaction has stopped', all.filter(each => each.state === 'STOPPED'), 'Failed'),
  ].sort((left, right) => Date.parse(left.from) - Date.parse(right.from));
}

// What follows the end of a run comes in its first minutes, and then what waits to be compacted.
const isFollowed = run => Date.now() - Date.parse(run.stateDetails.since) < 120_000
  || (run.compaction ?? []).some(each => each.state === 'PLANNED' || each.state === 'WAITING');

export async function run(frame, id) {
  frame.title('Run ' + id.slice(0, 8), ['Datasources', '/'], ['Run ' + id.slice(0, 8) + '…', '/runs/' + id]);
  fill(frame.main, h('h1', {}, 'Run'), busy());
  let drawn = '';
  const details = new Map();
  const openParts = new Set();

  const read = async () => {
    const found = await get(path('runs', id), {}, {signal: frame.signal});
    const text = JSON.stringify(found);
    if (text !== drawn) {
      if (drawn && JSON.parse(drawn).state !== found.state) say('The run is now ' + stateName(found.state));
      drawn = text;
      draw(found);
    }
    return isLive(found.state) ? 2_000 : isFollowed(found) ? 5_000 : 60_000;
  };
  await read();
  repeat(read, frame.signal);

  function draw(run) {
    const base = '/datasources/' + encodeURIComponent(run.datasource);
    frame.title('Run ' + run.id.slice(0, 8), ['Datasources', '/'], [run.datasource, base + '/chunks'], ['Runs', base + '/runs'], [run.id.slice(0, 8) + '…', '/runs/' + run.id]);
    const found = run.stateDetails.problem;
    redraw(frame.main,
      h('h1', {}, run.datasource, ' ', h('span', {class: 'mark ' + runTone(run.state)}, runSign(run.state) + ' ' + stateName(run.state))),
      h('p', {class: 'lead'}, intervalsText(run.intervals), h('span', {class: 'muted'}, ' on '), run.cluster,
        h('span', {class: 'muted'}, ', attempt '), run.attempt, h('span', {class: 'muted'}, ', planned '), moment(run.createdAt),
        run.order && [h('span', {class: 'muted'}, ', requested by '), run.order.author, run.order.reason ? ': ' + run.order.reason : '']),
      (found || isBad(run.state)) && h('section', {class: 'note bad'}, h('h2', {}, sentence(found?.code)), h('p', {}, h('code', {}, found?.code), ' ', found?.message),
        h('p', {}, h('span', {class: 'muted'}, 'Look at '), place(run, found)), command(nextCommand(run, found, curl))),
      run.lastError && isLive(run.state) && h('p', {class: 'note'}, h('strong', {}, 'The last step failed ' + (run.setbacks > 1 ? run.setbacks + ' times' : 'once') + ': '), run.lastError),
      h('section', {}, h('h2', {}, 'Timeline'), timeline(run)),
      counts(run), findings(run), files(run), spec(run),
      h('section', {}, h('h2', {}, 'Load it again'), command(loadAgain(run.datasource, run.intervals, curl))));
  }

  function spec(run) {
    const part = h('details', {open: openParts.has('spec')}, h('summary', {}, 'Spec, task ', h('code', {}, run.taskId)), h('pre', {tabindex: '0'}, JSON.stringify(run.spec, null, 2)));
    part.addEventListener('toggle', () => part.open ? openParts.add('spec') : openParts.delete('spec'));
    return h('section', {}, h('h2', {}, 'Task'), part, consoleLink(run));
  }

  function files(run) {
    if (!run.objects.length) return null;
    const body = run.objects.slice(0, FILES_AT_ONCE).map(object => {
      const rows = h('td', {class: 'number'}, '…');
      const error = h('td', {}, '');
      ledger(run, object, rows, error);
      return h('tr', {}, h('th', {scope: 'row', class: 'mono'}, 's3://' + object.bucket + '/' + object.key), h('td', {class: 'number'}, bytes(object.size)),
        h('td', {class: 'nowrap'}, moment(object.lastModified)), rows, error);
    });
    return h('section', {}, h('h2', {}, run.objects.length + (run.objects.length === 1 ? ' file' : ' files')),
      table('Files of the run', ['File', '#Size', 'Written', '#Rows', 'First error'], body),
      run.objects.length > FILES_AT_ONCE && h('p', {class: 'muted'}, 'and ' + (run.objects.length - FILES_AT_ONCE) + ' more'));
  }

  async function ledger(run, object, rows, error) {
    const key = object.bucket + '/' + object.key;
    try {
      if (!details.has(key) || isLive(run.state)) details.set(key, await get(path('objects'), {bucket: object.bucket, key: object.key}, {signal: frame.signal}));
      const entry = details.get(key).versions.find(each => each.run === run.id) ?? details.get(key).versions.find(each => each.version === object.version);
      rows.textContent = count(entry?.rows);
      error.textContent = entry?.error ?? '';
    } catch {
      rows.textContent = '–';
    }
  }
}

async function openConsole(run, place) {
  try {
    const {clusters} = await get(path('clusters'));
    const address = clusters.find(each => each.name === run.cluster)?.console;
    if (/^https?:\/\//.test(address)) fill(place, h('a', {href: address + '#tasks/task_id=' + encodeURIComponent(run.taskId), rel: 'noreferrer', target: '_blank'}, 'The task in Druid’s console'));
  } catch {
    // The link is an extra.
  }
}

function consoleLink(run) {
  const place = h('p', {});
  openConsole(run, place);
  return place;
}

function timeline(run) {
  const all = steps(run);
  const first = Date.parse(all[0].from);
  const end = Date.parse(run.stateDetails.since);
  // What follows may come hours later, and would leave no room for the run itself.
  const last = Math.max(...all.filter(step => step.kind !== 'after').map(step => Date.parse(step.until ?? new Date().toISOString())));
  const length = Math.max(1, last - first);
  let attempt = 0;
  const rows = all.map(step => {
    const from = Date.parse(step.from);
    const until = step.until ? Date.parse(step.until) : Date.now();
    const isAfter = step.kind === 'after';
    const isNew = !isAfter && step.attempt !== attempt && run.attempt > 1;
    attempt = step.attempt ?? attempt;
    return [isNew && h('tr', {class: 'group'}, h('th', {colspan: 4, scope: 'colgroup'}, 'Attempt ' + attempt)),
      h('tr', {}, h('td', {class: 'nowrap'}, moment(step.from)),
        h('th', {scope: 'row'}, step.state ? h('span', {class: 'mark ' + runTone(step.state)}, runSign(step.state) + ' ' + step.text) : step.text,
          step.holder && [' ', h('a', {href: '/runs/' + step.holder}, step.holder.slice(0, 8) + '…')],
          step.runs?.map(id => [' ', h('a', {href: '/runs/' + id}, id.slice(0, 8) + '…')]),
          step.note && h('div', {class: 'muted wrap'}, step.note)),
        h('td', {class: 'number nowrap'}, isAfter ? span(Math.max(0, from - end)) + ' later' : step.kind === 'end' ? '' : span(until - from) + (step.until ? '' : ' so far')),
        h('td', {class: 'track', 'aria-hidden': 'true'}, !isAfter && h('span', {class: 'lane ' + step.kind,
          style: {'--from': (from - first) / length, '--length': (until - from) / length}})))];
  });
  const waiting = sum(all, 'waiting'), work = sum(all, 'work');
  return [h('p', {class: 'muted'}, span(length) + ' in all: ' + span(waiting) + ' waiting, ' + span(work) + ' at work.'),
    h('ul', {class: 'legend'}, h('li', {}, h('span', {class: 'lane waiting sample', 'aria-hidden': 'true'}), 'waiting'), h('li', {}, h('span', {class: 'lane work sample', 'aria-hidden': 'true'}), 'at work')),
    table('Timeline', ['At (UTC)', 'Step', '#Took', 'Waiting and work'], rows)];
}

const sum = (all, kind) => all.filter(step => step.kind === kind)
  .reduce((total, step) => total + (step.until ? Date.parse(step.until) : Date.now()) - Date.parse(step.from), 0);

function counts(run) {
  const found = run.stateDetails.counts;
  if (!found) return null;
  const names = [['Rows read', count(found.read)], ['Rows stored', count(found.rows)], ['Unparseable', count(found.unparseable)], ['Thrown away', count(found.thrownAway)],
    ['Segments', count(found.segments)], ['Size', bytes(found.bytes)], ['Task', found.taskMillis === undefined ? '–' : span(found.taskMillis)]];
  return h('section', {}, h('h2', {}, 'Counts'), h('dl', {class: 'figures'}, names.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))));
}

function findings(run) {
  if (!run.findings.length) return null;
  return h('section', {}, h('h2', {}, 'Findings'), table('Findings', ['Severity', 'Code', 'Place', 'Message'], run.findings.map(each =>
    h('tr', {}, h('td', {}, each.severity.toLowerCase()), h('td', {class: 'mono'}, each.code), h('td', {class: 'mono'}, each.pointer), h('td', {}, each.message, each.suggestion && h('div', {class: 'muted'}, 'try: ' + each.suggestion))))));
}

export function intervalsText(intervals) {
  const short = text => text.replaceAll('T00:00:00.000Z', '').replaceAll(':00.000Z', 'Z');
  if (intervals.length === 1) return h('span', {class: 'mono'}, short(intervals[0]));
  return h('span', {}, h('span', {class: 'mono'}, short(intervals[0].split('/')[0] + '/' + intervals.at(-1).split('/')[1])), ' (' + intervals.length + ' chunks)');
}
