import type { Playbook } from '../../../domain/engagement/playbook.js';
import { PLAYBOOK_FOLDER, type ReadPlaybook } from '../../file-set.js';
import type { Findings } from '../findings.js';
import { noteGaps } from '../gaps.js';
import { channelOf } from './channels.js';
import type { PlaybookScope } from './desk.js';
import { checkPlaybook } from './playbook.js';
import { layOut } from './tracks.js';

function checkPriorities(playbooks: readonly ReadPlaybook[], findings: Findings): void {
  const seen = new Map<number, string>();
  for (const { id, read } of playbooks) {
    const { priority } = read.value;
    const other = seen.get(priority);
    if (other !== undefined) {
      const message = `priority ${priority} is used by "${other}" already; priorities are unique`;
      findings.report(read.file.problemAt(['priority'], message));
    }
    seen.set(priority, id);
  }
}

/** What can be joined once: two steps that share it would hide each other. */
const JOINED_ONCE = { 'hubspot-list': 'list', 'salesforce-campaign': 'campaign' } as const;

function checkTargets(playbooks: readonly ReadPlaybook[], findings: Findings): void {
  const seen = new Map<string, string>();
  for (const { id, read } of playbooks) {
    for (const { written, path } of layOut(read.value).steps) {
      const channel = channelOf(written);
      const target = written.target?.trim() ?? '';
      if ((channel !== 'hubspot-list' && channel !== 'salesforce-campaign') || target === '') continue;
      const key = `${channel} ${target.toLowerCase()}`;
      const [what, other] = [JOINED_ONCE[channel], seen.get(key)];
      if (other !== undefined)
        findings.report(
          read.file.problemAt(
            [...path, 'target'],
            `the ${what} "${target}" is used by ${other} already; each step needs a ${what} of its own`,
          ),
        );
      seen.set(key, `${id}/${written.id}`);
    }
  }
}

/** Checks all playbooks, each by itself and against the others. By falling priority. */
export function checkPlaybooks(
  playbooks: readonly ReadPlaybook[],
  scope: PlaybookScope,
  findings: Findings,
): readonly Playbook[] {
  checkPriorities(playbooks, findings);
  checkTargets(playbooks, findings);
  const checked = playbooks.map((one) => checkPlaybook(one, scope, findings));
  const noteAll = (message: string) =>
    findings.note({ file: PLAYBOOK_FOLDER, line: null, column: null, message });
  noteGaps(
    checked.flatMap(({ idle }) => idle ?? []),
    'playbooks wait for facts that are not mapped, or for days that are not set',
    noteAll,
  );
  noteGaps(
    checked.flatMap(({ gaps }) => gaps),
    'conditions in playbooks never hold, since they need facts that are not mapped',
    noteAll,
  );
  return checked.map(({ playbook }) => playbook).sort((a, b) => b.priority - a.priority);
}
