// Time chunks of Druid's granularities in UTC, and how a matrix lays them out. Times are milliseconds since 1970.

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const FIXED = {SECOND: 1000, MINUTE, FIVE_MINUTE: 5 * MINUTE, TEN_MINUTE: 10 * MINUTE, FIFTEEN_MINUTE: 15 * MINUTE,
  THIRTY_MINUTE: 30 * MINUTE, HOUR, SIX_HOUR: 6 * HOUR, EIGHT_HOUR: 8 * HOUR, DAY, WEEK: 7 * DAY};
const MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12};
const MONDAY = Date.UTC(1970, 0, 5);

export function floor(time, granularity) {
  if (granularity === 'WEEK') return MONDAY + Math.floor((time - MONDAY) / (7 * DAY)) * 7 * DAY;
  if (FIXED[granularity]) return Math.floor(time / FIXED[granularity]) * FIXED[granularity];
  const date = new Date(time);
  const months = MONTHS[granularity];
  const month = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months) * months;
  return Date.UTC(Math.floor(month / 12), month % 12);
}

export function next(start, granularity, steps = 1) {
  if (FIXED[granularity]) return start + steps * FIXED[granularity];
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + steps * MONTHS[granularity]);
}

// How many chunks of the granularity lie side by side, what a row stands for, and what its columns are called.
const two = number => String(number).padStart(2, '0');
const numbers = (count, from = 0) => Array.from({length: count}, (_, at) => two(at + from));
const LAYOUTS = {
  SECOND: {row: 'MINUTE', columns: 60, heads: numbers(60).map((text, at) => at % 5 ? '' : text)},
  MINUTE: {row: 'HOUR', columns: 60, heads: numbers(60).map((text, at) => at % 5 ? '' : text)},
  FIVE_MINUTE: {row: 2 * HOUR, columns: 24}, TEN_MINUTE: {row: 4 * HOUR, columns: 24},
  FIFTEEN_MINUTE: {row: 6 * HOUR, columns: 24}, THIRTY_MINUTE: {row: 12 * HOUR, columns: 24},
  HOUR: {row: 'DAY', columns: 24, heads: numbers(24)},
  SIX_HOUR: {row: 'DAY', columns: 4, heads: ['00', '06', '12', '18']},
  EIGHT_HOUR: {row: 'DAY', columns: 3, heads: ['00', '08', '16']},
  DAY: {row: 'MONTH', columns: 31, heads: numbers(31, 1)},
  WEEK: {row: 'YEAR', columns: 53, heads: numbers(53, 1).map((text, at) => at % 4 ? '' : text)},
  MONTH: {row: 'YEAR', columns: 12, heads: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']},
  QUARTER: {row: 'YEAR', columns: 4, heads: ['Q1', 'Q2', 'Q3', 'Q4']},
  YEAR: {row: 'DECADE', columns: 10, heads: numbers(10).map(text => text[1])},
};

// The layout of a span: rows from the newest to the oldest, each with its chunks; columns without a chunk are null.
export function layout(granularity, from, until) {
  const shape = LAYOUTS[granularity] ?? LAYOUTS.DAY;
  const rows = [];
  const newest = floor(until - 1, granularity);
  for (let start = rowStart(newest, shape.row); ; start = rowStart(start - 1, shape.row)) {
    rows.push(start);
    if (start <= from || rows.length >= 20_000) break;
  }
  const heads = shape.heads ?? numbers(shape.columns).map((text, at) => at % 2 ? '' : '+' + span(at * FIXED[granularity]));
  return {granularity, shape, rows, heads, columns: shape.columns,
    cells: start => cells(start, granularity, shape), label: start => rowLabel(start, shape.row),
    end: start => rowEnd(start, shape.row)};
}

function rowStart(time, row) {
  if (typeof row === 'number') return Math.floor(time / row) * row;
  if (row === 'DECADE') return Date.UTC(Math.floor(new Date(time).getUTCFullYear() / 10) * 10, 0);
  return floor(time, row);
}

function rowEnd(start, row) {
  if (typeof row === 'number') return start + row;
  if (row === 'DECADE') return Date.UTC(new Date(start).getUTCFullYear() + 10, 0);
  return next(start, row);
}

function cells(start, granularity, shape) {
  const end = rowEnd(start, shape.row);
  const all = [];
  let chunk = floor(start, granularity);
  if (chunk < start) chunk = next(chunk, granularity);
  for (; chunk < end && all.length < shape.columns; chunk = next(chunk, granularity)) all.push(chunk);
  while (all.length < shape.columns) all.push(null);
  return all;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function rowLabel(start, row) {
  const text = new Date(start).toISOString();
  if (row === 'DECADE') return text.slice(0, 3) + '0s';
  if (row === 'YEAR') return text.slice(0, 4);
  if (row === 'MONTH') return text.slice(0, 7);
  if (row === 'DAY') return WEEKDAYS[new Date(start).getUTCDay()] + ' ' + text.slice(0, 10);
  return text.slice(0, 16).replace('T', ' ');
}

// A time as short as its granularity allows.
export function chunkName(start, granularity) {
  const text = new Date(start).toISOString();
  if (granularity === 'YEAR') return text.slice(0, 4);
  if (granularity === 'MONTH' || granularity === 'QUARTER') return text.slice(0, 7);
  if (granularity === 'DAY' || granularity === 'WEEK') return text.slice(0, 10);
  return text.slice(0, granularity === 'SECOND' ? 19 : 16).replace('T', ' ');
}

export const iso = time => new Date(time).toISOString().replace('.000Z', 'Z');
export const day = time => new Date(time).toISOString().slice(0, 10);
export const interval = (from, until) => shortTime(from) + '/' + shortTime(until);
const shortTime = time => time % DAY === 0 ? day(time) : iso(time);

export function moment(text) {
  if (!text) return '–';
  return new Date(text).toISOString().slice(0, 19).replace('T', ' ');
}

// A duration in at most two units, such as "3 h 20 min".
export function span(millis) {
  const units = [['d', DAY], ['h', HOUR], ['min', MINUTE], ['s', 1000]];
  let left = Math.max(0, millis);
  if (left < 1000) return left === 0 ? '0 s' : Math.round(left) + ' ms';
  const parts = [];
  for (const [name, length] of units) {
    const count = Math.floor(left / length);
    if (count > 0) parts.push(count + ' ' + name);
    else if (parts.length) break;
    left -= count * length;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

export const ago = (text, now = Date.now()) => span(now - Date.parse(text)) + ' ago';

// An ISO-8601 duration such as PT2H or P1DT6H in milliseconds; months and years, which definitions do not use here, are 0.
export function duration(text) {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text ?? '');
  return parts ? (parts[1] ?? 0) * DAY + (parts[2] ?? 0) * HOUR + (parts[3] ?? 0) * MINUTE + (parts[4] ?? 0) * 1000 : 0;
}

// A period such as P365D in words.
export function period(text) {
  const parts = /^P(\d+)([DWMY])$/.exec(text ?? '');
  const name = {D: 'day', W: 'week', M: 'month', Y: 'year'}[parts?.[2]];
  return parts ? parts[1] + ' ' + name + (parts[1] === '1' ? '' : 's') : text;
}

export function compact(number) {
  if (number === undefined || number === null) return '';
  if (number < 1000) return String(number);
  for (const [limit, unit] of [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']]) {
    if (number >= limit) return (number / limit).toFixed(number / limit < 10 ? 1 : 0).replace('.0', '') + unit;
  }
  return String(number);
}

// Made once: a matrix names the rows of hundreds of squares at a time.
const NUMBERS = new Intl.NumberFormat('en');
export const count = number => number === undefined || number === null ? '–' : NUMBERS.format(number);

export function bytes(size) {
  if (size === undefined || size === null) return '–';
  if (size < 1024) return size + ' B';
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let at = -1, value = size;
  do { value /= 1024; at++; } while (value >= 1024 && at < units.length - 1);
  return value.toFixed(value < 10 ? 1 : 0) + ' ' + units[at];
}
