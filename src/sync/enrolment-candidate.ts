import type { EnrolmentWish } from '../domain/engagement/wishes.js';
import type { Candidate } from '../ports/state-store.js';

/** `detail` of a candidate of kind `enrolment`; no name and no address, those stay in the rows. */
export type EnrolmentDetail = Omit<EnrolmentWish, 'priority'>;

/** Earlier = higher priority, earlier due day of the step, then account and key. */
export function enrolmentCandidates(wishes: readonly EnrolmentWish[]): readonly Candidate[] {
  return wishes.map(({ priority, ...detail }) => {
    const key = ledgerKey(detail);
    const urgency = String(1_000_000 - priority).padStart(7, '0');
    const age = String(100_000 + detail.edge + detail.step.day).padStart(7, '0');
    return {
      account: detail.account,
      kind: 'enrolment' as const,
      key,
      order: `${urgency}:${age}:${detail.account}:${key}`,
      detail,
    };
  });
}

/** `episode/step/person`: what we do at most once, for ever. `-` stands for the account as a whole. */
export function ledgerKey(detail: Pick<EnrolmentDetail, 'episode' | 'step' | 'person'>): string {
  return `${detail.episode}/${detail.step.id}/${detail.person?.key ?? '-'}`;
}
