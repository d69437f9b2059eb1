import { spokenDay } from '../day.js';
import type { HealthAssessment, PointsChanged, PointsLost, Pulse } from './assessment.js';
import type { HealthPolicy, ModelSignal } from './model.js';
import { WATERMELON } from './watermelon.js';

/** The drivers as written to the account: `short` fits 255 characters, `long` tells everything. */
export interface DriverTexts {
  readonly short: string;
  readonly long: string;
}

const SHORT_LENGTH = 255;

/** Never an empty text: a CRM hands an empty field back as null, which would look like a difference. */
const NOTHING_LOST = 'No points lost';

/**
 * Driver lines such as `-14 Support: 2 critical cases open, oldest since 12 Nov 2026`, most points
 * first. They name days and never ages, and change only when the drivers or their points do.
 */
export function driverTexts(assessment: HealthAssessment, policy: HealthPolicy): DriverTexts {
  const lines = assessment.pointsLost.filter(({ shown }) => shown > 0).map(driverLine);
  const unknown = unknownLines(assessment, policy);
  const judged = assessment.pulse === null ? [] : [pulseLine(assessment.pulse)];
  const lost = unknown.length + lines.length === 0 ? [NOTHING_LOST] : lines;
  const first = [...judged, ...unknown];
  const short = [...first, ...lost.slice(0, policy.shownDrivers)];
  const long = [...first, ...lost, ...alsoHolding(assessment, policy), ...changeLines(assessment)];
  return { short: joinWithin(short, '; ', SHORT_LENGTH), long: long.join('\n') };
}

const REASON_LENGTH = 120;

/** Who set the band, until when and why: `Set to watch by Ann Lee until 30 Nov 2026: new sponsor`. */
export function pulseLine({ band, by, expiresOn, reason }: Pulse): string {
  const until = expiresOn === null ? '' : ` until ${spokenDay(expiresOn)}`;
  const why = reason === null ? '' : `: ${cutAtWord(reason, REASON_LENGTH)}`;
  return `Set to ${band} by ${by ?? 'a person'}${until}${why}`;
}

function driverLine({ shown, text }: PointsLost): string {
  return `-${shown} ${text}`;
}

/** Where there is no score, what is missing comes first. */
function unknownLines(assessment: HealthAssessment, policy: HealthPolicy): readonly string[] {
  if (assessment.score !== null) return [];
  const signals = new Map(signalsOf(assessment, policy).map(({ id, label }) => [id, label]));
  const missing = assessment.missing.map((id) => signals.get(id) ?? id);
  return [`Too little is known for a score; missing: ${missing.join(', ')}`];
}

function signalsOf(assessment: HealthAssessment, policy: HealthPolicy): readonly ModelSignal[] {
  const model = policy.models.find(({ id }) => id === assessment.modelId);
  return model?.dimensions.flatMap(({ signals }) => signals) ?? [];
}

function alsoHolding(assessment: HealthAssessment, policy: HealthPolicy): readonly string[] {
  const cutting = assessment.pointsLost.find(({ source }) => source.startsWith('guard:'))?.source;
  const guards = policy.models.find(({ id }) => id === assessment.modelId)?.guards ?? [];
  const labelOf = (id: string): string | null | undefined =>
    id === WATERMELON ? assessment.watermelonReason : guards.find((guard) => guard.id === id)?.label;
  return assessment.guards
    .filter((id) => `guard:${id}` !== cutting)
    .map((id) => `Also holding: ${labelOf(id) ?? id}`);
}

function changeLines({ transition }: HealthAssessment): readonly string[] {
  const lines = transition?.lines.filter(({ shown }) => shown !== 0) ?? [];
  if (transition === null || lines.length === 0) return [];
  return [`Last change, ${transition.fromScore} to ${transition.toScore}:`, ...lines.map(changeLine)];
}

function changeLine({ shown, label }: PointsChanged): string {
  return `${shown > 0 ? '+' : ''}${shown} ${label}`;
}

/** Whole lines as long as they fit; a first line that does not fit alone is cut at a word. */
function joinWithin(lines: readonly string[], separator: string, length: number): string {
  let joined = '';
  for (const line of lines) {
    const next = joined === '' ? line : joined + separator + line;
    if (next.length > length) break;
    joined = next;
  }
  if (joined !== '' || lines[0] === undefined) return joined;
  return cutAtWord(lines[0], length);
}

function cutAtWord(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\s,;]+\S*$/, '')}…`;
}
