import { CHANNELS } from '../engagement/channel.js';
import { type ConsentQuestion, consentReasons, type MarketingConsent } from '../engagement/consent.js';
import type { StepWish } from '../engagement/wish.js';
import { isActive } from './act.js';
import type { Evidence } from './evidence.js';
import { type Open, open } from './open-reason.js';

/** What protects the person: asked at every step, and never ignored. */
export function protection(wish: StepWish, evidence: Evidence, entering: boolean): readonly Open[] {
  const { elsewhere, consent, basis, listed, today } = evidence;
  const { exclusive, tool } = CHANNELS[wish.step.channel];
  const question = (one: MarketingConsent): ConsentQuestion => ({
    entering: entering && !isOurs(one, wish, evidence),
    exclusive: exclusive && one.tool === tool,
    marketingOnly: wish.step.channel === 'hubspot-list' && one.tool === 'hubspot',
  });
  const told = consent.flatMap((one) => consentReasons(one, question(one)));
  return [
    ...(wish.refused === null ? [] : [open(wish.refused.code, wish.refused.evidence, null)]),
    ...(elsewhere.bounced ? [open('bounced', 'another contact with the same person bounced', null)] : []),
    ...(elsewhere.forgotten ? [open('forgotten', 'the person was forgotten at their own wish', null)] : []),
    ...(elsewhere.optedOut
      ? [open('opted_out_crm', 'another contact of the same person opted out', null)]
      : []),
    ...told.map(({ code, evidence: words }) => open(code, words, code === 'consent_unknown' ? today : null)),
    ...(basis
      ? []
      : [open('consent_unknown', 'a legal basis is required for the country and none is on record', null)]),
    ...(listed ? [] : [open('not_listed', 'test mode: the address is not on the list', null)]),
  ];
}

/** In a sequence that a playbook of lower priority put them into: nobody's hand did, and the higher one wins. */
function isOurs(
  { tool }: MarketingConsent,
  wish: StepWish,
  { toPerson, priorities, today }: Evidence,
): boolean {
  return toPerson.some(
    (act) =>
      CHANNELS[act.channel].tool === tool &&
      CHANNELS[act.channel].exclusive &&
      act.playbook !== wish.playbook &&
      (priorities.get(act.playbook) ?? Infinity) < wish.priority &&
      isActive(act, today),
  );
}
