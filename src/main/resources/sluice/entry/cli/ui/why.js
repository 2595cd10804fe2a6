// For each red square one sentence, the code, the place and the next command.

import {get, path, readFacts, each, curl} from './api.js';
import {h, fill, heading, tabs, busy, problem, command} from './dom.js';
import {floor, next, interval as intervalOf, chunkName, moment} from './time.js';
import {sentence, place, nextCommand, stateName, runSign, runTone} from './words.js';
import {defaultInterval, readInterval} from './chunks.js';

const MOST_PAGES = 5;
const MOST_RUNS = 50;

export async function why(frame, datasource) {
  const base = '/datasources/' + encodeURIComponent(datasource);
  frame.title('Why – ' + datasource, ['Datasources', '/'], [datasource, base + '/chunks'], ['Why', base + '/why']);
  const list = h('div', {}, busy('Looking for time chunks that are not as they should be …'));
  fill(frame.main, heading(datasource, 'why'), tabs(datasource, 'why'), list);
  const facts = await readFacts(datasource, frame.signal);
  const granularity = facts.segmentGranularity;
  const given = readInterval(new URLSearchParams(location.search).get('interval'));
  const [first, until] = given ?? defaultInterval(facts);
  const from = given ? first : Math.max(first, floor(next(floor(until, granularity), granularity, -2000 * MOST_PAGES + 1), granularity));
  const red = [];
  let mark;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await get(path('datasources', datasource, 'chunks'), {interval: intervalOf(from, until), limit: 2000, next: mark}, {signal: frame.signal});
    red.push(...found.chunks.filter(chunk => chunk.state === 'Failed' || chunk.state === 'RolledBack'));
    mark = found.next;
    if (!mark) break;
  }
  const byRun = Map.groupBy(red.filter(chunk => chunk.run), chunk => chunk.run);
  if (!byRun.size) {
    fill(list, h('p', {class: 'note good'}, '✓ No time chunk from ' + chunkName(from, granularity) + ' to ' + chunkName(until, granularity) + ' has failed.'));
    return;
  }
  const cards = new Map([...byRun].reverse().slice(0, MOST_RUNS).map(([run, chunks]) => [run, {chunks, element: h('article', {class: 'card'}, busy())}]));
  fill(list, h('p', {class: 'lead'}, red.length + (red.length === 1 ? ' time chunk' : ' time chunks') + ' of ' + byRun.size + (byRun.size === 1 ? ' run' : ' runs') + ', the newest first.'),
    [...cards.values()].map(card => card.element),
    byRun.size > MOST_RUNS && h('p', {class: 'muted'}, 'and ' + (byRun.size - MOST_RUNS) + ' more runs'));
  await each(cards, 4, async ([id, {chunks, element}]) => {
    try {
      card(element, await get(path('runs', id), {}, {signal: frame.signal}), chunks, granularity);
    } catch (error) {
      if (error.name === 'AbortError') throw error;
      fill(element, problem(error));
    }
  });
}

function card(element, run, chunks, granularity) {
  const found = run.stateDetails.problem;
  const names = chunks.map(chunk => chunkName(Date.parse(chunk.interval.split('/')[0]), granularity));
  const rows = chunks.reduce((total, chunk) => total + (chunk.rows ?? 0), 0);
  fill(element,
    h('h2', {}, names.length > 3 ? names[0] + ' … ' + names.at(-1) + ' (' + names.length + ')' : names.join(', '), ' ',
      h('span', {class: 'mark ' + runTone(run.state)}, runSign(run.state) + ' ' + stateName(run.state))),
    h('p', {class: 'sentence'}, sentence(found?.code), ' ', h('code', {}, found?.code ?? run.state), rows > 0 && h('span', {class: 'muted'}, ' Rows of an earlier run are served.')),
    found?.message && h('p', {class: 'quote'}, found.message),
    h('p', {}, h('span', {class: 'muted'}, 'Look at '), h('span', {class: 'mono'}, place(run, found)), h('span', {class: 'muted'}, '. Run '),
      h('a', {href: '/runs/' + run.id, class: 'mono'}, run.id.slice(0, 8) + '…'), h('span', {class: 'muted'}, ', attempt ' + run.attempt + ', ' + moment(run.stateDetails.since))),
    command(nextCommand(run, found, curl)));
}
