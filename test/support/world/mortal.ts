import type { Crm, RecordChange } from '../../../src/ports/crm.js';
import type { Channel } from '../../../src/ports/marketing.js';
import type { Tools } from '../../../src/sync/context.js';
import { Killed } from './channels.js';

/** Tools of a process that dies at its n-th touch of state, CRM or channel: before it where n is even, after it where odd. */
export interface Mortal {
  readonly tools: Tools;
  readonly touches: () => number;
  readonly isDead: () => boolean;
}

export function mortal(tools: Tools, dies: number): Mortal {
  let touches = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Killed('killed');
  };
  const touched = (): boolean => {
    if (dead) die();
    touches += 1;
    if (touches === dies && dies % 2 === 0) die();
    return touches === dies;
  };
  const watched = <T extends object>(inner: T): T =>
    new Proxy(inner, { get: (of, name) => part(Reflect.get(of, name)) });
  const part = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !(value instanceof Map)) return watched(value);
    return typeof value === 'function' ? call(value) : value;
  };
  const call =
    (inner: unknown) =>
    (...args: readonly unknown[]): unknown => {
      const last = touched();
      const answer = (inner as (...given: readonly unknown[]) => unknown)(...args);
      if (answer instanceof Promise) return answer.then((value) => (last ? die() : value));
      if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer)
        return each(answer as AsyncIterable<unknown>, last);
      // The same state, in somebody's hands.
      if (typeof answer === 'object' && answer !== null && 'whileHeld' in answer) return watched(answer);
      return answer;
    };
  async function* each(pages: AsyncIterable<unknown>, last: boolean): AsyncGenerator<unknown> {
    for await (const page of pages) {
      if (last || dead) die();
      yield page;
      if (touched()) die();
    }
  }
  const channels = new Map([...tools.channels].map(([id, channel]) => [id, watched<Channel>(channel)]));
  return {
    tools: { ...tools, state: watched(tools.state), crm: watched(tools.crm), channels },
    touches: () => touches,
    isDead: () => dead,
  };
}

/** A CRM that writes down each change of a record that it was asked for. */
export function writing(crm: Crm, wrote: RecordChange[]): Crm {
  return {
    ...crm,
    write: (object, changes) => {
      wrote.push(...changes);
      return crm.write(object, changes);
    },
  };
}
