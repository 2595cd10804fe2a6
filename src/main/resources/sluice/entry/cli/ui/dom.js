// Elements from data. Text becomes text nodes only: nothing that the API answers can become markup.

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name === 'style') for (const [key, each] of Object.entries(value)) element.style.setProperty(key, each);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'href') element.setAttribute('href', safe(value));
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'open') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of [children].flat(9)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

// Draws anew what people are in. The focus goes to what is now in place of the element that had it, else to the heading.
export function redraw(element, ...children) {
  const held = element.contains(document.activeElement) ? document.activeElement : null;
  fill(element, ...children);
  if (!held) return;
  const same = [...element.querySelectorAll(held.tagName)].filter(each => nameOf(each) === nameOf(held));
  const heading = element.querySelector('h1') ?? document.querySelector('main h1');
  if (!same.length && heading) heading.tabIndex = -1;
  if (held.tagName === 'H1' && same.length) same[0].tabIndex = -1;
  (same[0] ?? heading)?.focus({preventScroll: true});
}

const nameOf = element => element.tagName + ' ' + (element.id || element.getAttribute('href') || element.textContent);

// A link goes to a view of this page or to a web address, never to a script.
function safe(address) {
  return /^(\/(?!\/)|https?:\/\/|#)/.test(address) ? address : '#';
}

export function copyButton(text, label = 'Copy') {
  const button = h('button', {type: 'button', class: 'quiet small'}, label);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
      say('Copied');
    } catch {
      button.textContent = 'Select it by hand';
    }
    setTimeout(() => { button.textContent = label; }, 1500);
  });
  return button;
}

export function command(text) {
  return h('div', {class: 'command'}, h('code', {tabindex: '0'}, text), copyButton(text));
}

// Tells a screen reader what has changed.
export function say(text) {
  const place = document.getElementById('said');
  if (place.textContent !== text) place.textContent = text;
}

export function table(caption, heads, rows) {
  return h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
    h('table', {},
      h('caption', {class: 'unseen'}, caption),
      h('thead', {}, h('tr', {}, heads.map(head => h('th', {scope: 'col', class: head.startsWith('#') ? 'number' : ''}, head.replace('#', ''))))),
      h('tbody', {}, rows)));
}

export function tabs(datasource, active) {
  const base = '/datasources/' + encodeURIComponent(datasource);
  const all = [['chunks', 'Time chunks', base + '/chunks'], ['runs', 'Runs', base + '/runs'], ['why', 'Why', base + '/why'],
    ['definition', 'Definition', base + '/definition'], ['backfills', 'Backfills', base + '/backfills']];
  return h('nav', {class: 'tabs', 'aria-label': 'Views of the datasource'},
    all.map(([id, text, href]) => h('a', {href, 'aria-current': id === active ? 'page' : null}, text)));
}

// The heading of a view of a datasource. Who does not see which tab is open hears it.
export function heading(datasource, view, ...more) {
  return h('h1', {}, datasource, ' ', h('span', {class: 'unseen'}, view), more);
}

// A day as it is written everywhere else on the page. A browser's own date field has the order of its language instead.
export function dayField(id, value) {
  return h('input', {type: 'text', id, value, class: 'day', inputmode: 'numeric', autocomplete: 'off', spellcheck: 'false',
    placeholder: 'year-month-day', title: 'Year, month and day, such as 2026-01-31'});
}

// Says at the field what is wrong with a range of days; true if nothing is.
export function isRange(first, last) {
  first.setCustomValidity(isDay(first.value) ? '' : 'There is no such day.');
  last.setCustomValidity(!isDay(last.value) ? 'There is no such day.' : first.value >= last.value ? 'The range ends before it begins.' : '');
  return first.reportValidity() && last.reportValidity();
}

// Date.parse takes the 31st of February for a day in March.
const isDay = text => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

export function problem(error) {
  return h('div', {class: 'note bad', role: 'alert'},
    h('strong', {}, error.title ?? 'It did not work'), ' ', error.detail ?? error.message,
    (error.findings ?? []).length > 0 && h('ul', {}, error.findings.map(finding =>
      h('li', {}, h('code', {}, finding.code), ' ', finding.pointer, ': ', finding.message))));
}

export function busy(text = 'Reading …') {
  return h('p', {class: 'muted busy'}, text);
}
