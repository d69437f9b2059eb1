import type { Day } from '../domain/day.js';
import type { Crm } from '../ports/crm.js';
import { CRM_RECORDS, type CrmRecordKind } from '../ports/crm-records.js';
import { keptOf, RECORD_KB } from '../ports/record-keeping.js';
import type { RecordSettings } from '../ports/settings.js';
import type { PublishedStore } from '../ports/state-store.js';

/** What a kind of records takes of the CRM's data storage. */
export interface StorageUse {
  readonly kind: CrmRecordKind;
  readonly records: number;
  readonly mb: number;
  /** After a year at the pace of the last 30 days, retention and budget counted. */
  readonly mbInAYear: number;
  readonly budgetMb: number;
}

const KINDS = ['snapshot', 'episode', 'decision', 'metric', 'run', 'error'] as const;
const WINDOW = 30;
const YEAR = 365;
const PAGE = 2_000;

export interface StorageQuestion {
  readonly crm: Pick<Crm, 'counts'>;
  readonly published: PublishedStore;
  readonly settings: RecordSettings;
  readonly today: Day;
}

/** What our records take now and after a year; empty where none is installed. One request. */
export async function storageUse(question: StorageQuestion): Promise<readonly StorageUse[]> {
  const counts = await question.crm.counts(KINDS.map((kind) => CRM_RECORDS[kind].object));
  const used: StorageUse[] = [];
  for (const kind of KINDS) {
    const records = counts.get(CRM_RECORDS[kind].object);
    const kept = keptOf(question.settings, kind);
    if (records === undefined || kept === null) continue;
    const pace = (await madeLately(question, kind)) / WINDOW;
    const more = pace * Math.min(YEAR, kept.keepDays);
    const stays = kept.keepDays > YEAR ? records : 0;
    const mbInAYear = Math.min(kept.budgetMb, megabytes(Math.max(records, stays + more)));
    used.push({ kind, records, mb: megabytes(records), mbInAYear, budgetMb: kept.budgetMb });
  }
  return used;
}

function megabytes(records: number): number {
  return Math.round((records * RECORD_KB * 10) / 1024) / 10;
}

/** Records confirmed in the window. An account's snapshots count once in it, as they are made once a month. */
async function madeLately({ published, today }: StorageQuestion, kind: CrmRecordKind): Promise<number> {
  let made = 0;
  for await (const page of published.list(kind, PAGE))
    made += page.filter(({ day }) => day > today - WINDOW).length;
  return made;
}
