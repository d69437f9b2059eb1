import type { ChannelId } from '../domain/engagement/channel.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import { IntegrationError } from '../ports/errors.js';
import { accountsToday, type LookingAt } from './account-today.js';
import type { Tools } from './context.js';
import { NOTHING_KNOWN_YET } from './last-look.js';
import { assessmentRules } from './rules.js';

/** Something about a playbook that config alone can't tell. */
export interface PlaybookFinding {
  readonly level: 'problem' | 'note';
  readonly code: 'missing-target' | 'made-at-first-use' | 'empty-audience';
  readonly playbook: string;
  readonly step: string | null;
  /** What is so, and what mends it. */
  readonly what: string;
}

/** What a target is called. */
const WORDS: Readonly<Record<ChannelId, string>> = {
  'hubspot-list': 'HubSpot list',
  'hubspot-sequence': 'HubSpot sequence',
  'outreach-sequence': 'Outreach sequence',
  'salesforce-campaign': 'Salesforce campaign',
  'salesforce-task': 'task',
  webhook: 'event',
};

/** Asks each connected channel whether what the steps name is there. */
export async function missingTargets({
  settings,
  channels,
}: Pick<Tools, 'settings' | 'channels'>): Promise<readonly PlaybookFinding[]> {
  const known = new Map<string, boolean>();
  const findings: PlaybookFinding[] = [];
  for (const { id, steps } of settings.playbooks) {
    for (const { id: step, channel, target, task } of steps) {
      const connected = channels.get(channel);
      if (task !== null || connected === undefined) continue;
      const name = `${channel}|${target}`;
      if (!known.has(name)) known.set(name, await connected.exists(target));
      if (known.get(name) === false) findings.push(missing({ playbook: id, step }, channel, target));
    }
  }
  return findings;
}

function missing(
  at: Pick<PlaybookFinding, 'playbook' | 'step'>,
  channel: ChannelId,
  target: string,
): PlaybookFinding {
  const what = `the ${WORDS[channel]} "${target}" does not exist`;
  return channel === 'hubspot-list'
    ? { ...at, level: 'note', code: 'made-at-first-use', what: `${what} yet; it is made at its first use` }
    : {
        ...at,
        level: 'problem',
        code: 'missing-target',
        what: `${what}; make it there, or correct the name in the playbook`,
      };
}

/** Playbooks whose audience holds for no account today. */
export async function emptyAudiences({ run }: LookingAt): Promise<readonly PlaybookFinding[]> {
  const asked = new Map<string, Playbook['audience']['when']>(
    run.settings.playbooks.flatMap(({ id, audience: { when } }) =>
      when === null ? [] : [[id, when] as const],
    ),
  );
  const rules = await assessmentRules(run);
  for await (const page of accountsToday(run, rules)) {
    for (const { question } of page)
      for (const [id, when] of asked)
        if (when?.evaluate(question.facts, run.today) === true) asked.delete(id);
    if (asked.size === 0) break;
  }
  return [...asked].map(([playbook, when]) => ({
    level: 'note',
    code: 'empty-audience',
    playbook,
    step: null,
    what: `its audience holds for no account today: ${when?.source.replace(/\s+/g, ' ').trim() ?? ''}`,
  }));
}

/** True where the state can't be asked yet, because no run came to its end. */
export function isBeforeFirstRun(error: unknown): boolean {
  return error instanceof IntegrationError && NOTHING_KNOWN_YET.has(error.code);
}
