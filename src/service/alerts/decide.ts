import type { Instant } from '../../domain/day.js';
import type { OutgoingMessage } from '../../ports/messenger.js';
import type { AlertKind } from '../../ports/service-names.js';
import type { AlertSettings } from '../../ports/settings.js';
import type { Finding } from './finding.js';

/** Something that was found and is not over, or that is kept quiet about for a while. */
interface Known {
  readonly kind: AlertKind;
  readonly sentence: string;
  readonly over: string | null;
  readonly since: Instant;
  readonly toldAt: Instant;
  /** When a look did not find it any more; null while it lasts. What comes again in its quiet time is not told. */
  readonly goneAt: Instant | null;
}

/** What is remembered from look to look, as JSON. */
export interface AlertState {
  /** By kind and what it is about. */
  readonly known: Readonly<Record<string, Known>>;
  /** What waits for the next digest. */
  readonly forDigest: readonly string[];
}

export const NO_ALERTS: AlertState = { known: {}, forDigest: [] };

export interface Decision {
  readonly messages: readonly OutgoingMessage[];
  readonly state: AlertState;
}

/** Where messages come from and lead to. */
export interface Sender {
  readonly org: string;
  readonly publicUrl: string | null;
}

const HOUR = 3_600_000;
/** A digest that nobody gets must not grow for ever. */
const MOST_FOR_DIGEST = 200;

/** What is told now, what waits for the digest, and what is kept quiet about because it was told lately. */
export function decide(
  findings: readonly Finding[],
  before: AlertState,
  {
    settings,
    sender,
    now,
  }: { readonly settings: AlertSettings; readonly sender: Sender; readonly now: Instant },
): Decision {
  const wanted = findings.filter(({ kind }) => settings.kinds[kind].send !== 'off');
  const fresh = wanted.filter((finding) => isDue(finding, before, { settings, now }));
  const over = overOf(wanted, before, settings);
  const atOnce = fresh.filter(({ kind }) => settings.kinds[kind].send === 'now');
  const later = fresh.filter(({ kind }) => settings.kinds[kind].send === 'digest');
  const messages = [
    ...atOnce.map((finding) => toldNow(finding, sender)),
    ...over.filter(({ kind }) => settings.kinds[kind].send === 'now').map((known) => toldOver(known, sender)),
  ];
  const forDigest = [
    ...before.forDigest,
    ...later.flatMap(({ sentence, lines }) => [sentence, ...lines.map((line) => `· ${line}`)]),
    ...over.filter(({ kind }) => settings.kinds[kind].send === 'digest').map((known) => known.over ?? ''),
  ].slice(-MOST_FOR_DIGEST);
  return { messages, state: { known: remembered(wanted, before, { fresh, settings, now }), forDigest } };
}

const placeOf = ({ kind, about }: Pick<Finding, 'kind' | 'about'>): string => `${kind} ${about}`;

interface Quiet {
  readonly settings: AlertSettings;
  readonly now: Instant;
}

function isDue(finding: Finding, { known }: AlertState, { settings, now }: Quiet): boolean {
  const told = known[placeOf(finding)];
  if (told === undefined) return true;
  return now - told.toldAt >= settings.kinds[finding.kind].quietHours * HOUR;
}

/** What was told and, for the first time, is not found any more. */
function overOf(found: readonly Finding[], { known }: AlertState, settings: AlertSettings): readonly Known[] {
  if (!settings.resolved) return [];
  const places = new Set(found.map(placeOf));
  const gone = Object.entries(known).filter(([place, { goneAt }]) => goneAt === null && !places.has(place));
  return gone.map(([, one]) => one).filter(({ over }) => over !== null);
}

function remembered(
  found: readonly Finding[],
  { known }: AlertState,
  { fresh, settings, now }: Quiet & { readonly fresh: readonly Finding[] },
): AlertState['known'] {
  const told = new Set(fresh.map(placeOf));
  const current = found.map((finding): readonly [string, Known] => {
    const { kind, sentence, over } = finding;
    const place = placeOf(finding);
    const earlier = known[place];
    if (told.has(place) || earlier === undefined) {
      const since = earlier?.goneAt === null ? earlier.since : now;
      return [place, { kind, sentence, over, since, toldAt: now, goneAt: null }];
    }
    return [place, { ...earlier, sentence, over }];
  });
  const places = new Set(current.map(([place]) => place));
  const gone = Object.entries(known)
    .filter(
      ([place, one]) => !places.has(place) && now - one.toldAt < settings.kinds[one.kind].quietHours * HOUR,
    )
    .map(([place, one]) => [place, { ...one, goneAt: one.goneAt ?? now }] as const);
  return Object.fromEntries([...gone, ...current]);
}

function toldNow({ sentence, lines }: Finding, { org, publicUrl }: Sender): OutgoingMessage {
  const sections = [{ title: null, lines: [sentence, ...lines] }];
  return {
    subject: `[Truenorth ${org}] ${firstSentence(sentence)}`,
    sections,
    link: publicUrl,
    urgency: 'now',
  };
}

function toldOver({ over, sentence, since }: Known, { org, publicUrl }: Sender): OutgoingMessage {
  const lines = [over ?? '', `It began at ${new Date(since).toISOString()}: ${sentence}`];
  const subject = `[Truenorth ${org}] Over: ${over}`;
  return { subject, sections: [{ title: null, lines }], link: publicUrl, urgency: 'now' };
}

const LONGEST_SUBJECT = 120;

function firstSentence(text: string): string {
  const end = text.search(/[.:] /);
  const first = end === -1 ? text.replace(/\.$/, '') : text.slice(0, end);
  return first.length > LONGEST_SUBJECT ? `${first.slice(0, LONGEST_SUBJECT - 1)}…` : first;
}
