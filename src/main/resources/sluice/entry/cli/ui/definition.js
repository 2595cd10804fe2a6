// The versions of a definition: who and when, what differs, what a return would change, and the return itself.

import {get, path, readFacts, send, repeat} from './api.js';
import {h, fill, heading, tabs, table, busy, problem, say} from './dom.js';
import {moment, ago} from './time.js';

export async function definition(frame, datasource) {
  const base = '/datasources/' + encodeURIComponent(datasource);
  frame.title('Definition – ' + datasource, ['Datasources', '/'], [datasource, base + '/chunks'], ['Definition', base + '/definition']);
  fill(frame.main, heading(datasource, 'definition'), tabs(datasource, 'definition'), busy());
  const facts = await readFacts(datasource, frame.signal);
  if (!facts.version) {
    fill(frame.main, heading(datasource, 'definition'), tabs(datasource, 'definition'),
      h('p', {class: 'note'}, 'The definition is a file, so it has no versions here. ', h('code', {}, 'sluice apply'), ' stores it as version 1.'));
    return;
  }
  const [{versions, active}, {activations}] = await Promise.all([
    get(path('definitions', datasource, 'versions'), {limit: 100}, {signal: frame.signal}),
    get(path('definitions', datasource, 'history'), {limit: 100}, {signal: frame.signal, cli: 'sluice history ' + datasource})]);
  const parameters = new URLSearchParams(location.search);
  const right = Number(parameters.get('to') ?? active);
  const left = Number(parameters.get('from') ?? versions.find(each => each.number < right)?.number ?? right);
  const texts = new Map();
  const textOf = async number => texts.get(number) ?? texts.set(number, (await get(path('definitions', datasource, 'versions', String(number)), {}, {signal: frame.signal})).text).get(number);
  const difference = h('div', {}, busy());
  const planned = h('div', {});
  const select = (id, value) => {
    const choice = h('select', {id}, versions.map(each => h('option', {value: String(each.number)}, 'version ' + each.number)));
    choice.value = String(value);
    return choice;
  };
  const older = select('older', left), newer = select('newer', right);
  for (const choice of [older, newer]) choice.addEventListener('change', () => frame.go(base + '/definition?from=' + older.value + '&to=' + newer.value));
  const mayApply = facts.roles.includes('apply');
  const mayMoveRows = facts.roles.includes('operate');
  const target = Number(right) === active ? left : right;
  fill(frame.main, heading(datasource, 'definition'), tabs(datasource, 'definition'),
    h('section', {}, h('h2', {}, 'Activations'), table('Activations, newest first', ['At (UTC)', 'What', 'Version', 'Who', 'Reason or note'], activations.map(move => {
      const version = versions.find(each => each.number === move.version);
      return h('tr', {class: move.version === active ? 'strong' : ''}, h('td', {class: 'nowrap'}, moment(move.at), ' ', h('span', {class: 'muted'}, ago(move.at))),
        h('td', {}, move.kind === 'ROLLBACK' ? '↶ rolled back' : 'applied'), h('td', {}, 'v' + move.version, move.version === active ? ' (active)' : ''),
        h('td', {class: 'wrap'}, move.author), h('td', {class: 'wrap'}, move.reason ?? version?.note ?? '', version?.commit && move.kind === 'APPLY' ? h('span', {class: 'muted'}, ' commit ' + version.commit) : ''));
    }))),
    h('section', {}, h('h2', {}, 'Difference'),
      h('div', {class: 'tools'}, h('label', {class: 'field'}, 'From', older), h('label', {class: 'field'}, 'To', newer),
        facts.roles.includes('plan') && h('button', {type: 'button', onclick: plan}, 'Plan version ' + target),
        mayApply && target !== active && h('button', {type: 'button', class: 'danger', onclick: () => rollback(target)}, 'Roll back to version ' + target)),
      planned, difference));
  if (left === right) {
    fill(difference, h('pre', {class: 'diff', tabindex: '0'}, await textOf(right)));
  } else {
    const [before, after] = await Promise.all([textOf(left),
      get(path('definitions', datasource, 'versions', String(right)), {comparedWith: left}, {signal: frame.signal})]);
    texts.set(right, after.text);
    fill(difference, after.changes && [h('h3', {}, 'In words'), words(after.changes)], h('h3', {}, 'Line by line'), diff(before, after.text));
  }

  async function plan() {
    fill(planned, busy('Planning against the clusters …'));
    try {
      const {plans: [found]} = await send('POST', path('plan'), {definitions: [await textOf(target)]}, {signal: frame.signal, cli: 'sluice plan ' + datasource + '.yaml'});
      fill(planned, h('div', {class: 'card'}, h('h3', {}, 'Version ' + target + ' compared with the active one'), words(found.definition),
        found.clusters.map(each => h('div', {}, h('h4', {}, 'Cluster ' + each.cluster), each.problem && h('p', {class: 'note bad'}, each.problem),
          (each.settings ?? []).filter(change => change.operation !== 'none').map(change => h('p', {}, change.operation + ' ' + change.kind + ' ' + change.id, change.restart && h('strong', {}, ', restarts its tasks'))),
          h('p', {class: 'muted'}, each.specChanges.length + ' changes of the generated spec')))));
    } catch (error) {
      if (error.name !== 'AbortError') fill(planned, problem(error));
    }
  }

  function rollback(to) {
    const dialog = h('dialog', {'aria-labelledby': 'rollbackTitle'});
    const reason = h('input', {id: 'reason', required: true, autocomplete: 'off'});
    const data = h('input', {type: 'checkbox', id: 'data'});
    const name = h('input', {id: 'confirm', autocomplete: 'off', spellcheck: 'false'});
    const confirm = h('label', {class: 'field', hidden: true}, 'Data goes back, too. Type the name of the datasource', name);
    const go = h('button', {type: 'submit', class: 'danger', disabled: true}, 'Roll back');
    const outcome = h('div', {});
    const check = () => {
      confirm.hidden = !data.checked;
      go.disabled = !reason.value.trim() || (data.checked && name.value !== datasource);
    };
    for (const field of [reason, data, name]) field.addEventListener('input', check);
    const key = crypto.randomUUID();
    const form = h('form', {onsubmit: async event => {
      event.preventDefault();
      go.disabled = true;
      fill(outcome, busy('Rolling back …'));
      try {
        const found = await send('POST', path('definitions', datasource, 'rollback'), {to, data: data.checked, reason: reason.value.trim()},
          {headers: {'idempotency-key': key}, cli: 'sluice rollback --to ' + to + (data.checked ? ' --data' : '') + " --reason '" + reason.value.trim().replaceAll("'", "'\\''") + "' --wait " + datasource});
        follow(found.number, outcome);
      } catch (error) {
        fill(outcome, problem(error));
        check();
      }
    }}, h('h2', {id: 'rollbackTitle'}, 'Roll ' + datasource + ' back to version ' + to),
      h('label', {class: 'field'}, 'Reason', reason),
      mayMoveRows && [h('label', {class: 'check'}, data, ' Also bring back the rows from before'), confirm], outcome,
      h('div', {class: 'buttons'}, go, h('button', {type: 'button', class: 'quiet', onclick: () => dialog.close()}, 'Close')));
    dialog.append(form);
    dialog.addEventListener('close', () => { dialog.remove(); frame.go(base + '/definition', {replace: true}); });
    frame.main.append(dialog);
    dialog.showModal();
    reason.focus();
  }

  function follow(number, into) {
    repeat(async () => {
      const found = await get(path('definitions', datasource, 'rollbacks', String(number)), {}, {signal: frame.signal});
      const text = found.phase === 'DONE' ? 'Done.' : found.phase === 'STOPPING' ? 'Runs of the later versions are being stopped.' : 'Data is being restored.';
      say(text);
      fill(into, h('p', {class: found.phase === 'DONE' && !found.problems.length ? 'note good' : 'note'}, found.phase === 'DONE' ? '✓ ' : '', text,
        found.restored.map(each => ' ' + each.cluster + ': ' + each.takenBack + ' segments taken back, ' + each.putBack + ' put back.')),
        found.problems.map(each => h('p', {class: 'note bad'}, each)));
      return found.phase === 'DONE' ? 3_600_000 : 2_000;
    }, frame.signal);
  }
}

// Changes of JSON values in words.
export function words(changes) {
  if (!changes.length) return h('p', {class: 'muted'}, 'Nothing differs but layout and comments.');
  const value = each => h('code', {}, JSON.stringify(each));
  return h('ul', {}, changes.map(({kind, pointer, before, after}) => h('li', {}, h('code', {}, pointer),
    kind === 'ADDED' ? [' is new: ', value(after)] : kind === 'REMOVED' ? [' is gone: ', value(before)] : [': ', value(before), ' becomes ', value(after)])));
}

function diff(before, after) {
  const lines = lineDiff(before.split('\n'), after.split('\n'));
  return h('pre', {class: 'diff', tabindex: '0', 'aria-label': 'Line by line'}, lines.map(([sign, text]) =>
    h('span', {class: sign === '+' ? 'added' : sign === '-' ? 'removed' : ''}, sign + ' ' + text + '\n')));
}

// The longest common subsequence of lines; definitions have hundreds of lines, not thousands.
export function lineDiff(left, right) {
  if (left.length * right.length > 4_000_000) return [...left.map(text => ['-', text]), ...right.map(text => ['+', text])];
  const lengths = Array.from({length: left.length + 1}, () => new Uint32Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const found = [];
  let i = 0, j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) { found.push([' ', left[i]]); i++; j++; }
    else if (i < left.length && (j >= right.length || lengths[i + 1][j] >= lengths[i][j + 1])) found.push(['-', left[i++]]);
    else found.push(['+', right[j++]]);
  }
  return found;
}
