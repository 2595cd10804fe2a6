// The chunk matrix of a datasource: which hours, days or months are there, and what about that one?

import {get, path, readFacts, repeat, curl, ApiError} from './api.js';
import {h, fill, redraw, heading, dayField, isRange, tabs, busy, problem, command, say} from './dom.js';
import {layout, floor, next, day, interval as intervalOf, chunkName, count, bytes, period} from './time.js';
import {matrix, legend} from './grid.js';
import {CHUNK_STATES, stateName, runSign, sentence, place, nextCommand, isBad} from './words.js';
import {rangePanel} from './backfill.js';

const DAY = 24 * 3600 * 1000;
const THREE_YEARS = 1096 * DAY;
const BLOCK = 1000;
const AT_ONCE = 2;

// What the matrix shows if the address does not say: from the first to the last segment, at most three years of it, and on
// to now where that is near.
export function defaultInterval(facts, now = Date.now()) {
  const granularity = facts.segmentGranularity;
  const spans = facts.held.map(each => each.interval).filter(Boolean).map(text => text.split('/').map(Date.parse));
  const today = next(floor(now, granularity), granularity);
  const month = Math.max(31 * DAY, today - next(floor(now, granularity), granularity, -30));
  if (!spans.length) return [floor(today - month, granularity), today];
  let until = Math.max(...spans.map(([, end]) => end));
  if (until < today && today - until < 4 * month) until = today;
  let from = Math.min(...spans.map(([start]) => start));
  if (until - from < month) from = until - month;
  if (['SECOND', 'MINUTE', 'FIVE_MINUTE'].includes(granularity)) from = Math.max(from, until - 14 * DAY);
  const most = ['WEEK', 'MONTH', 'QUARTER', 'YEAR'].includes(granularity) ? 20 * THREE_YEARS : THREE_YEARS;
  return [floor(Math.max(from, until - most), granularity), until];
}

export function readInterval(text) {
  const ends = (text ?? '').split('/').map(Date.parse);
  return ends.length === 2 && ends[0] < ends[1] ? ends : null;
}

export async function chunks(frame, datasource) {
  const base = '/datasources/' + encodeURIComponent(datasource);
  frame.title(datasource, ['Datasources', '/'], [datasource, base + '/chunks']);
  fill(frame.main, heading(datasource, 'time chunks'), tabs(datasource, 'chunks'), busy());
  const facts = await readFacts(datasource, frame.signal);
  const parameters = new URLSearchParams(location.search);
  const granularity = facts.segmentGranularity;
  const cluster = parameters.get('cluster') ?? facts.clusters[0];
  const [from, until] = readInterval(parameters.get('interval')) ?? defaultInterval(facts);
  const known = new Map();
  const plan = layout(granularity, from, until);
  plan.nextOf = start => next(start, granularity);
  const blocks = new Set();
  const perBlock = Math.max(1, Math.floor(BLOCK / plan.columns));
  const blockOf = row => Math.floor(row / perBlock);
  let reading = 0;
  let pinned = null;
  let shown = {start: null, text: undefined};
  // While a range is chosen, the panel is for it, whatever is read or pointed at meanwhile.
  let hasRange = false;
  let visible = [0, 0];

  // The newest squares are on their way while the matrix is drawn.
  readBlocks();
  const panel = h('aside', {class: 'panel', 'aria-label': 'The chosen time chunk'});
  const trouble = h('div', {});
  const grid = matrix(plan, {from, until, signal: frame.signal, cell: start => known.get(start),
    onView: (first, last) => { visible = [first, last]; readBlocks(); },
    onPoint: start => { pinned = start; if (!hasRange) showChunk(start); },
    onHover: start => { if (!hasRange) showChunk(start ?? pinned); },
    onOpen: start => {
      const run = known.get(start)?.run;
      if (run) frame.go('/runs/' + run);
      else say('No run of ' + chunkName(start, granularity) + ' is known');
    },
    onSelect: (first, last) => {
      hasRange = first !== null;
      if (hasRange) showRange(first, last); else showChunk(pinned);
    }});

  fill(frame.main,
    heading(datasource, 'time chunks'), tabs(datasource, 'chunks'),
    h('p', {class: 'lead muted'}, h('code', {}, facts.source ?? 'streams'), facts.mode ? ', ' + facts.mode.toLowerCase() : '', ', one chunk per ' + facts.segmentGranularity.toLowerCase().replaceAll('_', ' '),
      facts.keep ? ', kept for ' + period(facts.keep) : '', '. Times are UTC.'),
    tools(), trouble,
    h('div', {class: 'split'}, grid.element, panel), legend());
  showChunk(null);
  grid.start();
  performance.mark('sluice-matrix');
  differences();

  function tools() {
    const first = dayField('from', day(from));
    const last = dayField('until', day(until));
    const choice = h('select', {id: 'cluster'}, facts.clusters.map(each => h('option', {value: each}, each)));
    choice.value = cluster;
    const show = event => {
      event?.preventDefault();
      if (!isRange(first, last)) return;
      const query = new URLSearchParams();
      query.set('interval', first.value + '/' + last.value);
      if (choice.value !== facts.clusters[0]) query.set('cluster', choice.value);
      frame.go(base + '/chunks' + (query.size ? '?' + query : ''));
    };
    choice.addEventListener('change', show);
    return h('form', {class: 'tools', novalidate: true, onsubmit: show},
      h('label', {class: 'field'}, 'From', first), h('label', {class: 'field'}, 'Until, not included', last),
      h('button', {type: 'submit'}, 'Show'),
      h('a', {class: 'button quiet', href: base + '/chunks'}, 'All'),
      facts.clusters.length > 1 && h('label', {class: 'field'}, 'Cluster', choice));
  }

  // What is in view comes first, then its neighbours. Nobody waits for what one has scrolled past.
  function nextBlock() {
    const [first, last] = visible.map(blockOf);
    const inView = Array.from({length: last - first + 1}, (_, at) => first + at).find(at => !blocks.has(at));
    if (inView !== undefined || reading) return inView;
    return [last + 1, first - 1].find(at => at >= 0 && at <= blockOf(plan.rows.length - 1) && !blocks.has(at));
  }

  function readBlocks() {
    for (let at = nextBlock(); at !== undefined && reading < AT_ONCE; at = nextBlock()) readBlock(at);
  }

  async function readBlock(at) {
    blocks.add(at);
    reading++;
    try {
      await readRows(at * perBlock, Math.min(plan.rows.length, (at + 1) * perBlock) - 1);
    } catch (error) {
      if (error.name === 'AbortError') return;
      blocks.delete(at);
      // It is asked for again when the view moves.
      if (error instanceof ApiError) { told = null; fill(trouble, problem(error)); }
      return;
    } finally {
      reading--;
    }
    readBlocks();
  }

  async function readRows(first, last) {
    const start = Math.max(from, plan.rows[last]);
    const end = Math.min(until, plan.end(plan.rows[first]));
    if (start >= end) return [];
    const changed = [];
    const parameters = {interval: intervalOf(start, end), limit: 2000, cluster: cluster === facts.clusters[0] ? undefined : cluster};
    let mark;
    do {
      const page = await get(path('datasources', datasource, 'chunks'), {...parameters, next: mark}, {signal: frame.signal});
      for (const chunk of page.chunks) {
        const at = Date.parse(chunk.interval.split('/')[0]);
        const before = known.get(at);
        if (before && before.state !== chunk.state) changed.push([at, chunk.state]);
        chunk.differs = before?.differs;
        known.set(at, chunk);
      }
      tellTrouble(page.problem);
      mark = page.next;
    } while (mark);
    grid.refresh(first, last);
    if (!isShown) tellShown();
    if (!hasRange && shown.start !== null && JSON.stringify(known.get(shown.start)) !== shown.text) showChunk(shown.start);
    return changed;
  }

  let isShown = false;

  // When a person sees the first squares, which is after the next frame; PageViewsIT reads it.
  function tellShown() {
    isShown = true;
    requestAnimationFrame(() => setTimeout(() => performance.mark('sluice-squares')));
  }

  let told;

  // The same trouble is told once, however many pages have it.
  function tellTrouble(text) {
    if (told === text) return;
    told = text;
    fill(trouble, text && h('div', {class: 'note bad', role: 'alert'}, 'Druid’s numbers are missing: ', text));
  }

  repeat(async () => {
    const rows = [visible[0], Math.min(visible[1], plan.rows.length - 1)];
    if (!known.size) return 2_000;
    const changed = await readRows(...rows);
    if (changed.length) {
      say(changed.slice(0, 3).map(([at, state]) => chunkName(at, granularity) + ' is now ' + stateName(state)).join(', ')
        + (changed.length > 3 ? ' and ' + (changed.length - 3) + ' more have changed' : ''));
    }
    const isMoving = [...known.values()].some(each => each.state === 'Loading' || each.state === 'Gathering');
    return isMoving ? 3_000 : 6_000;
  }, frame.signal);

  async function differences() {
    if (facts.clusters.length < 2) return;
    try {
      const comparison = await get(path('datasources', datasource, 'clusters'), {}, {signal: frame.signal});
      for (const each of comparison.chunks) {
        const at = floor(Date.parse(each.interval.split('/')[0]), granularity);
        const cell = known.get(at);
        if (cell) cell.differs = true; else known.set(at, {state: 'Unknown', differs: true});
      }
      grid.refresh();
    } catch {
      // The matrix is of use without it.
    }
  }

  let shownRun = null;

  function showChunk(start) {
    const cell = start === null ? undefined : known.get(start);
    shown = {start, text: JSON.stringify(cell)};
    if (start === null) {
      fill(panel, h('h2', {}, 'No chunk chosen'), h('p', {class: 'muted'}, 'Point at a square, or move with the arrow keys. Enter opens its run. Drag, or hold Shift, to choose a range.'));
      return;
    }
    const title = h('h2', {}, chunkName(start, granularity));
    if (!cell) { fill(panel, title, busy()); return; }
    const facts = [['Rows', count(cell.rows)], ['Size', bytes(cell.bytes)], ['Segments', count(cell.segments)],
      ['Versions', count(cell.versions)], ['Files of the run', count(cell.files)]];
    const reason = h('div', {});
    redraw(panel, title,
      h('p', {class: 'state'}, h('span', {class: 'mark ' + cell.state}, (CHUNK_STATES[cell.state]?.sign ?? '?') + ' ' + stateName(cell.state)), ' ', h('span', {class: 'muted'}, CHUNK_STATES[cell.state]?.text)),
      h('dl', {class: 'facts'}, facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
        cell.run && [h('dt', {}, 'Run'), h('dd', {}, h('a', {href: '/runs/' + cell.run}, cell.run.slice(0, 8) + '…'), cell.runState ? ' ' + runSign(cell.runState) + ' ' + stateName(cell.runState) : '')]),
      !cell.run && h('p', {class: 'muted'}, 'No run of it is known.'),
      cell.onHold && h('p', {}, h('strong', {}, 'On hold: '), 'its rows must stay.'),
      cell.differs && h('p', {}, h('strong', {}, 'Differs: '), 'clusters hold other rows of it.'), reason);
    if (cell.run && isBad(cell.runState)) explain(cell.run, reason);
  }

  const runs = new Map();

  async function explain(id, into) {
    shownRun = id;
    if (!runs.has(id)) {
      await new Promise(resolve => setTimeout(resolve, 150));
      // Only where somebody stays for a moment.
      if (shownRun !== id || frame.signal.aborted) return;
    }
    try {
      const run = runs.get(id) ?? await get(path('runs', id), {}, {signal: frame.signal});
      runs.set(id, run);
      const found = run.stateDetails.problem;
      fill(into, h('h3', {}, 'Why'), h('p', {}, h('strong', {}, sentence(found?.code)), ' ', h('code', {}, found?.code ?? run.state)),
        h('p', {class: 'quote'}, found?.message ?? ''), h('p', {}, h('span', {class: 'muted'}, 'Look at '), place(run, found)),
        command(nextCommand(run, found, curl)));
    } catch (error) {
      if (error.name !== 'AbortError') fill(into, problem(error));
    }
  }

  function showRange(first, last) {
    const cells = [...known].filter(([at]) => at >= first && at < last).map(([, cell]) => cell);
    say(cells.length + (cells.length === 1 ? ' time chunk is' : ' time chunks are') + ' chosen');
    rangePanel(panel, frame, facts, {from: first, until: last, cells});
  }
}
