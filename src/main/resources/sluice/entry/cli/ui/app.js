// Which view an address shows, and the frame around it.

import {apiAddress, curl, newView, readAbout} from './api.js';
import {h, fill, command, problem, say} from './dom.js';
import {datasources} from './datasources.js';
import {chunks} from './chunks.js';
import {runs, run} from './run.js';
import {why} from './why.js';
import {definition} from './definition.js';
import {backfills} from './backfill.js';

const VIEWS = [
  [/^\/$/, datasources],
  [/^\/datasources\/([^/]+)(?:\/chunks)?\/?$/, chunks],
  [/^\/datasources\/([^/]+)\/runs\/?$/, runs],
  [/^\/datasources\/([^/]+)\/why\/?$/, why],
  [/^\/datasources\/([^/]+)\/definition\/?$/, definition],
  [/^\/datasources\/([^/]+)\/backfills(?:\/([^/]+))?\/?$/, backfills],
  [/^\/runs\/([^/]+)\/?$/, run],
];

const main = document.getElementById('main');
let open = new AbortController();

async function show(isFirst) {
  open.abort();
  open = new AbortController();
  const {signal} = open;
  newView(calls => { if (!signal.aborted) showCalls(calls); });
  const found = VIEWS.map(([pattern, view]) => ({view, match: pattern.exec(location.pathname)})).find(each => each.match);
  fill(main);
  crumbs([]);
  if (!found) {
    fill(main, h('h1', {}, 'There is no such page'), h('p', {}, h('a', {href: '/'}, 'All datasources')));
    return;
  }
  const names = found.match.slice(1).map(name => name && decodeURIComponent(name));
  const frame = {main, signal, title: (text, ...way) => { document.title = text + ' – Sluice'; crumbs(way); }, go};
  try {
    await found.view(frame, ...names);
    if (!isFirst) focusHeading();
  } catch (error) {
    if (error.name === 'AbortError' || signal.aborted) return;
    main.querySelectorAll('.busy').forEach(each => each.remove());
    main.append(problem(error));
  }
}

function focusHeading() {
  const heading = main.querySelector('h1');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({preventScroll: true});
  scrollTo(0, 0);
}

// Each part is [text, address].
function crumbs(way) {
  fill(document.getElementById('crumbs'), h('ol', {}, way.map(([text, href], at) =>
    h('li', {}, h('a', {href, 'aria-current': at === way.length - 1 ? 'page' : null}, text)))));
}

const callsOf = document.getElementById('calls');
let lastCalls = [];

function showCalls(calls) {
  lastCalls = calls;
  // Nobody looks: a view that reads much does not build what is folded.
  if (!callsOf.open) return;
  const list = document.getElementById('callList');
  const lines = calls.slice(-12).map(call => [call.cli && command(call.cli), command(curl(call))]);
  fill(list, lines, calls.length > 12 && h('p', {class: 'muted'}, 'and ' + (calls.length - 12) + ' earlier ones of the same kind'));
}

callsOf.addEventListener('toggle', () => showCalls(lastCalls));

export function go(address, {replace = false} = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  show(false);
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const target = new URL(link.href);
  if (target.origin !== location.origin || target.pathname === '/list' || link.getAttribute('href').startsWith('#')) return;
  event.preventDefault();
  go(target.pathname + target.search);
});
addEventListener('popstate', () => show(false));

show(true);
readAbout().then(() => {
  fill(document.getElementById('api'), h('span', {class: 'unseen'}, 'API at '), apiAddress().replace(/^https?:\/\//, ''));
}, () => say('The server of the page does not answer'));
