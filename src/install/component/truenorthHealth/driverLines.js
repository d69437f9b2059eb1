// The drivers texts of the account, read back into lines. Long: one line each. Short: joined by "; ".
const POINTS = /^([-+]\d+) (.+)$/;
const CHANGE = /^Last change, (\S+) to (\S+):$/;
const UNKNOWN = 'Too little is known for a score; missing: ';
const HOLDING = 'Also holding: ';

/**
 * What the drivers texts say: `lost` and `changed` as `{ points, text }` with whole points, signed as written;
 * `missing` what would have to be known for a score, or null; `holding` the other guards; `change` the scores before and after.
 */
export function readDrivers({ short, long }) {
  const lines = long ? long.split(/\r?\n/) : (short ?? '').split(/; (?=-\d+ )/);
  const read = { lost: [], changed: [], missing: null, holding: [], change: null };
  for (const line of lines) readLine(line.trim(), read);
  return read;
}

function readLine(line, read) {
  const change = CHANGE.exec(line);
  if (change) read.change = { from: change[1], to: change[2] };
  else if (line.startsWith(UNKNOWN)) read.missing = line.slice(UNKNOWN.length);
  else if (line.startsWith(HOLDING)) read.holding.push(line.slice(HOLDING.length));
  else readPoints(line, read);
}

/** Lines before the change are points lost, lines after it what the change was made of. */
function readPoints(line, read) {
  const match = POINTS.exec(line);
  if (match === null) return;
  const target = read.change === null ? read.lost : read.changed;
  target.push({ points: Number(match[1]), text: match[2] });
}

/** `Support: 2 critical cases open` as its subject and what is said of it; the subject is empty where there is none. */
export function splitSubject(text) {
  const at = text.indexOf(': ');
  return at < 0 ? { subject: '', rest: text } : { subject: text.slice(0, at), rest: text.slice(at + 2) };
}
