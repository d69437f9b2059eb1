/** How often each field of each record was written over the API: a client that writes twice is found out from outside. */
export interface WriteCounts {
  readonly note: (object: string, id: string, fields: readonly string[]) => void;
  readonly of: (object: string) => WrittenRecords;
}

interface WrittenRecords {
  readonly records: number;
  readonly writes: number;
  /** Fields that were written more than once; the first hundred. */
  readonly repeated: readonly { readonly id: string; readonly field: string; readonly times: number }[];
}

const SHOWN = 100;

/** For each record one entry a write: the names of its fields, as one text that all writes of the same fields share. */
type Written = Map<string, readonly string[]>;

export function startWriteCounts(): WriteCounts {
  const objects = new Map<string, Written>();
  const shared = new Map<string, string>();
  return {
    note: (object, id, fields) => {
      const written: Written = objects.get(object) ?? new Map();
      const names = fields.toSorted().join(',');
      shared.set(names, shared.get(names) ?? names);
      objects.set(object, written.set(id, [...(written.get(id) ?? []), shared.get(names) ?? names]));
    },
    of: (object) => countsOf(objects.get(object) ?? new Map()),
  };
}

function countsOf(written: Written): WrittenRecords {
  const repeated = [...written]
    .filter(([, writes]) => writes.length > 1)
    .flatMap(([id, writes]) =>
      [...Map.groupBy(writes.join(',').split(','), (field) => field)]
        .filter(([, times]) => times.length > 1)
        .map(([field, times]) => ({ id, field, times: times.length })),
    );
  return {
    records: written.size,
    writes: [...written.values()].reduce((sum, writes) => sum + writes.length, 0),
    repeated: repeated.slice(0, SHOWN),
  };
}
