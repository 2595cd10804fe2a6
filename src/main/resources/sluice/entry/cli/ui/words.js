// What the API's words mean, in sentences, and what to do next.

export const CHUNK_STATES = {
  Available: {sign: '✓', text: 'Druid serves it'},
  Loading: {sign: '▸', text: 'a run loads it'},
  Gathering: {sign: '…', text: 'files wait for a run'},
  Failed: {sign: '✕', text: 'the newest run has failed'},
  RolledBack: {sign: '↶', text: 'what was loaded was taken back', name: 'Rolled back'},
  Missing: {sign: '', text: 'nothing is there'},
  Expired: {sign: '–', text: 'older than the retention keeps'},
  Unknown: {sign: '?', text: 'the cluster does not answer'},
};

export const stateName = state => CHUNK_STATES[state]?.name ?? ({RolledBack: 'Rolled back', TimedOut: 'Timed out'})[state] ?? state;

const RUN_SIGNS = {Available: '✓', Succeeded: '▸', Running: '▸', Submitted: '▸', Planned: '…', Waiting: '…', Failed: '✕',
  Refused: '✕', TimedOut: '✕', Cancelled: '■', Superseded: '→', RolledBack: '↶'};
const RUN_TONES = {Available: 'Available', Succeeded: 'Loading', Running: 'Loading', Submitted: 'Loading', Planned: 'Gathering',
  Waiting: 'Gathering', Failed: 'Failed', Refused: 'Failed', TimedOut: 'Failed', Cancelled: 'Expired', Superseded: 'Expired',
  RolledBack: 'RolledBack'};

export const runSign = state => RUN_SIGNS[state] ?? '?';
export const runTone = state => RUN_TONES[state] ?? 'Unknown';
export const isLive = state => ['Planned', 'Waiting', 'Submitted', 'Running', 'Succeeded'].includes(state);
export const isBad = state => ['Failed', 'Refused', 'TimedOut', 'RolledBack'].includes(state);

const SENTENCES = {
  CONTRACT: 'The generated spec breaks Druid’s ingestion contract, so nothing was submitted.',
  DRIFT: 'The columns of the files have changed, and the definition refuses runs for that.',
  REFUSED_BY_DRUID: 'Druid has refused the task.',
  TASK_CONFLICT: 'Druid has another task under the id of this run.',
  TASK_FAILED: 'The task has failed in Druid.',
  TASK_LOST: 'Druid no longer knows the task.',
  EXPECTATION: 'The rows are not what the definition expects.',
  ROWS_MISMATCH: 'The task’s report and its segments disagree.',
  NOT_TAKEN_BACK: 'What the run published could not be taken back. Its rows are or may be served.',
  SERVERS_RESTARTED: 'Druid’s servers were restarted while the task ran.',
  OBJECTS_CHANGED: 'Files were overwritten while the task may have read them. They are planned anew.',
  TIME_LIMIT: 'The run took longer than its time limit.',
  NOT_AVAILABLE: 'Segments were published, but not served in time.',
  UNREACHABLE: 'The cluster did not answer for too long.',
  DEFINITION_ROLLED_BACK: 'The version of the definition was rolled back.',
  UNKNOWN_CLUSTER: 'The environment does not have the cluster.',
};

const DEFINITION = ['CONTRACT', 'DRIFT', 'REFUSED_BY_DRUID'];
const FILES = ['TASK_FAILED', 'EXPECTATION'];

export const sentence = code => SENTENCES[code] ?? 'The run has not loaded its files.';

// Where to look first: the definition, the files, or Druid.
export function place(run, problem) {
  const finding = (run.findings ?? []).find(each => each.severity === 'ERROR');
  if (finding) {
    return finding.pointer + (finding.line ? ' (line ' + finding.line + ')' : '') + ' of the definition';
  }
  if (DEFINITION.includes(problem?.code)) return 'the definition';
  if (FILES.includes(problem?.code) && run.objects.length) {
    const file = named(run, problem) ?? (run.objects.length === 1 ? run.objects[0] : null);
    const line = lineIn(problem);
    return file ? 's3://' + file.bucket + '/' + file.key + (line ? ', line ' + line : '') : run.objects.length + ' files of the run';
  }
  return 'Druid, cluster ' + run.cluster;
}

// The file that Druid's message names.
const named = (run, problem) => run.objects.find(object => problem.message?.includes(object.key));
const lineIn = problem => /\bline:? (\d+)/i.exec(problem.message ?? '')?.[1];

const quoted = text => /^[\w./:@-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";

// The next command: what a person would type first.
export function nextCommand(run, problem, curl) {
  if (DEFINITION.includes(problem?.code)) {
    const [first] = run.objects;
    return 'sluice plan ' + (first ? '--object ' + quoted('s3://' + first.bucket + '/' + first.key) + ' ' : '')
      + quoted('definitions/' + run.datasource + '.yaml');
  }
  const file = FILES.includes(problem?.code) && (named(run, problem) ?? (run.objects.length === 1 && run.objects[0]));
  if (file) {
    const line = lineIn(problem);
    return 'aws s3 cp ' + quoted('s3://' + file.bucket + '/' + file.key) + ' -' + (file.key.endsWith('.gz') ? ' | gunzip' : '')
      + (line ? " | sed -n '" + line + "p'" : ' | head');
  }
  return loadAgain(run.datasource, run.intervals, curl);
}

export function loadAgain(datasource, intervals, curl) {
  const first = intervals[0]?.split('/')[0];
  const last = intervals.at(-1)?.split('/')[1];
  return curl({method: 'POST', address: '/v1/runs', body: JSON.stringify({datasource, interval: first + '/' + last, reason: 'load again'})});
}
