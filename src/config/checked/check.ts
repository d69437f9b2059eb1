import type { Playbook } from '../../domain/engagement/playbook.js';
import type { FileSet, ReadPlaybook } from '../file-set.js';
import type { Resolved } from '../resolved.js';
import { BUILT_IN } from './built-in-signals.js';
import type { Findings } from './findings.js';
import { checkHealth } from './health.js';
import { checkHubspotMapping } from './hubspot-mapping.js';
import { checkPlaybook } from './playbooks.js';
import { readerOf } from './reader.js';
import { checkSalesforceMapping, customFactsOf } from './salesforce-mapping.js';
import { type AllTerms, termsFor } from './terms.js';
import { checkTiers } from './tiers.js';

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

/** Joining a list starts its workflow once: two steps that share a list would hide each other. */
function checkListTargets(playbooks: readonly ReadPlaybook[], findings: Findings): void {
  const seen = new Map<string, string>();
  for (const { id, read } of playbooks) {
    read.value.steps.forEach((step, index) => {
      const target = step.target.trim().toLowerCase();
      if (step.channel !== 'hubspot-list' || target === '') return;
      const other = seen.get(target);
      if (other !== undefined) {
        const message = `the list "${step.target}" is used by ${other} already; each step needs a list of its own`;
        findings.report(read.file.problemAt(['steps', index, 'target'], message));
      }
      seen.set(target, `${id}/${step.id}`);
    });
  }
}

function checkPlaybooks(
  playbooks: readonly ReadPlaybook[],
  terms: AllTerms,
  findings: Findings,
): readonly Playbook[] {
  checkPriorities(playbooks, findings);
  checkListTargets(playbooks, findings);
  const checked = playbooks.map(({ id, read }) =>
    checkPlaybook(id, read, {
      account: readerOf(read.file, terms.account, findings),
      person: readerOf(read.file, terms.person, findings),
    }),
  );
  return checked.sort((a, b) => b.priority - a.priority);
}

/** Checks everything that is not about shape; null where a file was not usable. */
export function checkFileSet(set: FileSet, findings: Findings): Omit<Resolved, 'notes'> | null {
  const { health, tiers, service, salesforce, hubspot } = set;
  const customFacts = salesforce ? customFactsOf(salesforce.value) : {};
  const crm = salesforce && checkSalesforceMapping(salesforce, findings);
  const marketing = hubspot && checkHubspotMapping(hubspot, customFacts, findings);
  const terms = termsFor(crm, customFacts);
  const scope = health && { reader: readerOf(health.file, terms.scoring, findings), builtIn: BUILT_IN };
  const policy = health && scope && checkHealth(health, scope);
  const rules = tiers && checkTiers(tiers, readerOf(tiers.file, terms.scoring, findings));
  const playbooks = checkPlaybooks(set.playbooks, terms, findings);
  if (!policy || !rules || !service || !crm || !marketing) return null;
  return { health: policy, tiers: rules, playbooks, service: service.value, crm, marketing, customFacts };
}
