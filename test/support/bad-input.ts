import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Answer, Company } from './company.js';

export interface ExpectedError {
  readonly exit: number;
  readonly code: string;
  /** What happened, to what. */
  readonly says: RegExp;
  /** What to do now. */
  readonly todo: RegExp;
}

/** One clear error, for people and as JSON, and nothing that only a programmer could read. */
export function expectOneError(answer: Answer, expected: ExpectedError): void {
  const { status, error } = answer.json();
  expect({ exit: answer.exit, code: error.code }).toEqual({ exit: expected.exit, code: expected.code });
  expect(status).toBe(expected.exit === 4 ? 'paused' : 'failed');
  expect(error.message).toMatch(expected.says);
  expect(error.actions.join('\n')).toMatch(expected.todo);
  expect(answer.err).toContain(error.message);
  expect(answer.err).toContain(`→ ${error.actions[0]}`);
  expect(answer.err).not.toMatch(/^\s+at .+:\d+:\d+/m);
  expect(answer.err).not.toMatch(/should not have happened|undefined|\[object/);
}

/** Changes a file of the company's folder; what it returns puts the old text back. */
export function edit(company: Company, file: string, change: (text: string) => string): () => void {
  const path = join(company.folder, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`nothing to change in ${file}`);
  writeFileSync(path, after);
  return () => writeFileSync(path, before);
}
