import type { DmlResult } from '../../dml/contract.js';

/** What became of each row of an upload, in upload order; rows that were not reached have none. */
export interface Outcomes {
  readonly note: (results: readonly DmlResult[]) => void;
  readonly processed: () => number;
  readonly failed: () => number;
  readonly at: (row: number) => Outcome | null;
}

export interface Outcome {
  readonly id: string;
  readonly created: boolean;
  /** Null = written. */
  readonly error: string | null;
}

export function startOutcomes(): Outcomes {
  const ids: string[] = [];
  const created: boolean[] = [];
  const errors = new Map<number, string>();
  return {
    note: (results) => {
      for (const result of results) {
        if (!result.success) errors.set(ids.length, errorText(result));
        ids.push(result.id ?? '');
        created.push(result.created);
      }
    },
    processed: () => ids.length,
    failed: () => errors.size,
    at: (row) => {
      const id = ids[row];
      return id === undefined ? null : { id, created: created[row] ?? false, error: errors.get(row) ?? null };
    },
  };
}

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --` (facts §12). */
function errorText(result: DmlResult): string {
  return result.errors
    .map(({ statusCode, message, fields }) => {
      const named = fields.join(',');
      return `${statusCode}:${message}:${named === '' ? '' : `${named} `}--`;
    })
    .join(';');
}
