import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { terminal } from '../../../src/entrypoints/cli/terminal.js';

it('lets nothing through that a name could steer a terminal with', () => {
  let said = '';
  const out = new Writable({
    write: (chunk, _encoding, done) => {
      said += String(chunk);
      done();
    },
  });
  const { say } = terminal({ json: false, plain: false, out, err: out });
  const escape = String.fromCharCode(27);
  const bell = String.fromCharCode(7);
  say(`Acme${escape}]0;title${bell}${escape}[2J ${escape}[31mred${escape}[39m\tand\nso on`);
  expect(said).toBe(`Acme]0;title[2J ${escape}[31mred${escape}[39m\tand\nso on\n`);
});
