import { CHANNELS } from '../domain/engagement/channel.js';
import { isSent } from '../domain/settle/act.js';
import type { PersonToUpsert } from '../ports/marketing.js';
import type { LedgerEntry, PlanItem } from '../ports/state-store.js';
import { addressesOf } from './addresses.js';
import { carriedProperties } from './carried.js';
import { PAGE, type Run } from './context.js';
import { decideAgain } from './engagement-outcomes.js';
import type { Settling } from './settling.js';

/** `detail` of a plan item of kind `carry`: the people of an account whom a tool knows. */
interface CarryItem {
  readonly hash: string;
  readonly people: readonly {
    readonly tool: 'hubspot' | 'outreach';
    readonly key: string;
    readonly contactId: string;
    readonly recordId: string;
  }[];
}

/** Accounts whose facts changed since they were carried: their people are brought up to date. */
export async function settleCarry(run: Run, settling: Settling): Promise<void> {
  settling.begin('carry');
  for await (const page of settling.pages()) {
    const entries = await run.state.ledger.ofAccounts(page.map(({ account }) => account));
    const byAccount = Map.groupBy(entries, ({ account }) => account);
    const items = page.map(({ account, detail }): PlanItem => {
      const { hash } = detail as { readonly hash: string };
      const item: CarryItem = { hash, people: peopleIn(byAccount.get(account) ?? []) };
      return { seq: settling.numbering.next(), kind: 'carry', account, key: account, detail: item };
    });
    await settling.keep(page, items);
  }
}

function peopleIn(entries: readonly LedgerEntry[]): CarryItem['people'] {
  const found = new Map<string, CarryItem['people'][number]>();
  for (const entry of entries) {
    const { tool } = CHANNELS[entry.channel];
    const { person, contact, recordId } = entry;
    if (tool === null || contact === null || recordId === null || !isSent(entry)) continue;
    found.set(`${tool}|${person}`, { tool, key: person, contactId: contact, recordId });
  }
  return [...found.values()];
}

/** People are only updated here, never made: who is not known to a tool is not enrolled in anything there. */
export async function applyCarry(run: Run): Promise<void> {
  for await (const page of run.state.plan.items(run.id, { kind: 'carry', status: 'planned' }, PAGE)) {
    await run.checkpoint();
    const failed = await carryPage(run, page);
    const done = page.filter(({ account }) => !failed.has(account));
    await run.state.rows.keep(
      'engagement',
      done.map(({ account, detail }) => carriedRow(run, account, (detail as CarryItem).hash)),
    );
    await decideAgain(
      run,
      page.filter(({ account }) => failed.has(account)),
    );
    await run.state.plan.setStatus(
      run.id,
      page.map(({ seq, account }) => ({ seq, status: failed.has(account) ? 'unclear' : 'done' })),
    );
  }
}

/** Accounts of which somebody could not be brought up to date for now. */
async function carryPage(run: Run, page: readonly PlanItem[]): Promise<ReadonlySet<string>> {
  const people = page.flatMap(({ account, detail }) =>
    (detail as CarryItem).people.map((person) => ({ account, person, tool: person.tool })),
  );
  const failed = new Set<string>();
  for (const tool of run.marketing) {
    const mine = people.filter((one) => one.tool === tool.id);
    const properties = await carriedProperties(run, tool.id, mine);
    const emails = new Map((await addressesOf(run, mine)).map(({ person, email }) => [person, email]));
    const updates = mine.flatMap(({ person }): readonly PersonToUpsert[] => {
      const { key, contactId, recordId } = person;
      const email = emails.get(key);
      const carried = properties.get(contactId);
      return email === undefined || carried === undefined
        ? []
        : [{ person: key, contactId, email, recordId, properties: carried }];
    });
    const outcomes = updates.length === 0 ? [] : await tool.upsert(updates);
    const unclear = new Set(
      outcomes.flatMap((one) => (!one.ok && one.refusal.retryable ? [one.person] : [])),
    );
    for (const { account, person } of mine) if (unclear.has(person.key)) failed.add(account);
  }
  return failed;
}

function carriedRow(run: Run, account: string, hash: string) {
  return {
    id: `carried:${account}`,
    accountId: account,
    stamp: 0,
    values: { on: run.today, at: run.clock.now(), kind: 'carried', carried: hash },
    held: null,
  };
}
