// Calls of the API, through the server that signs them. Every call of a view is kept, so that the view can show it.

let calls = [];
let shown = () => {};
let about = {api: '', curl: '', version: ''};

export class ApiError extends Error {
  constructor(status, body) {
    super(body.detail ?? 'The server answered ' + status);
    this.status = status;
    this.title = body.title ?? 'Error ' + status;
    this.detail = body.detail;
    this.findings = body.findings ?? [];
  }
}

// Read beside the first call of the API and not before it. Commands that a view shows need it.
const aboutRead = fetch('/about.json').then(response => response.json()).then(found => { about = found; shown(calls); });
aboutRead.catch(() => {});

export async function readAbout() {
  await aboutRead;
  return about;
}

export const apiAddress = () => about.api;

// As RFC 3986 and AWS want it: encodeURIComponent leaves five more characters as they are.
const encoded = text => encodeURIComponent(text).replace(/[!'()*]/g, each => '%' + each.charCodeAt(0).toString(16).toUpperCase());

export function path(...segments) {
  return '/v1/' + segments.map(encoded).join('/');
}

export async function get(target, parameters = {}, options = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null));
  const address = query.size ? target + '?' + query : target;
  note({method: 'GET', address, cli: options.cli});
  return answer(await fetch(address, {headers: {accept: 'application/json'}, signal: options.signal}));
}

const LONGEST_KEPT = 60_000;
const factsRead = new Map();

// What the API says of a datasource. The list and the views of one datasource begin with the same answer for a minute, so
// that going from one to the next waits for nothing.
export async function readFacts(datasource, signal, {anew = false} = {}) {
  const target = path('datasources', datasource);
  const kept = factsRead.get(target);
  if (!anew && kept && Date.now() - kept.at < LONGEST_KEPT) {
    note({method: 'GET', address: target});
    return kept.facts;
  }
  const at = Date.now();
  const facts = await get(target, {}, {signal});
  factsRead.set(target, {at, facts});
  return facts;
}

export async function send(method, target, body, {headers = {}, cli, signal} = {}) {
  const text = JSON.stringify(body);
  factsRead.clear();
  note({method, address: target, body: text, cli});
  return answer(await fetch(target, {method, body: text, signal,
    headers: {'content-type': 'application/json', accept: 'application/json', ...headers}}));
}

async function answer(response) {
  let body = {};
  await aboutRead.catch(() => {});
  try {
    body = await response.json();
  } catch {
    body = {detail: response.status === 403
      ? 'The page’s key is not valid any more. Open the address that “sluice ui” has printed.'
      : 'The answer is not JSON (status ' + response.status + ')'};
  }
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}

// What a view did; the same call again, such as by polling, counts once.
function note(call) {
  const known = calls.find(each => each.method === call.method && each.address === call.address && each.body === call.body);
  if (known) return;
  calls.push(call);
  shown(calls);
}

export function newView(listener) {
  calls = [];
  shown = listener;
  shown(calls);
}

const quoted = text => "'" + text.replaceAll("'", "'\\''") + "'";

export function curl({method, address, body}) {
  return ['curl -sS', about.curl, method === 'GET' ? '' : '-X ' + method,
    body === undefined ? '' : "-H 'content-type: application/json' -d " + quoted(body), quoted(about.api + address)]
    .filter(Boolean).join(' ');
}

// Repeats a step while the view is open and visible. The step says after how many milliseconds it wants to run again.
export function repeat(step, signal) {
  let timer;
  const run = async () => {
    if (signal.aborted) return;
    let pause = 10_000;
    if (!document.hidden) {
      try {
        pause = await step() ?? pause;
      } catch (error) {
        if (error.name === 'AbortError') return;
        pause = 15_000;
      }
    }
    if (!signal.aborted) timer = setTimeout(run, pause);
  };
  signal.addEventListener('abort', () => clearTimeout(timer));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) { clearTimeout(timer); run(); }
  }, {signal});
  timer = setTimeout(run, 0);
}

// At most so many at a time, in order.
export async function each(items, most, work) {
  const left = [...items];
  await Promise.all(Array.from({length: most}, async () => {
    while (left.length) await work(left.shift());
  }));
}
