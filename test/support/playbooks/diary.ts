import { createHash } from 'node:crypto';
import type { Episode } from '../../../src/domain/engagement/episode.js';
import type { MomentReading } from '../../../src/domain/engagement/moments.js';
import { type Person, personsOf } from '../../../src/domain/engagement/person.js';
import { CONTACT_ROLES, type Playbook } from '../../../src/domain/engagement/playbook.js';
import type { Wish } from '../../../src/domain/engagement/wish.js';
import {
  type EngagementQuestion,
  type EngagementRules,
  engage,
} from '../../../src/domain/engagement/wishes.js';
import { ATTRIBUTES } from '../../../src/domain/facts/attributes.js';
import { factBasis } from '../../../src/domain/facts/basis.js';
import type { Facts } from '../../../src/domain/facts/fact.js';
import type { CrmRow, RecordValue } from '../../../src/domain/facts/record.js';
import type { Settings } from '../../../src/ports/settings.js';
import type { Side } from './flips.js';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const MAPPED = new Set(
  Object.entries(ATTRIBUTES).flatMap(([kind, names]) => Object.keys(names).map((name) => `${kind}.${name}`)),
);
const ACCOUNT = '001A';
/** Where a playbook is not about a person, there is one of each role. */
const COLLEAGUES = CONTACT_ROLES.map((role) =>
  rowOf(`003-${role}`, { email: `${role}@customer.example`, role }),
);

/** One account and one playbook, day by day, without anything around them. */
export interface Diary {
  /** A run on that day; null = a day of which nothing is known. */
  readonly run: (day: number, side: Side | null, how?: How) => readonly Wish[];
  /** Every episode that ever was, refused ones left out, in the order in which they began. */
  readonly episodes: () => readonly Episode[];
}

export interface How {
  /** Another version of whatever the playbook reads beside the customer. */
  readonly baseline?: string;
  readonly playbook?: Playbook;
  readonly armOnly?: boolean;
}

type Shown = Pick<Settings, 'engagement' | 'moments'>;

export function aDiary(shipped: Playbook, settings: Shown): Diary {
  const seen = new Map<string, Episode>();
  let base: EngagementQuestion['base'] = {};
  let runs = 0;
  return {
    run: (day, side, { baseline = '', playbook = shipped, armOnly = false } = {}) => {
      const known = new Set(runs > 0 ? [playbook.id] : []);
      const rules = rulesOf({ ...playbook, holdout: 0 }, settings, { day, baseline, known });
      const answer = engage(
        questionOf(side ?? {}, { day, base, armOnly, settings, unseen: runs === 0 }),
        rules,
      );
      base = answer.memory;
      runs += 1;
      for (const episode of answer.episodes) if (episode.refused === null) seen.set(episode.id, episode);
      return answer.wishes;
    },
    episodes: () => [...seen.values()].sort((a, b) => a.seenOn - b.seenOn),
  };
}

interface Ruled {
  readonly day: number;
  readonly baseline: string;
  readonly known: ReadonlySet<string>;
}

function rulesOf(
  playbook: Playbook,
  { engagement }: Shown,
  { day, baseline, known }: Ruled,
): EngagementRules {
  const dayOf = (instant: number): number => Math.floor(instant / 86_400_000);
  return {
    playbooks: [playbook],
    policy: engagement,
    configured: new Set([playbook.id]),
    earlier: () => null,
    baseline: () => baseline,
    basis: factBasis({ today: day, dayOf, mapped: MAPPED, feeds: {}, rates: null, custom: [] }),
    contentHash: sha,
    salt: 'diary',
    known,
    stopped: new Set(),
  };
}

interface Asked {
  readonly day: number;
  readonly base: EngagementQuestion['base'];
  readonly armOnly: boolean;
  readonly unseen: boolean;
  readonly settings: Shown;
}

function questionOf(side: Side, { day, base, armOnly, unseen, settings }: Asked): EngagementQuestion {
  const phase = side.facts?.['journey.phase'];
  const contacts =
    side.contact === undefined
      ? COLLEAGUES
      : [rowOf('003A', { email: 'ann@customer.example', ...side.contact })];
  const persons = personsOf(contacts, sha);
  return {
    facts: factsOf(side, day),
    persons,
    moments: momentsOf(side, settings),
    rows: {
      contact: contacts,
      request: side.request === undefined ? [] : [rowOf('a04A', side.request)],
      engagement: eventsOf(side.unanswered ?? 0, persons, day),
      task: [],
      case: [],
    },
    base,
    dropped: [],
    earlierToday: null,
    account: ACCOUNT,
    tier: 'hybrid',
    phase: typeof phase === 'string' ? phase : null,
    band: 'watch',
    coverage: 80,
    armOnly,
    unseen,
  };
}

function factsOf({ facts = {} }: Side, day: number): Facts {
  return Object.fromEntries(Object.entries(facts).map(([id, value]) => [id, { value, asOf: day }]));
}

function rowOf(id: string, values: Readonly<Record<string, RecordValue>>): CrmRow {
  return { id, accountId: ACCOUNT, values };
}

function momentsOf({ moment }: Side, { moments }: Shown): readonly MomentReading[] {
  const [first] = moments.moments;
  if (moment === undefined || first === undefined) return [];
  return [{ key: first.id, moment: first, periodStart: 0, doneOn: null, ...moment }];
}

function eventsOf(count: number, persons: readonly Person[], day: number): readonly CrmRow[] {
  const person = persons[0]?.person ?? null;
  return Array.from({ length: count }, (_, nth) =>
    rowOf(`sent-${nth}`, { kind: 'sent', on: day - 10 - nth, at: 0, person }),
  );
}
