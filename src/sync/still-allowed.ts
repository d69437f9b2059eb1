import { CHANNELS } from '../domain/engagement/channel.js';
import { firstReason, type RefusalReason } from '../domain/engagement/codes.js';
import { consentReasons } from '../domain/engagement/consent.js';
import type { ConsentReading } from '../ports/marketing.js';
import type { PlanItem } from '../ports/state-store.js';
import { addressesOf } from './addresses.js';
import { consentOf } from './consent-reading.js';
import type { Run } from './context.js';
import { isTask, stepOf } from './engagement-item.js';
import { type LateRefusal, refuseLate } from './engagement-outcomes.js';
import { refusedInCrm } from './refused-in-crm.js';

/** A step that may be carried out now. */
export interface Allowed {
  readonly item: PlanItem;
  /** Empty for a task. */
  readonly email: string;
  /** The id of the person in each marketing tool that knows them. */
  readonly recordIds: Readonly<Record<string, string>>;
}

/** Reads consent once more, right before the call: whoever opted out since the plan was made is let go. */
export async function stillAllowed(run: Run, items: readonly PlanItem[]): Promise<readonly Allowed[]> {
  const tasks = items.filter((item) => isTask(stepOf(item)));
  const messages = items.filter((item) => !isTask(stepOf(item)));
  const judged = await judge(run, messages);
  await refuseLate(
    run,
    judged.flatMap(({ late }) => (late === null ? [] : [late])),
  );
  return [
    ...tasks.map((item): Allowed => ({ item, email: '', recordIds: {} })),
    ...judged.flatMap(({ allowed, late }) => (late === null ? [allowed] : [])),
  ];
}

interface Judged {
  readonly allowed: Allowed;
  readonly late: LateRefusal | null;
}

type Readings = ReadonlyMap<string, ReadonlyMap<string, ConsentReading>>;

async function judge(run: Run, items: readonly PlanItem[]): Promise<readonly Judged[]> {
  if (items.length === 0) return [];
  const persons = await addressesOf(
    run,
    items.map((item) => stepOf(item).wish),
  );
  const readings = new Map<string, ReadonlyMap<string, ConsentReading>>();
  for (const tool of run.marketing) {
    const told = await tool.consent(persons);
    readings.set(tool.id, new Map(told.map((reading) => [reading.person, reading])));
  }
  const emails = new Map(persons.map(({ person, email }) => [person, email]));
  const gone = await refusedInCrm(run, items);
  return items.map((item) => judgeOne(run, item, { readings, emails, gone }));
}

interface Asked {
  readonly readings: Readings;
  readonly emails: ReadonlyMap<string, string>;
  readonly gone: ReadonlyMap<string, RefusalReason>;
}

function judgeOne(run: Run, item: PlanItem, { readings, emails, gone }: Asked): Judged {
  const person = stepOf(item).wish.person?.key ?? '';
  const email = emails.get(person);
  const recordIds: Record<string, string> = {};
  for (const [tool, told] of readings) {
    const id = told.get(person)?.recordId ?? null;
    if (id !== null) recordIds[tool] = id;
  }
  const refused = email === undefined ? GONE : (gone.get(person) ?? refusedNow(item, readings));
  const allowed = { item, email: email ?? '', recordIds };
  if (refused === null) return { allowed, late: null };
  const tryOn = refused.code === 'consent_unknown' ? run.today : null;
  return { allowed, late: { item, refused, tryOn } };
}

const GONE: RefusalReason = {
  code: 'invalid_email',
  evidence: 'the address is gone since the plan was made',
};

function refusedNow(item: PlanItem, readings: Readings): RefusalReason | null {
  const { wish } = stepOf(item);
  const { channel } = wish.step;
  const nature = CHANNELS[channel];
  const reasons = [...readings].flatMap(([tool, told]) =>
    consentReasons(consentOf({ tool, reading: told.get(wish.person?.key ?? '') ?? null }), {
      // Whether somebody else's enrolment counts was decided when the plan was made.
      entering: false,
      exclusive: nature.exclusive && nature.tool === tool,
      marketingOnly: channel === 'hubspot-list' && tool === 'hubspot',
    }),
  );
  return firstReason(reasons);
}
