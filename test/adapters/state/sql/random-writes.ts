import fc from 'fast-check';
import type { StateStore } from '../../../../src/ports/state-store.js';
import {
  aCandidate,
  aContact,
  aLedgerEntry,
  aLetter,
  anAccount,
  anAssessment,
  anEntry,
  anEpisode,
  anItem,
  aRow,
  TODAY,
} from '../../../contracts/state-store/builders.js';

/** A write to any store, few enough ids apart that writes meet. */
export type Operation = (store: StateStore) => Promise<unknown>;

const account = fc.constantFrom('A1', 'A2', 'A3');
const record = fc.constantFrom('C1', 'C2', 'C3', 'C4');
const kind = fc.constantFrom('case' as const, 'account' as const);
const mark = fc.constantFrom('m1', 'm2');
const run = fc.constantFrom('r1', 'r2');
const kindOfMerge = fc.constantFrom('account' as const, 'contact' as const);
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
  episodes: fc.array(
    fc.tuple(small, account, small, fc.boolean()).map(([id, owner, seen, ended]) =>
      anEpisode(`e${id}`, {
        account: owner,
        playbook: `p${seen}`,
        edge: TODAY - seen,
        seenOn: TODAY + seen,
        ended: ended ? { on: TODAY, by: 'completed' } : null,
      }),
    ),
    { maxLength: 3 },
  ),
  run,
  day: small.map((days) => TODAY + days),
});
const statuses = fc.constantFrom(
  'intended' as const,
  'unclear' as const,
  'enrolled' as const,
  'refused' as const,
  'deferred' as const,
);
const entries = fc.array(
  fc
    .record({ key: small, status: statuses, day: small, person: small, contact: fc.option(small) })
    .map(({ key, status, day, person, contact }) =>
      aLedgerEntry(`k${key}`, {
        status,
        day: TODAY + day,
        person: `p${person}`,
        contact: contact === null ? null : `C${contact}`,
        account: `A${day}`,
        episode: `e${person}`,
        channel: day === 0 ? 'webhook' : 'hubspot-list',
        sender: contact === null ? null : `s${contact}`,
        busyUntil: TODAY + day,
        tryOn: status === 'deferred' ? TODAY + day : null,
      }),
    ),
);
const known = fc
  .record({ contact: record, account, person: fc.constantFrom('p1', 'p2', 'p3', 'p4') })
  .chain((each) =>
    fc
      .tuple(fc.boolean(), fc.boolean())
      .map(([optedOut, bounced]) => aContact(each.contact, { ...each, optedOut, bounced })),
  );
const merge = fc
  .tuple(kindOfMerge, record, record)
  .map(([of, loser, winner]) => ({ kind: of, loser, winner }));

export const operation: fc.Arbitrary<Operation> = fc.oneof(
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
  entries.map(
    (all): Operation =>
      (store) =>
        store.ledger.write(all),
  ),
  fc.tuple(small, small).map(
    ([key, day]): Operation =>
      (store) =>
        store.ledger.leave([{ key: `k${key}`, on: TODAY + day, by: 'goal' }]),
  ),
  fc.array(known, { maxLength: 4 }).map(
    (contacts): Operation =>
      (store) =>
        store.persons.save(contacts),
  ),
  known.map(
    (contact): Operation =>
      (store) =>
        store.persons.save([contact]),
  ),
  fc.array(record, { maxLength: 2 }).map(
    (ids): Operation =>
      (store) =>
        store.persons.remove(ids),
  ),
  fc.array(merge, { maxLength: 2 }).map(
    (merges): Operation =>
      (store) =>
        store.persons.merge(merges),
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
