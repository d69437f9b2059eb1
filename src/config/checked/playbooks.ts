import {
  type ChannelId,
  CONTACT_ROLES,
  type ContactRole,
  type Playbook,
  type PlaybookStep,
  REFUSAL_CODES,
  type RefusalCode,
} from '../../domain/engagement/playbook.js';
import type { Normalised } from '../normalised/normalise.js';
import type { WrittenPlaybook } from '../normalised/playbook.js';
import { contentHash } from './content-hash.js';
import type { Reader } from './reader.js';

const CHANNELS: readonly ChannelId[] = ['hubspot-list', 'hubspot-sequence'];
const SENDERS: readonly PlaybookStep['sender'][] = ['csm', 'account-owner'];

/** State of the account or the tool, which a playbook may overlook. All others protect the person. */
const IGNORABLE_CODES: readonly RefusalCode[] = ['churned', 'holdout', 'already_active'];

const FACELESS = /no-?reply|do-?not-?reply|team|info@|support@|success@|hello@/i;

type WrittenStep = WrittenPlaybook['steps'][number];

function senderOf(
  sender: string,
  reader: Reader,
  path: readonly (string | number)[],
): PlaybookStep['sender'] {
  const known = SENDERS.find((name) => name === sender);
  if (known) return known;
  if (FACELESS.test(sender)) {
    reader.wrong(
      path,
      `"${sender}" is nobody who reads replies; a message comes from a person: csm or account-owner`,
    );
  } else {
    reader.name('sender', sender, SENDERS, path);
  }
  return 'csm';
}

function stepOf(step: WrittenStep, index: number, reader: Reader): PlaybookStep {
  const path = ['steps', index];
  const target = step.target.trim();
  reader.name('channel', step.channel, CHANNELS, [...path, 'channel']);
  if (target === '')
    reader.wrong(
      [...path, 'target'],
      `"target" must not be blank: the name of the ${step.channel === 'hubspot-sequence' ? 'sequence' : 'list'}`,
    );
  return {
    id: step.id,
    day: step.day,
    channel: CHANNELS.find((name) => name === step.channel) ?? 'hubspot-list',
    target,
    sender: senderOf(step.sender, reader, [...path, 'sender']),
    lateBy: step.lateBy,
  };
}

function checkSteps(steps: readonly WrittenStep[], reader: Reader): void {
  const seen = new Set<string>();
  let day = 0;
  steps.forEach((step, index) => {
    if (seen.has(step.id)) reader.wrong(['steps', index, 'id'], `the step "${step.id}" exists twice`);
    if (step.day < day)
      reader.wrong(['steps', index, 'day'], `day ${step.day} comes before the step above it (day ${day})`);
    seen.add(step.id);
    day = step.day;
  });
  const sequences = steps.flatMap((step, index) => (step.channel === 'hubspot-sequence' ? [index] : []));
  for (const index of sequences.slice(1)) {
    reader.wrong(
      ['steps', index, 'channel'],
      'a sequence holds a person alone and can’t be left: only one step of a playbook may be one',
    );
  }
}

function rolesOf(roles: readonly string[], reader: Reader): readonly ContactRole[] {
  return roles.flatMap((role, index) => {
    const path = ['audience', 'roles', index];
    if (!reader.name('role', role, CONTACT_ROLES, path)) return [];
    if (roles.indexOf(role) < index) reader.wrong(path, `the role "${role}" is listed twice`);
    return CONTACT_ROLES.filter((known) => known === role);
  });
}

function ignoredCodes(codes: readonly string[], reader: Reader): readonly RefusalCode[] {
  return codes.flatMap((code, index) => {
    const path = ['ignore', index];
    if (!reader.name('refusal code', code, REFUSAL_CODES, path)) return [];
    const ignorable = IGNORABLE_CODES.filter((known) => known === code);
    if (ignorable.length === 0) {
      reader.wrong(
        path,
        `"${code}" protects the person or the key and can’t be ignored; possible: ${IGNORABLE_CODES.join(', ')}`,
      );
    }
    return ignorable;
  });
}

function triggerOf({ trigger }: WrittenPlaybook, reader: Reader): Playbook['trigger'] {
  const { per, onFirstSight, fireWithin, reenter } = trigger;
  const when = reader.condition(trigger.when, ['trigger', 'when']);
  reader.effective(when, ['trigger', 'when'], 'this playbook never starts');
  return {
    per,
    when: when.expression,
    edge: trigger.edge === undefined ? null : reader.number(trigger.edge, ['trigger', 'edge']).expression,
    onFirstSight,
    fireWithin,
    reenter,
  };
}

/** Checks one playbook file. `readers`: expressions about the account alone, and about a person too. */
export function checkPlaybook(
  id: string,
  { value }: Normalised<WrittenPlaybook>,
  readers: { readonly account: Reader; readonly person: Reader },
): Playbook {
  const reader = readers.account;
  const { when, roles, maxPersons } = value.audience;
  checkSteps(value.steps, reader);
  return {
    id,
    label: value.label,
    version: contentHash({ id, ...value }),
    priority: value.priority,
    trigger: triggerOf(value, value.trigger.per === 'person' ? readers.person : reader),
    audience: {
      when: when === undefined ? null : reader.condition(when, ['audience', 'when']).expression,
      roles: rolesOf(roles, reader),
      maxPersons,
    },
    steps: value.steps.map((step, index) => stepOf(step, index, reader)),
    holdout: value.holdout,
    ignore: ignoredCodes(value.ignore, reader),
  };
}
