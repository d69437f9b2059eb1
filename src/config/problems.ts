import { IntegrationError } from '../ports/errors.js';

/** Where in a YAML value something stands: keys and list positions from the root. */
export type ValuePath = readonly (string | number)[];

/** One thing wrong in a configuration file, in words for the person who wrote the file. */
export interface Problem {
  /** As the admin knows it: `config/health.yaml`. */
  readonly file: string;
  /** Counted from 1; null when the file as a whole is meant. */
  readonly line: number | null;
  readonly column: number | null;
  /** What was found and what would be right. No full stop, no place. */
  readonly message: string;
}

/** `config/health.yaml:14:9 unknown fact "cases.opn" in expression; did you mean "cases.open"?` */
export function sayProblem(problem: Problem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}:${problem.column}`;
  return `${place} ${problem.message}`;
}

function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** All problems of a load, as one error: the message lists them, `problems` has them structured. */
export class ConfigError extends IntegrationError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = [...problems].sort(byPlace);
    const count = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
    super({
      kind: 'Config',
      code: 'CONFIG_INVALID',
      message: `${count} in the configuration:\n${sorted.map((problem) => `  ${sayProblem(problem)}`).join('\n')}`,
      actions: [
        'Correct the lines named above; nothing was read or written.',
        'See docs/configuration.md for every key, its meaning and its default.',
      ],
      retryable: false,
      provider: 'config',
      operation: 'load configuration',
    });
    this.problems = sorted;
  }
}
