import { z } from 'zod';

/** What is kept of a job beside Bull's own fields. */
export const KEPT = z.object({
  payload: z.unknown(),
  trace: z.string(),
  /** Tries that do not count: cut short by a stop, or made before a retry by hand. */
  forgiven: z.number(),
});

export type Kept = z.infer<typeof KEPT>;

/** Bull keeps its own keys beside those of jobs: no id may be called like one of them. */
const MARK = '=';

export function keyOf(id: string): string {
  return `${MARK}${id}`;
}

export function idOf(key: string | number): string {
  return String(key).slice(MARK.length);
}
