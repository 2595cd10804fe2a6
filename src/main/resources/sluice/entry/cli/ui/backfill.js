// Backfills: loading a range of time chunks.

import {curl} from './api.js';
import {h, fill, tabs, command} from './dom.js';
import {chunkName, count, interval as intervalOf} from './time.js';
import {loadAgain, stateName} from './words.js';

// What a chosen range of the matrix holds, and what can be done with it.
export function rangePanel(panel, frame, facts, {from, until, cells}) {
  const states = Map.groupBy(cells, cell => cell.state);
  const rows = cells.reduce((total, cell) => total + (cell.rows ?? 0), 0);
  fill(panel, h('h2', {}, chunkName(from, facts.segmentGranularity) + ' – ' + chunkName(until - 1, facts.segmentGranularity)),
    h('p', {class: 'muted mono'}, intervalOf(from, until)),
    h('dl', {class: 'facts'}, h('dt', {}, 'Time chunks'), h('dd', {}, count(cells.length)), h('dt', {}, 'Rows'), h('dd', {}, count(rows)),
      [...states].map(([state, all]) => [h('dt', {}, stateName(state)), h('dd', {}, count(all.length))])),
    facts.roles.includes('operate') && [h('h3', {}, 'Load the range again'),
      command(loadAgain(facts.datasource, [intervalOf(from, until)], curl))]);
}

export async function backfills(frame, datasource) {
  const base = '/datasources/' + encodeURIComponent(datasource);
  frame.title('Backfills – ' + datasource, ['Datasources', '/'], [datasource, base + '/chunks'], ['Backfills', base + '/backfills']);
  fill(frame.main, h('h1', {}, datasource), tabs(datasource, 'backfills'),
    h('p', {class: 'note'}, 'Choose a range in the ', h('a', {href: base + '/chunks'}, 'matrix of time chunks'), '.'));
}
