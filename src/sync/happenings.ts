import { type Day, formatDay, spokenDay } from '../domain/day.js';
import { CHANNELS } from '../domain/engagement/channel.js';
import { ACCOUNT_SUBJECT } from '../domain/engagement/subjects.js';
import { flagOf, numberOf, textOf } from '../domain/facts/row-values.js';
import type { HistoryEntry, LedgerEntry, StoredEpisode, StoredRow } from '../ports/state-store.js';

/** Something that was decided, done or seen. Ids only: no name, no address. */
export interface Happening {
  /** `YYYY-MM-DD`, the local day. */
  readonly day: string;
  readonly kind:
    | 'assessed'
    | 'begun'
    | 'not-begun'
    | 'held-out'
    | 'enrolled'
    | 'refused'
    | 'deferred'
    | 'unclear'
    | 'task'
    | 'task-due'
    | 'task-closed'
    | 'event'
    | 'step-skipped'
    | 'person-out'
    | 'left'
    | 'goal'
    | 'ended';
  /** In words, without the day. */
  readonly what: string;
  readonly account: string;
  readonly playbook: string | null;
  readonly step: string | null;
  readonly channel: string | null;
  /** Contact id of whom it is about; null = the account as a whole. */
  readonly contact: string | null;
  readonly why: string | null;
  readonly run: string | null;
}

export interface Placed {
  readonly day: Day;
  /** Order within the day: the moment where it is known, else the place of the kind. */
  readonly place: number;
  readonly happening: Omit<Happening, 'day'>;
}

/** Contact id by person, as far as anything here tells it. */
export type Contacts = ReadonlyMap<string, string>;

/** What comes first on a day on which all of it happened. */
const PLACES: readonly Happening['kind'][] = [
  'assessed',
  'event',
  'task-closed',
  'begun',
  'not-begun',
  'held-out',
];
const LAST_PLACES: readonly Happening['kind'][] = ['left', 'person-out', 'goal', 'ended', 'task-due'];

function placed(day: Day, happening: Omit<Happening, 'day'>, at: number | null = null): Placed {
  const first = PLACES.indexOf(happening.kind);
  const last = LAST_PLACES.indexOf(happening.kind);
  const place =
    first >= 0 ? first - PLACES.length : last >= 0 ? Number.MAX_SAFE_INTEGER - 10 + last : (at ?? 0);
  return { day, place, happening };
}

export function inOrder(found: readonly Placed[]): readonly Happening[] {
  return [...found]
    .sort((a, b) => a.day - b.day || a.place - b.place)
    .map(({ day, happening }) => ({ day: formatDay(day), ...happening }));
}

const NOTHING = { playbook: null, step: null, channel: null, contact: null, why: null, run: null };

interface Shown {
  readonly score: number | null;
  readonly band: string;
  readonly tier: string;
}

/** Every row of history is a change of what people see: of the score, the band, the tier or the model. */
export function assessed(history: readonly HistoryEntry[]): readonly Placed[] {
  const oldestFirst = [...history].reverse();
  return oldestFirst.flatMap(({ account, day, entry }, index) => {
    const { shown, model } = entry as { readonly shown: Shown; readonly model: string };
    const before = (oldestFirst[index - 1]?.entry ?? null) as {
      readonly shown: Shown;
      readonly model: string;
    } | null;
    const what = changeInWords(before?.shown ?? null, shown);
    const why = before !== null && before.model !== model ? 'the health model changed' : null;
    if (what === null && why === null) return [];
    return [placed(day, { ...NOTHING, kind: 'assessed', what: what ?? 'assessed anew', account, why })];
  });
}

function changeInWords(before: Shown | null, now: Shown): string | null {
  const score = (shown: Shown): string => (shown.score === null ? 'none' : String(shown.score));
  if (before === null) return `first assessed: score ${score(now)}, band ${now.band}, tier ${now.tier}`;
  const changes = [
    before.score === now.score ? null : `score ${score(before)} → ${score(now)}`,
    before.band === now.band ? null : `band ${before.band} → ${now.band}`,
    before.tier === now.tier ? null : `tier ${before.tier} → ${now.tier}`,
  ].filter((change) => change !== null);
  return changes.length === 0 ? null : changes.join(', ');
}

export function ofEpisode(episode: StoredEpisode, contacts: Contacts): readonly Placed[] {
  const { account, playbook, subject } = episode;
  const contact = subject === ACCOUNT_SUBJECT ? null : (contacts.get(subject) ?? null);
  const base = { ...NOTHING, account, playbook, contact };
  const { ended } = episode;
  return [
    beginningOf(episode, base),
    ...Object.entries(episode.let).map(([step, day]) =>
      placed(day, {
        ...base,
        kind: 'step-skipped',
        what: 'step skipped',
        step,
        why: 'its condition did not hold in time',
      }),
    ),
    ...Object.entries(episode.out).flatMap(([person, { on, by }]) => {
      const who = contacts.get(person);
      // Whoever never took part has no part to end: most of them left the company long ago.
      return who === undefined
        ? []
        : placed(on, { ...base, kind: 'person-out', what: 'part ended', contact: who, why: inWords(by) });
    }),
    ...(episode.goalOn === null
      ? []
      : [placed(episode.goalOn, { ...base, kind: 'goal', what: 'goal reached' })]),
    ...(ended === null || ended.by === 'refused'
      ? []
      : [placed(ended.on, { ...base, kind: 'ended', what: 'episode ended', why: inWords(ended.by) })]),
  ];
}

function beginningOf(
  { id, edge, seenOn, mark, heldOut, refused }: StoredEpisode,
  base: Omit<Happening, 'day' | 'kind' | 'what'>,
): Placed {
  const told = `${mark === null ? '' : `mark ${mark}, `}edge of ${spokenDay(edge)}`;
  if (refused !== null) {
    const why = `${refused.code}: ${refused.evidence}`;
    return placed(seenOn, { ...base, kind: 'not-begun', what: `not begun (${told})`, why });
  }
  if (heldOut) {
    const why = 'kept out so that the effect can be measured';
    return placed(seenOn, { ...base, kind: 'held-out', what: `held out (${told})`, why });
  }
  return placed(seenOn, { ...base, kind: 'begun', what: `episode ${id} begun (${told})` });
}

function inWords(code: string): string {
  return code.replaceAll('-', ' ');
}

export function ofEntry(entry: LedgerEntry): readonly Placed[] {
  const { account, playbook, step, channel, contact, run, day, at, leftOn, leftBy } = entry;
  const base = { account, playbook, step, channel, contact, run };
  const why = entry.code === null ? null : `${entry.code}: ${entry.evidence ?? ''}${tryOnOf(entry)}`;
  const left =
    leftOn === null
      ? []
      : [
          placed(leftOn, {
            ...base,
            kind: 'left',
            what: `taken out of "${entry.target}"`,
            why: leftBy && inWords(leftBy),
          }),
        ];
  return [placed(day, { ...base, ...deedOf(entry), why }, at), ...left];
}

function tryOnOf({ tryOn }: LedgerEntry): string {
  return tryOn === null ? '' : `; decided again on ${spokenDay(tryOn)}`;
}

function deedOf({ status, channel, target }: LedgerEntry): Pick<Happening, 'kind' | 'what'> {
  const work = CHANNELS[channel].reaches === 'owner';
  switch (status) {
    case 'refused':
      return { kind: 'refused', what: work ? 'task refused' : 'not enrolled' };
    case 'deferred':
      return { kind: 'deferred', what: 'put off' };
    case 'already':
      return { kind: work ? 'task' : 'enrolled', what: `was in "${target}" already` };
    case 'enrolled':
      return work
        ? { kind: 'task', what: `task opened: ${target}` }
        : { kind: 'enrolled', what: `enrolled in "${target}"` };
    case 'intended':
    case 'unclear':
      return { kind: 'unclear', what: `no clear answer yet for "${target}"` };
  }
}

export function ofTask(row: StoredRow, contacts: Contacts): readonly Placed[] {
  const account = row.accountId ?? '';
  const contact = contacts.get(textOf(row, 'person') ?? '') ?? null;
  const base = { ...NOTHING, account, contact, playbook: textOf(row, 'playbook'), step: textOf(row, 'step') };
  const [dueOn, closedOn] = [numberOf(row, 'dueOn'), numberOf(row, 'closedOn')];
  const task = { ...base, channel: 'salesforce-task' };
  const state = flagOf(row, 'closed') === true ? 'closed' : 'open';
  return [
    ...(dueOn === null
      ? []
      : [placed(dueOn, { ...task, kind: 'task-due' as const, what: `task due (it is ${state})` })]),
    ...(closedOn === null
      ? []
      : [placed(closedOn, { ...task, kind: 'task-closed' as const, what: 'task closed' })]),
  ];
}

/** That a message went out the ledger says already. */
export function ofEvent(row: StoredRow): readonly Placed[] {
  const [on, kind] = [numberOf(row, 'on'), textOf(row, 'kind')];
  if (on === null || kind === null || kind === 'sent' || kind === 'carried') return [];
  const target = textOf(row, 'target');
  const what = `${inWords(kind)}${target === null ? '' : ` ("${target}")`}`;
  const [channel, contact] = [textOf(row, 'channel'), textOf(row, 'contactId')];
  const about = { ...NOTHING, account: row.accountId ?? '', channel, contact };
  return [placed(on, { ...about, kind: 'event', what }, numberOf(row, 'at'))];
}
