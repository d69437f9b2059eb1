import type { AlertKind } from '../../ports/service-names.js';

/** Something that people should know, as one look at the org shows it. */
export interface Finding {
  readonly kind: AlertKind;
  /** The same text is the same thing: it is told once, and again only when its quiet time is over. */
  readonly about: string;
  /** What it is, and what to do now. */
  readonly sentence: string;
  readonly lines: readonly string[];
  /** What is told when a later look does not find it any more; null = it happened, and is never over. */
  readonly over: string | null;
}
