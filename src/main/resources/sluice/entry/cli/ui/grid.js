// The matrix of time chunks. Only the rows in view exist, so years of hours scroll like a week.

import {h, fill} from './dom.js';
import {CHUNK_STATES, stateName} from './words.js';
import {chunkName, compact, count} from './time.js';

const OVERSCAN = 8;

// plan: a layout of time.js. options: from, until (what the matrix covers), cell(start) for what is known of a chunk,
// onView(firstRow, lastRow), onPoint(start), onSelect(from, until) and onOpen(start).
export function matrix(plan, options) {
  const height = plan.columns > 40 ? 22 : 28;
  const heads = plan.heads.map(text => h('span', {role: 'columnheader', class: 'head-cell'}, text));
  const header = h('div', {class: 'matrix-row matrix-head', role: 'row', 'aria-rowindex': '1'},
    h('span', {role: 'columnheader', class: 'row-label'}, 'UTC'), heads, h('span', {role: 'columnheader', class: 'row-sum'}, 'Rows'));
  const body = h('div', {class: 'matrix-body', role: 'rowgroup', style: {height: plan.rows.length * height + 'px'}});
  const element = h('div', {class: 'matrix' + (plan.columns > 24 ? ' dense' : ''), role: 'grid', 'aria-label': 'Time chunks, newest first', 'aria-multiselectable': 'true',
    'aria-rowcount': plan.rows.length + 1, 'aria-colcount': plan.columns + 2,
    style: {'--columns': plan.columns, '--row': height + 'px'}}, h('div', {role: 'rowgroup', class: 'matrix-top'}, header), body);
  const drawn = new Map();
  const chosen = {from: null, until: null, anchor: null};
  let active = null;
  let dragging = false;
  let view = [0, 0];

  const within = start => start !== null && start >= options.from && start < options.until;

  function draw() {
    const first = Math.max(0, Math.floor(element.scrollTop / height) - OVERSCAN);
    const last = Math.min(plan.rows.length - 1, Math.ceil((element.scrollTop + (element.clientHeight || 600)) / height) + OVERSCAN);
    const wanted = Array.from({length: last - first + 1}, (_, at) => first + at);
    // The cell that has the focus stays, however far one scrolls.
    if (active && (active.row < first || active.row > last)) wanted.push(active.row);
    const kept = new Set(wanted);
    for (const [at, row] of drawn) if (!kept.has(at)) { row.remove(); drawn.delete(at); }
    // A screen reader reads the rows in the order of the document, so each goes before the one that it is above.
    let below = null;
    for (const at of wanted.sort((one, other) => other - one)) {
      if (!drawn.has(at)) { const row = newRow(at); drawn.set(at, row); body.insertBefore(row, below); }
      below = drawn.get(at);
    }
    if (view[0] !== first || view[1] !== last) { view = [first, last]; options.onView(first, last); }
  }

  function newRow(at) {
    const start = plan.rows[at];
    const row = h('div', {class: 'matrix-row', role: 'row', 'aria-rowindex': at + 2, style: {top: at * height + 'px'}},
      h('span', {role: 'rowheader', class: 'row-label'}, plan.label(start)));
    plan.cells(start).forEach((chunk, column) => {
      const cell = h('span', {role: 'gridcell', class: 'cell', 'aria-colindex': column + 2});
      if (within(chunk)) cell.dataset.at = chunk; else cell.classList.add('none');
      row.append(cell);
    });
    row.append(h('span', {role: 'gridcell', class: 'row-sum'}));
    paintRow(at, row);
    return row;
  }

  function paintRow(at, row) {
    let sum = 0;
    let isKnown = false;
    for (const cell of row.children) {
      if (cell.dataset.at === undefined) continue;
      const start = Number(cell.dataset.at);
      const known = options.cell(start);
      paint(cell, start, known);
      if (known) { isKnown = true; sum += known.rows ?? 0; }
    }
    row.lastChild.textContent = isKnown && sum ? compact(sum) : '';
  }

  function paint(cell, start, known) {
    const isChosen = chosen.from !== null && start >= chosen.from && start < chosen.until;
    const isActive = active?.start === start;
    const look = 'cell ' + (known ? known.state : 'unread') + (known?.onHold ? ' held' : '') + (known?.differs ? ' differs' : '')
      + (isChosen ? ' chosen' : '');
    const text = !known ? '' : known.differs ? '≠' : known.state === 'Available' ? (plan.columns <= 31 ? compact(known.rows) : '') || '✓' : CHUNK_STATES[known.state]?.sign ?? '?';
    if (cell.className !== look) cell.className = look;
    if (cell.textContent !== text) cell.textContent = text;
    change(cell, 'tabindex', isActive ? '0' : '-1');
    change(cell, 'aria-selected', String(isChosen));
    change(cell, 'aria-label', sentence(start, known));
  }

  // Most squares stay as they are, and what is not written costs the browser nothing.
  function change(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  function sentence(start, known) {
    const name = chunkName(start, plan.granularity);
    if (!known) return name + ': not read yet';
    return name + ': ' + stateName(known.state) + (known.rows ? ', ' + count(known.rows) + ' rows' : '')
      + (known.onHold ? ', on hold' : '') + (known.differs ? ', differs between clusters' : '');
  }

  function refresh(first = 0, last = plan.rows.length - 1) {
    for (const [at, row] of drawn) if (at >= first && at <= last) paintRow(at, row);
  }

  function place(start) {
    for (let at = 0; at < plan.rows.length; at++) {
      if (plan.rows[at] <= start) return {row: at, start, column: plan.cells(plan.rows[at]).indexOf(start)};
    }
    return null;
  }

  function point(start, {focus = true} = {}) {
    const to = place(start);
    if (!to || to.column < 0 || !within(start)) return;
    active = to;
    const top = to.row * height;
    const free = element.clientHeight - height;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height > element.scrollTop + free) element.scrollTop = top + height - free;
    draw();
    refresh();
    if (focus) body.querySelector('[data-at="' + start + '"]')?.focus({preventScroll: true});
    options.onPoint(start);
  }

  function choose(from, until, {tell = true} = {}) {
    chosen.from = from;
    chosen.until = until;
    refresh();
    if (tell) options.onSelect(from, until);
  }

  function chooseBetween(one, other) {
    choose(Math.min(one, other), plan.nextOf(Math.max(one, other)));
  }

  function move(rows, columns, extend) {
    if (!active) return;
    if (extend && chosen.anchor === null) chosen.anchor = active.start;
    let {row, column} = active;
    column += columns;
    if (column < 0) { row += 1; column = plan.columns - 1; }
    if (column >= plan.columns) { row -= 1; column = 0; }
    row += rows;
    if (row < 0 || row >= plan.rows.length) return;
    const cells = plan.cells(plan.rows[row]);
    while (column > 0 && !within(cells[column])) column--;
    while (column < plan.columns - 1 && !within(cells[column])) column++;
    if (!within(cells[column])) return;
    point(cells[column]);
    if (extend) chooseBetween(chosen.anchor, cells[column]);
    else if (chosen.from !== null) { chosen.anchor = null; choose(null, null); }
  }

  element.addEventListener('keydown', event => {
    const page = Math.max(1, Math.floor(element.clientHeight / height) - 2);
    const moves = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [-page, 0], PageDown: [page, 0]};
    if (moves[event.key]) {
      event.preventDefault();
      let [rows, columns] = moves[event.key];
      if (active && Math.abs(rows) > 1) rows = Math.max(-active.row, Math.min(plan.rows.length - 1 - active.row, rows));
      move(rows, columns, event.shiftKey);
    } else if ((event.key === 'Home' || event.key === 'End') && active) {
      event.preventDefault();
      const cells = plan.cells(plan.rows[active.row]).filter(within);
      if (cells.length) point(event.key === 'Home' ? cells[0] : cells.at(-1));
    } else if ((event.key === 'Enter' || event.key === ' ') && active) {
      event.preventDefault();
      options.onOpen(active.start);
    } else if (event.key === 'Escape') {
      chosen.anchor = null;
      choose(null, null);
    }
  });

  const startOf = target => target instanceof Element && target.closest('[data-at]') ? Number(target.closest('[data-at]').dataset.at) : null;

  element.addEventListener('pointerdown', event => {
    const start = startOf(event.target);
    if (start === null || event.button !== 0) return;
    if (event.shiftKey && active) { chosen.anchor ??= active.start; chooseBetween(chosen.anchor, start); event.preventDefault(); return; }
    // A finger scrolls; a mouse or a pen draws a range.
    dragging = event.pointerType !== 'touch';
    chosen.anchor = start;
    if (chosen.from !== null) choose(null, null);
    point(start);
  });
  element.addEventListener('pointermove', event => {
    const start = startOf(event.target);
    if (start === null) return;
    if (dragging && event.buttons & 1) {
      if (start !== chosen.anchor || chosen.from !== null) chooseBetween(chosen.anchor, start);
    } else options.onHover(start);
  });
  addEventListener('pointerup', () => { dragging = false; }, {signal: options.signal});
  element.addEventListener('pointerleave', () => options.onHover(null));
  // The browser tells of a scroll once a frame, before it draws the frame.
  element.addEventListener('scroll', draw, {passive: true});
  new ResizeObserver(() => draw()).observe(element);

  return {element, refresh, draw, choose, point,
    start() {
      const cells = plan.rows.slice(0, 2).flatMap(start => plan.cells(start)).filter(within);
      if (cells.length) active = place(Math.max(...cells));
      draw();
    }};
}

export function legend() {
  return h('ul', {class: 'legend', 'aria-label': 'Signs'},
    Object.entries(CHUNK_STATES).map(([state, {sign, text}]) =>
      h('li', {title: text}, h('span', {class: 'cell ' + state, 'aria-hidden': 'true'}, sign), stateName(state))),
    h('li', {title: 'a hold keeps its rows'}, h('span', {class: 'cell Available held', 'aria-hidden': 'true'}), 'On hold'),
    h('li', {title: 'clusters hold other rows'}, h('span', {class: 'cell Available differs', 'aria-hidden': 'true'}, '≠'), 'Differs'));
}
