import type { Instant } from '../../../domain/day.js';
import { SEQUENCE_REST_DAYS } from '../../../ports/marketing.js';
import type { Context } from './context.js';
import { instantOf } from './convert.js';
import { readRecords } from './match.js';
import type { RecordAnswer } from './schema.js';

const SEQUENCE = 'hs_latest_sequence_enrolled';
const ENROLLED_AT = 'hs_latest_sequence_enrolled_date';
const DAY_MS = 86_400_000;

/** The last time a contact was enrolled in any sequence, whether that still runs or has ended. */
export interface LatestEnrolment {
  readonly sequenceId: string;
  /** Null when HubSpot does not say. */
  readonly at: Instant | null;
}

export type LatestEnrolments = ReadonlyMap<string, LatestEnrolment>;

/** By record id, a hundred a call. Who never was in a sequence, or whose properties are hidden, is left out. */
export async function latestEnrolments(
  context: Context,
  recordIds: readonly string[],
): Promise<LatestEnrolments> {
  const records = await readRecords(context, recordIds, { properties: [SEQUENCE, ENROLLED_AT] });
  return new Map(records.flatMap((record) => latestOf(record).map((one) => [record.id, one] as const)));
}

function latestOf(record: RecordAnswer): readonly LatestEnrolment[] {
  const sequenceId = record.properties[SEQUENCE] ?? '';
  return sequenceId === '' ? [] : [{ sequenceId, at: instantOf(record, ENROLLED_AT) }];
}

/** Too lately to be sent the same again. A date that can't be read counts as lately: rather once too few. */
export function enrolledLately({ at }: LatestEnrolment, now: Instant): boolean {
  return at === null || at > now - SEQUENCE_REST_DAYS * DAY_MS;
}
