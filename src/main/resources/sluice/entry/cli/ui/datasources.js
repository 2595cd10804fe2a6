// All datasources: how fresh, what has failed in a day, what waits.

import {get, path, readFacts, each, repeat} from './api.js';
import {h, fill, redraw, problem, say} from './dom.js';
import {ago, duration, span} from './time.js';
import {isBad, isLive} from './words.js';

const DAY = 24 * 3600 * 1000;

const COLUMNS = [
  ['name', 'Datasource', fact => fact.datasource],
  ['freshness', 'Freshness', fact => fact.age === undefined ? Infinity : -fact.age / (fact.limit || Infinity)],
  ['load', 'Last load', fact => -(fact.last ?? 0)],
  ['bad', 'Failed, 24 h', fact => -(fact.bad ?? -1)],
  ['live', 'Under way', fact => -(fact.live ?? -1)],
  ['clusters', 'Clusters', fact => fact.clusters.join()],
  ['chunk', 'Time chunk', fact => fact.segmentGranularity],
  ['definition', 'Definition', fact => -(fact.version ?? 0)],
];

export async function datasources(frame) {
  frame.title('Datasources', ['Datasources', '/']);
  const parameters = new URLSearchParams(location.search);
  const state = {sort: parameters.get('sort') ?? 'name', filter: parameters.get('filter') ?? '', facts: []};
  const body = h('tbody', {});
  const summary = h('p', {class: 'lead muted'}, 'Reading …');
  const clusterList = h('div', {class: 'chips', role: 'group', 'aria-label': 'Clusters'});
  const filter = h('input', {type: 'search', id: 'filter', value: state.filter, placeholder: 'name, cluster, failed, stale', autocomplete: 'off'});
  const heads = COLUMNS.map(([id, text]) => h('th', {scope: 'col', class: ['bad', 'live'].includes(id) ? 'number' : ''},
    h('button', {type: 'button', class: 'sort', onclick: () => { state.sort = id; keep(); draw(); }}, text)));
  fill(frame.main,
    h('div', {class: 'head'}, h('div', {}, h('h1', {}, 'Datasources'), summary),
      h('label', {class: 'field'}, 'Filter', filter)),
    clusterList,
    h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Datasources'},
      h('table', {class: 'list'}, h('caption', {class: 'unseen'}, 'Datasources'), h('thead', {}, h('tr', {}, heads)), body)));

  filter.addEventListener('input', () => { state.filter = filter.value; keep(); draw(); });

  function keep() {
    const query = new URLSearchParams();
    if (state.sort !== 'name') query.set('sort', state.sort);
    if (state.filter) query.set('filter', state.filter);
    history.replaceState(null, '', query.size ? '/?' + query : '/');
  }

  function draw() {
    const order = COLUMNS.find(([id]) => id === state.sort)?.[2] ?? COLUMNS[0][2];
    const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = state.facts
      .filter(fact => words.every(word => searchText(fact).includes(word)))
      .sort((left, right) => compare(order(left), order(right)) || compare(left.datasource, right.datasource));
    heads.forEach((head, at) => COLUMNS[at][0] === state.sort ? head.setAttribute('aria-sort', 'ascending') : head.removeAttribute('aria-sort'));
    redraw(body, rows.map(row));
    if (!rows.length && state.facts.length) fill(body, h('tr', {}, h('td', {colspan: COLUMNS.length, class: 'muted'}, 'No datasource fits the filter.')));
    const stale = state.facts.filter(fact => fact.isStale).length;
    const bad = state.facts.filter(fact => fact.bad > 0).length;
    const text = state.facts.length + (state.facts.length === 1 ? ' datasource' : ' datasources') + (stale ? ', ' + stale + ' stale' : '') + (bad ? ', ' + bad + ' with failures in 24 hours' : '');
    summary.textContent = text;
    say(text);
  }

  let found;
  try {
    ({datasources: found} = await get(path('datasources'), {}, {signal: frame.signal}));
  } catch (error) {
    summary.textContent = '';
    throw error;
  }
  state.facts = found.map(each => ({...each, limit: duration(each.freshness)}));
  if (!found.length) {
    fill(body, h('tr', {}, h('td', {colspan: COLUMNS.length}, 'There is no definition yet. Apply one: ', h('code', {}, 'sluice apply definitions/'))));
  }
  draw();
  clusters(clusterList, frame.signal);
  repeat(async () => {
    const since = new Date(Date.now() - DAY).toISOString();
    await each(state.facts, 4, async fact => {
      if (frame.signal.aborted) return;
      try {
        await complete(fact, since, frame.signal);
      } catch (error) {
        if (error.name === 'AbortError') throw error;
        fact.problem = error.detail ?? error.message;
      }
    });
    draw();
    return 15_000;
  }, frame.signal);
}

// One page of the day's runs, and the newest available run on each cluster.
async function complete(fact, since, signal) {
  const [day, detail] = await Promise.all([
    get(path('runs'), {datasource: fact.datasource, since: since.slice(0, 14) + '00:00Z', limit: 200}, {signal}),
    readFacts(fact.datasource, signal, {anew: true})]);
  fact.isMore = Boolean(day.next);
  fact.bad = day.runs.filter(run => isBad(run.state)).length;
  fact.live = day.runs.filter(run => isLive(run.state)).length;
  fact.held = detail.held;
  const times = detail.held.map(each => each.dataAt).filter(Boolean).map(Date.parse);
  // The oldest of the clusters counts: each must be fresh.
  fact.last = times.length === detail.held.length && times.length ? Math.min(...times) : times.length ? Math.min(...times) : undefined;
  fact.age = fact.last === undefined ? undefined : Date.now() - fact.last;
  fact.isStale = fact.limit > 0 && (fact.age === undefined || fact.age > fact.limit);
  fact.problem = detail.held.map(each => each.problem).find(Boolean);
}

function row(fact) {
  const base = '/datasources/' + encodeURIComponent(fact.datasource);
  return h('tr', {},
    h('th', {scope: 'row'}, h('a', {href: base + '/chunks'}, fact.datasource)),
    h('td', {}, freshness(fact)),
    h('td', {class: 'nowrap'}, fact.last ? h('a', {href: base + '/runs', title: new Date(fact.last).toISOString()}, ago(new Date(fact.last).toISOString())) : h('span', {class: 'muted'}, fact.held ? 'none yet' : '…')),
    h('td', {class: 'number'}, fact.bad === undefined ? '…' : fact.bad ? h('a', {class: 'mark Failed', href: base + '/why', 'aria-label': fact.bad + (fact.isMore ? ' or more' : '') + ' failed: why'}, '✕ ' + fact.bad + (fact.isMore ? '+' : '')) : h('span', {class: 'muted'}, '0')),
    h('td', {class: 'number'}, fact.live === undefined ? '…' : fact.live ? h('a', {class: 'mark Loading', href: base + '/runs', 'aria-label': fact.live + ' under way: runs'}, '▸ ' + fact.live) : h('span', {class: 'muted'}, '0')),
    h('td', {}, (fact.held ?? fact.clusters.map(cluster => ({cluster}))).map(each =>
      h('span', {class: 'chip' + (each.problem ? ' bad' : ''), title: each.problem ?? ''}, each.problem ? '✕ ' : '', each.cluster))),
    h('td', {}, fact.segmentGranularity.toLowerCase().replaceAll('_', ' ')),
    h('td', {}, h('a', {href: base + '/definition'}, fact.version ? 'version ' + fact.version : 'file')));
}

function freshness(fact) {
  if (!fact.limit) return h('span', {class: 'muted'}, 'no limit');
  if (!fact.held) return fact.problem ? h('span', {class: 'chip bad', title: fact.problem}, '✕ ' + fact.problem) : '…';
  const share = fact.age === undefined ? 1 : Math.min(1, fact.age / fact.limit);
  const text = fact.age === undefined ? 'no data' : span(fact.age) + ' of ' + span(fact.limit);
  return h('span', {class: 'gauge' + (fact.isStale ? ' stale' : '')},
    h('span', {class: 'bar', 'aria-hidden': 'true'}, h('span', {style: {'--share': share}})),
    fact.isStale ? '✕ stale, ' : '✓ ', text);
}

async function clusters(place, signal) {
  try {
    const {clusters: all} = await get(path('clusters'), {}, {signal, cli: 'sluice doctor'});
    fill(place, all.map(each => h('span', {class: 'chip' + (each.reachable ? '' : ' bad'), title: each.error ?? ''},
      each.reachable ? '✓ ' : '✕ ', h('strong', {}, each.name), each.reachable ? ' Druid ' + each.version + ', ' + each.workerCapacity + ' task slots' : ' does not answer')));
  } catch (error) {
    if (error.name !== 'AbortError') fill(place, problem(error));
  }
}

const searchText = fact => [fact.datasource, ...fact.clusters, fact.bad ? 'failed' : '', fact.isStale ? 'stale' : '', fact.live ? 'loading' : ''].join(' ').toLowerCase();
const compare = (left, right) => left < right ? -1 : left > right ? 1 : 0;
