/** Structured log: a static message, the particulars beside it, ids only. */
export interface Log {
  readonly debug: (message: string, particulars?: Readonly<Record<string, unknown>>) => void;
  readonly info: (message: string, particulars?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, particulars?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, particulars?: Readonly<Record<string, unknown>>) => void;
}
