import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { IntegrationError } from '../../ports/errors.js';
import type { Terminal } from './terminal.js';

export type PasswordSource = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** A password as it is typed, unseen and twice; or all that comes over a pipe, without its last line break. */
export async function readPassword(terminal: Terminal, source: PasswordSource): Promise<string> {
  if (source.isTTY !== true) return (await text(source)).replace(/\r?\n$/, '');
  const first = await typedUnseen(terminal, source, 'Password: ');
  const second = await typedUnseen(terminal, source, 'The same again: ');
  if (first === second) return first;
  throw new IntegrationError({
    kind: 'Config',
    code: 'PASSWORDS_DIFFER',
    message: 'The two passwords are not the same; nothing was changed.',
    actions: ['Run the command again.'],
    retryable: false,
    provider: 'cli',
    operation: 'read password',
  });
}

async function typedUnseen({ write }: Terminal, input: PasswordSource, prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: nowhere, terminal: true });
  try {
    write(prompt);
    return await reader.question('');
  } finally {
    reader.close();
    write('\n');
  }
}
