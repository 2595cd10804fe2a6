// Backfills: from a chosen range to its plan, its start, and watching, pausing and stopping it.

import {get, path, readFacts, send, repeat, curl} from './api.js';
import {h, fill, redraw, heading, dayField, isRange, append, tabs, table, busy, problem, command, say} from './dom.js';
import {chunkName, count, bytes, floor, next, day, interval as intervalOf, moment, ago, duration, span} from './time.js';
import {loadAgain, stateName} from './words.js';

const TONES = {Planned: 'Gathering', Running: 'Loading', Paused: 'Expired', Stopping: 'Gathering', Done: 'Available', DoneWithFailures: 'Failed',
  Stopped: 'Expired', Empty: 'Missing', Failed: 'Failed'};
const SIGNS = {Planned: '…', Running: '▸', Paused: '‖', Stopping: '■', Done: '✓', DoneWithFailures: '✕', Stopped: '■', Empty: '–', Failed: '✕'};
const NAMES = {DoneWithFailures: 'Done with failures'};
const LIVE = ['Planned', 'Running', 'Paused', 'Stopping'];

const mark = state => h('span', {class: 'mark ' + (TONES[state] ?? 'Unknown')}, (SIGNS[state] ?? '?') + ' ' + (NAMES[state] ?? state));
const address = (datasource, id) => '/datasources/' + encodeURIComponent(datasource) + '/backfills' + (id ? '/' + encodeURIComponent(id) : '');
const quoted = text => /^[\w./:-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";
const commandLine = request => 'sluice backfill ' + quoted(request.datasource) + ' ' + request.interval
  + (request.cluster ? ' --cluster ' + quoted(request.cluster) : '') + ' --parallel ' + request.parallel
  + (request.order === 'oldest' ? ' --oldest-first' : '') + (request.onlyMissing ? ' --only-missing' : '') + ' --watch';

// What a chosen range of the matrix holds, and what can be done with it.
export function rangePanel(panel, frame, facts, {from, until, cells}) {
  const states = Map.groupBy(cells, cell => cell.state);
  const rows = cells.reduce((total, cell) => total + (cell.rows ?? 0), 0);
  fill(panel, h('h2', {}, chunkName(from, facts.segmentGranularity) + ' – ' + chunkName(until - 1, facts.segmentGranularity)),
    h('p', {class: 'muted mono'}, intervalOf(from, until)),
    h('dl', {class: 'facts'}, h('dt', {}, 'Time chunks'), h('dd', {}, count(cells.length)), h('dt', {}, 'Rows'), h('dd', {}, count(rows)),
      [...states].map(([state, all]) => [h('dt', {}, stateName(state)), h('dd', {}, count(all.length))])));
  if (facts.source && facts.roles.includes('operate')) append(panel, [h('h3', {}, 'Backfill'), wish(frame, facts, () => intervalOf(from, until))]);
  else append(panel, [command(loadAgain(facts.datasource, [intervalOf(from, until)], curl))]);
}

// How to load an interval, its plan, and the button that starts it.
function wish(frame, facts, intervalNow) {
  const onlyMissing = h('input', {type: 'checkbox'});
  const oldest = h('input', {type: 'checkbox'});
  const parallel = h('input', {type: 'number', min: '1', max: '20', value: '4', class: 'short'});
  const reason = h('input', {type: 'text', autocomplete: 'off', maxlength: '500'});
  const outcome = h('div', {'aria-live': 'polite'});
  const request = () => ({datasource: facts.datasource, interval: intervalNow(), parallel: Number(parallel.value) || 4,
    order: oldest.checked ? 'oldest' : 'newest', onlyMissing: onlyMissing.checked, ...(reason.value.trim() ? {reason: reason.value.trim()} : {})});
  const plan = async event => {
    event.preventDefault();
    const wanted = request();
    if (!wanted.interval) return;
    fill(outcome, busy('Planning …'));
    try {
      const found = await send('POST', path('backfills', 'plan'), wanted, {signal: frame.signal, cli: commandLine(wanted)});
      const key = crypto.randomUUID();
      const start = h('button', {type: 'button', disabled: found.load === 0, onclick: async () => {
        start.disabled = true;
        try {
          const begun = await send('POST', path('backfills'), wanted, {signal: frame.signal, headers: {'idempotency-key': key}});
          frame.go(address(facts.datasource, begun.id));
        } catch (error) {
          start.disabled = false;
          append(outcome, [problem(error)]);
        }
      }}, 'Start');
      fill(outcome, planned(found), h('div', {class: 'buttons'}, start), command(commandLine(wanted)));
    } catch (error) {
      if (error.name !== 'AbortError') fill(outcome, problem(error));
    }
  };
  return h('form', {onsubmit: plan, class: 'wish'},
    h('label', {class: 'check'}, onlyMissing, ' Only what is missing'),
    h('label', {class: 'check'}, oldest, ' The oldest first'),
    h('div', {class: 'tools'}, h('label', {class: 'field'}, 'At once', parallel), h('label', {class: 'field grow'}, 'Reason', reason)),
    h('button', {type: 'submit', class: 'quiet'}, 'Plan'), outcome);
}

function planned(plan) {
  const facts = [['Time chunks to load', count(plan.load) + ' of ' + count(plan.chunks)], ['Runs on each cluster', 'at most ' + count(plan.runs)],
    ['Task slots', 'at most ' + plan.slots], [plan.mode === 'replace' ? 'Rows replaced' : 'Rows before', count(plan.replacedRows)],
    ['Files of the first ' + count(plan.files.chunks), count(plan.files.count) + ', ' + bytes(plan.files.bytes)]];
  if (plan.files.withoutFiles) facts.push(['Without files', count(plan.files.withoutFiles)]);
  if (plan.files.archived) facts.push(['With archived files', count(plan.files.archived)]);
  if (plan.blocked.onHold) facts.push(['On hold', count(plan.blocked.onHold)]);
  if (plan.blocked.leased) facts.push(['Being written', count(plan.blocked.leased)]);
  if (plan.estimate) facts.push(['Takes about', span(duration(plan.estimate))]);
  return [h('dl', {class: 'facts'}, facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    plan.problems.map(each => h('p', {class: 'note bad'}, each))];
}

export async function backfills(frame, datasource, id) {
  const base = '/datasources/' + encodeURIComponent(datasource);
  const way = [['Datasources', '/'], [datasource, base + '/chunks'], ['Backfills', address(datasource)]];
  if (id) {
    frame.title('Backfill of ' + datasource, ...way, [id.slice(-8), address(datasource, id)]);
    await one(frame, datasource, id);
    return;
  }
  frame.title('Backfills – ' + datasource, ...way);
  const list = h('div', {}, busy());
  const facts = await readFacts(datasource, frame.signal);
  const today = next(floor(Date.now(), 'DAY'), 'DAY');
  const from = dayField('from', day(today - 7 * 86_400_000));
  const until = dayField('until', day(today));
  const mayBegin = facts.source && facts.roles.includes('operate');
  fill(frame.main, heading(datasource, 'backfills'), tabs(datasource, 'backfills'), list,
    mayBegin && h('section', {class: 'card narrow'}, h('h2', {}, 'Another one'),
      h('p', {class: 'muted'}, 'Type the range, or drag it in the ', h('a', {href: base + '/chunks'}, 'matrix of time chunks'), '.'),
      h('div', {class: 'tools'}, h('label', {class: 'field'}, 'From', from), h('label', {class: 'field'}, 'Until, not included', until)),
      wish(frame, facts, () => isRange(from, until) ? from.value + '/' + until.value : '')));
  const read = async () => {
    const {backfills: found} = await get(path('backfills'), {datasource}, {signal: frame.signal});
    redraw(list, found.length ? table('Backfills, newest first', ['State', 'Interval', 'Progress', '#Rows', 'Begun', 'Who', 'Reason'], found.map(each =>
      h('tr', {}, h('td', {}, mark(each.state)), h('th', {scope: 'row', class: 'mono nowrap'}, h('a', {href: address(datasource, each.id)}, each.interval.replaceAll('T00:00:00.000Z', ''))),
        h('td', {}, bar(each.progress), h('span', {class: 'muted'}, short(each.progress))), h('td', {class: 'number'}, count(each.progress.rows)),
        h('td', {class: 'nowrap'}, ago(each.startedAt)), h('td', {class: 'wrap'}, each.author), h('td', {class: 'wrap'}, each.reason ?? ''))))
      : h('p', {class: 'muted'}, 'No backfill yet.'));
    return found.some(each => LIVE.includes(each.state)) ? 3_000 : 15_000;
  };
  await read();
  repeat(read, frame.signal);
}

async function one(frame, datasource, id) {
  fill(frame.main, heading(datasource, 'backfills'), tabs(datasource, 'backfills'), busy());
  const facts = await readFacts(datasource, frame.signal);
  const trouble = h('div', {});
  let drawn = '';
  const read = async () => {
    draw(await get(path('backfills', id), {}, {signal: frame.signal, cli: 'sluice backfill watch ' + id}));
    return JSON.parse(drawn).isLive ? 2_000 : 30_000;
  };
  await read();
  repeat(read, frame.signal);

  function draw(found) {
    const text = JSON.stringify({...found, isLive: LIVE.includes(found.state)});
    if (text === drawn) return;
    drawn = text;
    say('Backfill ' + (NAMES[found.state] ?? found.state) + ', ' + short(found.progress));
    const {progress} = found;
    const numbers = [['Done', count(progress.done)], ['Running', count(progress.running)], ['Failed', count(progress.failed)], ['Without files', count(progress.empty)],
      ['Left out', count(progress.skipped)], ['Left', count(progress.left)], ['Rows', count(progress.rows)], ['Size', bytes(progress.bytes)],
      progress.estimate && ['The rest takes about', span(duration(progress.estimate))]].filter(Boolean);
    redraw(frame.main, heading(datasource, 'backfill', ' ', mark(found.state)), tabs(datasource, 'backfills'),
      h('p', {class: 'lead'}, h('span', {class: 'mono'}, found.interval.replaceAll('T00:00:00.000Z', '')), h('span', {class: 'muted'}, ' on '), found.clusters.join(', '),
        h('span', {class: 'muted'}, ', ' + found.parallel + ' at once, the ' + found.order + ' first' + (found.onlyMissing ? ', only what is missing' : '') + ', begun by '), found.author,
        h('span', {class: 'muted'}, ' ' + ago(found.startedAt)), found.reason ? ': ' + found.reason : ''),
      bar(progress, true), h('p', {class: 'muted'}, short(progress)),
      found.waiting && LIVE.includes(found.state) && h('p', {class: 'note'}, h('strong', {}, 'Nothing new begins at present: '), found.waiting),
      h('dl', {class: 'figures'}, numbers.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
      facts.roles.includes('operate') && steer(found), trouble,
      windows('Under way', found.active), windows('Failed', found.failures),
      h('section', {}, h('h2', {}, 'History'), table('History, newest first', ['At (UTC)', 'State', 'Who', 'Reason'], found.history.map(each =>
        h('tr', {}, h('td', {class: 'nowrap'}, moment(each.at)), h('td', {}, mark(each.state)), h('td', {class: 'wrap'}, each.author ?? 'by itself'), h('td', {class: 'wrap'}, each.reason ?? ''))))));
  }

  function steer(found) {
    const button = (verb, text, danger) => h('button', {type: 'button', class: danger ? 'danger' : 'quiet', onclick: async event => {
      event.target.disabled = true;
      try {
        draw(await send('POST', path('backfills', id, verb), {}, {signal: frame.signal, cli: 'sluice backfill ' + verb + ' ' + id}));
        fill(trouble);
      } catch (error) {
        event.target.disabled = false;
        fill(trouble, problem(error));
      }
    }}, text);
    return h('div', {class: 'buttons'},
      ['Planned', 'Running'].includes(found.state) && button('pause', 'Pause'), found.state === 'Paused' && button('resume', 'Resume'),
      ['Planned', 'Running', 'Paused'].includes(found.state) && button('stop', 'Stop', true),
      !LIVE.includes(found.state) && found.progress.failed > 0 && button('retry-failed', 'Try what failed again'));
  }
}

function windows(title, all) {
  if (!all.length) return null;
  return h('section', {}, h('h2', {}, title), table(title, ['State', 'Interval', '#Rows', 'Since', 'Runs', 'Problem'], all.map(each =>
    h('tr', {}, h('td', {}, mark(each.state)), h('th', {scope: 'row', class: 'mono'}, each.interval.replaceAll('T00:00:00.000Z', '').replaceAll(':00.000Z', 'Z')), h('td', {class: 'number'}, count(each.rows)),
      h('td', {class: 'nowrap'}, moment(each.at)), h('td', {}, each.runs.map(run => [h('a', {href: '/runs/' + run, class: 'mono'}, run.slice(0, 8) + '…'), ' '])), h('td', {class: 'wrap'}, each.problem ?? '')))));
}

function bar(progress, isWide) {
  const share = part => ({'--share': progress.total ? part / progress.total : 0});
  return h('div', {class: 'progress' + (isWide ? '' : ' small'), role: 'img', 'aria-label': short(progress)},
    h('span', {class: 'work', style: share(progress.done + progress.empty + progress.skipped)}), h('span', {class: 'Failed', style: share(progress.failed)}),
    h('span', {class: 'Loading', style: share(progress.running)}));
}

const short = progress => count(progress.done) + ' of ' + count(progress.total) + ' time chunks done, ' + count(progress.running) + ' running, ' + count(progress.failed) + ' failed, ' + count(progress.left) + ' left';
