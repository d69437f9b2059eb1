import type { StateStore } from '../../../../src/ports/state-store.js';
import { everything, TODAY } from '../../../contracts/state-store/builders.js';

/** Everything that the port shows of a store. */
export async function seen(store: StateStore): Promise<unknown> {
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
    latest: await store.assessments.latest('A3'),
    history: await store.assessments.history('A1', 5),
    named: await store.assessments.find({ name: 'name 1' }),
    measures: await everything(store.assessments.measures(1)),
    candidates: await everything(store.plan.candidates('r1', 'enrolment', 2)),
    items: await everything(store.plan.items('r1', { kind: 'field', status: 'planned' }, 2)),
    planned: await store.plan.counts('r1'),
    ledger: await seenOfLedger(store),
    episodes: await seenOfEpisodes(store),
    persons: await seenOfPersons(store),
    letters: await store.deadLetters.list(10),
    waiting: [...(await store.deadLetters.waiting(['A1', 'A2', 'A3']))].sort(),
  };
}

async function seenOfLedger({ ledger }: StateStore): Promise<unknown> {
  const [persons, contacts, accounts] = [['p0', 'p1'], ['C1'], ['A0']];
  return {
    open: await everything(ledger.open(1)),
    ofAccount: await ledger.ofAccount('A1'),
    ofPerson: await ledger.ofPerson('p1'),
    ofEpisodes: await ledger.ofEpisodes(['e0', 'e2']),
    sent: await ledger.sent('start', { persons, accounts }),
    since: await ledger.sentSince(TODAY + 1, { persons, contacts, accounts }),
    bySender: [...(await ledger.bySender(TODAY + 1))].sort(),
    through: await everything(ledger.through(['hubspot-list'], TODAY + 2, 1)),
  };
}

async function seenOfEpisodes({ episodes }: StateStore): Promise<unknown> {
  return {
    all: await everything(episodes.list({ playbook: null, running: false }, 1)),
    running: await everything(episodes.list({ playbook: 'p1', running: true }, 1)),
    own: await episodes.ofAccount('A1'),
  };
}

async function seenOfPersons({ persons }: StateStore): Promise<unknown> {
  const all = ['p1', 'p2', 'p3', 'p4'];
  return {
    contacts: await persons.contactsOf(all),
    aliases: [...(await persons.aliasesOf(all))],
    losers: [...(await persons.losersOf(['C1', 'C2', 'C3']))],
  };
}
