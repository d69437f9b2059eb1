import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMemoryState } from '../../../../src/adapters/state/memory/index.js';
import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import type { StateStore } from '../../../../src/ports/state-store.js';
import {
  aCandidate,
  aLedgerEntry,
  aLetter,
  anAccount,
  anAssessment,
  anEntry,
  anItem,
  aRow,
  everything,
  TODAY,
} from '../../../contracts/state-store/builders.js';
import { silentLog } from './silent-log.js';

type Operation = (store: StateStore) => Promise<unknown>;

const account = fc.constantFrom('A1', 'A2', 'A3');
const record = fc.constantFrom('C1', 'C2', 'C3', 'C4');
const kind = fc.constantFrom('case' as const, 'account' as const);
const mark = fc.constantFrom('m1', 'm2');
const run = fc.constantFrom('r1', 'r2');
const small = fc.integer({ min: 0, max: 2 });

const cases = fc.array(
  fc
    .tuple(record, fc.option(account), small, small)
    .map(([id, owner, csat, stamp]) => ({ ...aRow(id, owner, { csat }), stamp })),
  { maxLength: 4 },
);
const accounts = fc.array(
  fc.tuple(account, small, small).map(([id, seats, score]) => ({
    ...anAccount(id, { name: `Name ${seats}`, seats }),
    held: { Score__c: score },
  })),
  { maxLength: 3 },
);
const page = fc.record({
  assessments: fc.array(
    fc
      .tuple(account, fc.option(small), fc.option(small))
      .map(([id, due, measure]) => anAssessment(id, { dueOn: due === null ? null : TODAY + due, measure })),
    { maxLength: 3 },
  ),
  history: fc.array(
    fc.tuple(account, small, small).map(([id, day, print]) => anEntry(id, { day, fingerprint: `f${print}` })),
    { maxLength: 3 },
  ),
  candidates: fc.array(
    fc
      .tuple(account, small, small)
      .map(([id, key, order]) => aCandidate(id, { key: `k${key}`, order: `${order}` })),
    { maxLength: 3 },
  ),
  run,
});
const statuses = fc.constantFrom(
  'intended' as const,
  'unclear' as const,
  'enrolled' as const,
  'refused' as const,
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  cases.map(
    (rows): Operation =>
      (store) =>
        store.rows.save('case', rows),
  ),
  accounts.map(
    (rows): Operation =>
      (store) =>
        store.rows.save('account', rows),
  ),
  fc.tuple(kind, fc.array(fc.oneof(record, account))).map(
    ([of, ids]): Operation =>
      (store) =>
        store.rows.remove(of, ids),
  ),
  fc.tuple(kind, mark).map(
    ([of, name]): Operation =>
      (store) =>
        store.rows.beginFull(of, name),
  ),
  fc.tuple(kind, mark).map(
    ([of, name]): Operation =>
      (store) =>
        store.rows.endFull(of, name),
  ),
  fc.tuple(kind, mark, fc.array(fc.oneof(record, account))).map(
    ([of, name, ids]): Operation =>
      (store) =>
        store.rows.noteSeen(of, name, ids),
  ),
  fc.tuple(account, small).map(
    ([id, score]): Operation =>
      (store) =>
        store.rows.setHeld([{ id, held: { Score__c: score } }]),
  ),
  page.map(
    (saved): Operation =>
      (store) =>
        store.assessments.save(saved),
  ),
  fc.array(account).map(
    (ids): Operation =>
      (store) =>
        store.assessments.markChanged(ids),
  ),
  run.map(
    (id): Operation =>
      (store) =>
        store.assessments.unmarkApplied(id),
  ),
  fc.tuple(run, fc.array(small)).map(
    ([id, seqs]): Operation =>
      (store) =>
        store.plan.add(
          id,
          seqs.map((seq) => anItem(seq)),
        ),
  ),
  fc.tuple(run, small, fc.constantFrom('planned' as const, 'done' as const)).map(
    ([id, seq, status]): Operation =>
      (store) =>
        store.plan.setStatus(id, [{ seq, status }]),
  ),
  fc.array(fc.tuple(small, statuses, small)).map(
    (all): Operation =>
      (store) =>
        store.ledger.write(all.map(([key, status, day]) => aLedgerEntry(`k${key}`, { status, day }))),
  ),
  fc.tuple(account, small, small).map(
    ([id, content, day]): Operation =>
      (store) =>
        store.deadLetters.add([aLetter(id, { id: `${id}-${content}`, content: `c${content}`, day })]),
  ),
  fc.array(account).map(
    (ids): Operation =>
      (store) =>
        store.deadLetters.resolve(ids),
  ),
  fc.tuple(account, small).map(
    ([id, content]): Operation =>
      (store) =>
        store.deadLetters.retry([`${id}-${content}`]),
  ),
);

/** Everything that the port shows of a store. */
async function seen(store: StateStore): Promise<unknown> {
  const bundles = (which: 'all' | 'changed', day: number) =>
    everything(store.assessments.bundles({ which, day, after: null }, 2));
  return {
    all: await bundles('all', TODAY),
    changed: await bundles('changed', TODAY),
    later: (await bundles('changed', TODAY + 1)).map((bundle) => bundle.account.id),
    counts: [
      await store.rows.count('case'),
      await store.rows.count('account'),
      await store.assessments.count(),
    ],
    history: await store.assessments.history('A1', 5),
    named: await store.assessments.find({ name: 'name 1' }),
    measures: await everything(store.assessments.measures(1)),
    candidates: await everything(store.plan.candidates('r1', 'enrolment', 2)),
    items: await everything(store.plan.items('r1', { kind: 'field', status: 'planned' }, 2)),
    planned: await store.plan.counts('r1'),
    open: await everything(store.ledger.open(1)),
    ledger: await store.ledger.ofAccount('A1'),
    letters: await store.deadLetters.list(10),
    waiting: [...(await store.deadLetters.waiting(['A1', 'A2', 'A3']))].sort(),
  };
}

it('answers like the store in memory after any sequence of writes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 25 }), async (operations) => {
      const memory = openMemoryState();
      const sql = await openSqlState({ file: ':memory:', log: silentLog });
      for (const apply of operations) expect(await apply(sql)).toEqual(await apply(memory));
      expect(await seen(sql)).toEqual(await seen(memory));
      await sql.close();
    }),
    { numRuns: 60 },
  );
});
