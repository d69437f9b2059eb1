import type { CrmRecordKind } from './crm-records.js';
import type { KeptRecords, RecordSettings } from './settings.js';

/** What a record takes of the CRM's data storage, whatever it holds. Source: Salesforce's storage allocations. */
export const RECORD_KB = 2;

/** Retention and storage of a kind; null for records that people make or own: those are never counted or deleted. */
export function keptOf(settings: RecordSettings, kind: CrmRecordKind): KeptRecords | null {
  switch (kind) {
    case 'snapshot':
      return settings.snapshots;
    case 'episode':
      return settings.episodes;
    case 'decision':
      return settings.decisions;
    case 'metric':
      return settings.metrics;
    case 'run':
      return settings.runs;
    case 'error':
      return settings.errors;
    case 'pulse':
    case 'advocate':
      return null;
  }
}
