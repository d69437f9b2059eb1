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
  const esc = String.fromCharCode(27);
  const bell = String.fromCharCode(7);
  say(`Acme${esc}]0;title${bell}${esc}[2J ${esc}[31mred${esc}[39m\tand\nso on`);
  expect(said).toBe(`Acme]0;title[2J ${esc}[31mred${esc}[39m\tand\nso on\n`);
});
