import type { StepWish, Wish } from '../domain/engagement/wish.js';
import type { Candidate } from '../ports/state-store.js';

/**
 * Leaves first, so that who left makes room; then by urgency (the playbook's priority), by how long the step
 * has been due, then by ids. Never by revenue.
 */
export function engagementCandidates(wishes: readonly Wish[]): readonly Candidate[] {
  return wishes.map((wish) => {
    const key = wish.kind === 'leave' ? leaveKey(wish) : ledgerKey(wish);
    return {
      account: wish.account,
      kind: 'enrolment' as const,
      key: `${wish.kind}:${key}`,
      order: `${orderOf(wish)}:${wish.account}:${key}`,
      detail: wish,
    };
  });
}

function orderOf(wish: Wish): string {
  if (wish.kind === 'leave') return '0';
  const urgency = String(1_000_000 - wish.priority).padStart(7, '0');
  const waiting = String(100_000 + wish.due).padStart(7, '0');
  return `1:${urgency}:${waiting}:${String(wish.rank).padStart(3, '0')}`;
}

/** `episode/step/person`: what we do at most once, for ever. `-` stands for the account as a whole. */
export function ledgerKey(
  wish: Pick<StepWish, 'episode' | 'person'> & { readonly step: { readonly id: string } },
): string {
  return `${wish.episode}/${wish.step.id}/${wish.person?.key ?? '-'}`;
}

function leaveKey({ episode, person }: Extract<Wish, { kind: 'leave' }>): string {
  return `${episode}/${person ?? '*'}`;
}
