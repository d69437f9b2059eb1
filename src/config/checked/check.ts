import type { EngagementPolicy } from '../../domain/engagement/policy.js';
import type { ProgramPolicy } from '../../domain/program/program-policy.js';
import { type CrmMapping, mappedAttributes } from '../../ports/mapping.js';
import type { FileSet } from '../file-set.js';
import type { Resolved } from '../resolved.js';
import { BUILT_IN } from './built-in-signals.js';
import { checkEngagement } from './engagement.js';
import type { Findings } from './findings.js';
import { checkHealth } from './health.js';
import { checkHubspotMapping } from './hubspot-mapping.js';
import { checkMoments } from './moments.js';
import { checkOutreachMapping } from './outreach-mapping.js';
import type { PlaybookScope } from './playbook/desk.js';
import { checkPlaybooks } from './playbook/playbooks.js';
import { revivePlaybook } from './playbook/revive.js';
import { checkProgram } from './program.js';
import { readerOf } from './reader.js';
import { checkSalesforceMapping, customFactsOf } from './salesforce-mapping.js';
import { checkService } from './service.js';
import { type AllTerms, termsFor } from './terms.js';
import { checkTiers } from './tiers.js';

/** Names that expressions and playbooks use and other files give. */
function namedIn({ salesforce, tiers, moments, engagement }: FileSet) {
  const { onboarding = {}, ongoing = {} } = moments?.value ?? {};
  return {
    custom: salesforce ? customFactsOf(salesforce.value) : {},
    tiers: tiers && Object.keys(tiers.value.tiers),
    moments: [...Object.keys(onboarding), ...Object.keys(ongoing)],
    dates: Object.fromEntries(
      Object.entries(engagement?.value.dates ?? {}).map(([name, day]) => [name, day !== null]),
    ),
  };
}

function checkMappings(set: FileSet, findings: Findings) {
  const custom = set.salesforce ? customFactsOf(set.salesforce.value) : {};
  return {
    crm: set.salesforce && checkSalesforceMapping(set.salesforce, findings),
    marketing: set.hubspot && checkHubspotMapping(set.hubspot, custom, findings),
    outreach: set.outreach && checkOutreachMapping(set.outreach, custom, findings),
  };
}

function checkJudgement(
  { health, tiers }: FileSet,
  { terms, program }: { readonly terms: AllTerms; readonly program: ProgramPolicy | null },
  findings: Findings,
) {
  const scope = health && { reader: readerOf(health.file, terms.scoring, findings), builtIn: BUILT_IN };
  return {
    policy: health && scope && checkHealth(health, scope),
    rules: tiers && checkTiers(tiers, readerOf(tiers.file, terms.scoring, findings), program),
  };
}

/** Without a readable config/engagement.yaml or config/moments.yaml nothing is said that depends on it. */
const ANY_CAP = { touches: Number.POSITIVE_INFINITY, days: 1 };

function playbookScope(
  { moments }: FileSet,
  terms: AllTerms,
  engagement: EngagementPolicy | null,
): PlaybookScope {
  return {
    terms,
    pools: engagement?.pools.map(({ id }) => id) ?? [],
    personCap: engagement?.caps.person ?? ANY_CAP,
    onboardingDays: moments?.value.onboardingDays ?? Number.POSITIVE_INFINITY,
  };
}

function checkEngagementFiles(set: FileSet, terms: AllTerms, findings: Findings) {
  const engagement = set.engagement && checkEngagement(set.engagement, findings);
  const scope = playbookScope(set, terms, engagement);
  const moments =
    set.moments &&
    checkMoments(set.moments, {
      reader: readerOf(set.moments.file, terms.moments, findings),
      pools: scope.pools,
      tiers: set.tiers && Object.keys(set.tiers.value.tiers),
    });
  return { engagement, moments, playbooks: checkPlaybooks(set.playbooks, scope, findings), scope };
}

function checkProgramFile(
  { program }: FileSet,
  { crm, named, terms }: CheckedNames,
  findings: Findings,
): ProgramPolicy | null {
  return (
    program &&
    checkProgram(program, {
      reader: readerOf(program.file, terms.scoring, findings),
      custom: named.custom,
      tiers: named.tiers,
      mapped: crm && mappedAttributes(crm),
    })
  );
}

interface CheckedNames {
  readonly crm: CrmMapping | null;
  readonly named: ReturnType<typeof namedIn>;
  readonly terms: AllTerms;
}

/** Checks everything that is not about shape; null where a file was not usable. */
export function checkFileSet(set: FileSet, findings: Findings): Omit<Resolved, 'notes'> | null {
  const { crm, marketing, outreach } = checkMappings(set, findings);
  const named = namedIn(set);
  const terms = termsFor(crm, named);
  const program = checkProgramFile(set, { crm, named, terms }, findings);
  const { policy, rules } = checkJudgement(set, { terms, program }, findings);
  const { engagement, moments, playbooks, scope } = checkEngagementFiles(set, terms, findings);
  const service = set.service && checkService(set.service, crm, findings);
  if (!policy || !rules || !service || !crm || !marketing) return null;
  if (!engagement || !moments || !program) return null;
  const lasting = { ...scope, personCap: ANY_CAP };
  return {
    health: policy,
    tiers: rules,
    playbooks,
    revive: (id, source) => revivePlaybook(id, source, lasting),
    engagement,
    moments,
    program,
    service,
    crm,
    marketing,
    outreach,
    customFacts: named.custom,
  };
}
