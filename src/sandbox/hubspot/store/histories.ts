/** One value that a property held, and since when, in milliseconds since 1970. */
export interface FormerValue {
  readonly value: string;
  readonly at: number;
}

/** What HubSpot itself wrote to contacts; values that callers write are not kept. */
export interface Histories {
  readonly note: (id: string, values: Readonly<Record<string, string>>, at: number) => void;
  /** Newest first; empty when nothing was written since the portal was opened. */
  readonly of: (id: string, property: string) => readonly FormerValue[];
}

export function startHistories(): Histories {
  const kept = new Map<string, readonly FormerValue[]>();
  return {
    note: (id, values, at) => {
      for (const [property, value] of Object.entries(values)) {
        const key = `${id}\n${property}`;
        kept.set(key, [{ value, at }, ...(kept.get(key) ?? [])]);
      }
    },
    of: (id, property) => kept.get(`${id}\n${property}`) ?? [],
  };
}
