import type { Day } from '../day.js';
import type { RefusalReason } from './eligibility.js';
import type { Playbook } from './playbook.js';

/** Something that a playbook did, or began to do, for a person of an account. */
export interface SentBefore {
  readonly episode: string;
  readonly step: string;
  readonly person: string;
  readonly account: string;
  readonly day: Day;
}

export interface Wanted {
  readonly episode: string;
  readonly step: string;
  readonly person: string;
  readonly account: string;
}

/**
 * What the ledger says against a wish, whatever the triggers remember: another episode of the
 * playbook that is not re-armed yet, or an episode that has its full number of persons.
 * `chosen` = persons taken for this step of this episode in this run.
 */
export function refuseByLedger(
  playbook: Playbook,
  wanted: Wanted,
  {
    sent,
    chosen,
    today,
  }: { readonly sent: readonly SentBefore[]; readonly chosen: ReadonlySet<string>; readonly today: Day },
): RefusalReason | null {
  const mine = ({ person, account }: SentBefore): boolean =>
    person === wanted.person || (playbook.trigger.per === 'account' && account === wanted.account);
  const resting = sent.find(
    (entry) => entry.episode !== wanted.episode && mine(entry) && !rearmed(playbook, entry.day, today),
  );
  if (resting)
    return { code: 'cooldown', evidence: 'an earlier episode of this playbook is not re-armed yet' };
  const others = new Set(chosen);
  for (const entry of sent) {
    if (entry.episode === wanted.episode && entry.step === wanted.step) others.add(entry.person);
  }
  others.delete(wanted.person);
  if (others.size < playbook.audience.maxPersons) return null;
  return {
    code: 'account_cap',
    evidence: `${playbook.audience.maxPersons} persons of this episode were chosen already`,
  };
}

function rearmed({ trigger: { reenter } }: Playbook, sentOn: Day, today: Day): boolean {
  if (reenter === 'never') return false;
  return reenter === 'always' ? sentOn < today : today - sentOn >= reenter.afterDays;
}
