import type { Playbook } from '../domain/engagement/playbook.js';
import type { EngagementRules } from '../domain/engagement/wishes.js';
import type { FactBasis } from '../domain/facts/basis.js';
import { FACTS } from '../domain/facts/catalogue.js';
import type { Run } from './context.js';
import { readControls } from './controls.js';

const VERSIONS = 'playbook-versions';

/** Written form of every version that an episode may still run on, by `id@version`. */
type Versions = Readonly<Record<string, unknown>>;

/** What playbooks are read by in this run; notes the versions in use, so that running episodes can stay with theirs. */
export async function engagementRules(run: Run, basis: FactBasis): Promise<EngagementRules> {
  const { settings, state, digest } = run;
  const versions = await keepVersions(run);
  const revived = new Map<string, Playbook | null>();
  const content = (part: unknown): string => digest.content(JSON.stringify(part)).slice(0, 12);
  const models = {
    health: settings.health.version.slice(0, 12),
    tier: content(settings.tiers),
    moments: content(settings.moments),
  };
  const unread = (playbook: Playbook): string => {
    const facts = unreadable(playbook, basis);
    return facts.length === 0 ? '' : `/-${content(facts)}`;
  };
  const controls = await readControls(state.notes);
  // Asked for every account and playbook.
  const baselines = new Map<Playbook, string>();
  return {
    playbooks: connectedPlaybooks(run),
    configured: new Set(settings.playbooks.map(({ id }) => id)),
    policy: settings.engagement,
    earlier: (id, version) => {
      const name = `${id}@${version}`;
      if (!revived.has(name)) revived.set(name, settings.revive(id, versions[name]));
      return revived.get(name) ?? null;
    },
    baseline: (playbook) => {
      const known = baselines.get(playbook) ?? `${baselineOf(playbook, models)}${unread(playbook)}`;
      baselines.set(playbook, known);
      return known;
    },
    basis,
    contentHash: digest.content,
    salt: await holdoutSalt(run),
    known: await knownPlaybooks(run, unread),
    stopped: new Set(controls.stopped),
  };
}

/** Steps whose channel is not connected can't be taken; a playbook of only such steps is not read at all. */
export function connectedPlaybooks({
  settings,
  channels,
}: Pick<Run, 'settings' | 'channels'>): readonly Playbook[] {
  return settings.playbooks.flatMap((playbook) => {
    const steps = playbook.steps.filter(({ channel }) => channels.has(channel));
    return steps.length === 0 ? [] : [{ ...playbook, steps }];
  });
}

/** Models whose change must not look like a change of the customer: whatever the trigger reads of them. */
function baselineOf(
  { trigger }: Playbook,
  models: { readonly health: string; readonly tier: string; readonly moments: string },
): string {
  const facts = factsOf(trigger);
  const reads = (...groups: readonly string[]): boolean =>
    facts.some((fact) => groups.includes(fact.split('.')[0] ?? ''));
  return [
    reads('health') ? `/${models.health}` : '',
    reads('tier') ? `/${models.tier}` : '',
    reads('moment', 'moments', 'journey') ? `/${models.moments}` : '',
  ].join('');
}

function factsOf({ when, countdown, edge }: Playbook['trigger']): readonly string[] {
  return [...new Set([when, countdown?.of, edge].flatMap((expression) => expression?.facts ?? []))].sort();
}

/**
 * What a trigger reads and the mapping can’t tell. An attribute that is mapped later shows what
 * has held for long: that is no change of the customer, either.
 */
function unreadable({ trigger }: Playbook, { derivable }: FactBasis): readonly string[] {
  return factsOf(trigger).filter((fact) => fact in FACTS && !derivable.has(fact));
}

/** Versions kept, the latest ones: more than any installation edits while an episode runs. */
const MOST_VERSIONS = 400;

async function keepVersions({ state, settings }: Run): Promise<Versions> {
  const kept = ((await state.notes.get(VERSIONS)) ?? {}) as Versions;
  const now = settings.playbooks.map(({ id, version, source }) => [`${id}@${version}`, source] as const);
  if (now.every(([name]) => name in kept)) return kept;
  const all = Object.entries({ ...kept, ...Object.fromEntries(now) }).slice(-MOST_VERSIONS);
  const versions = Object.fromEntries(all);
  await state.notes.set(VERSIONS, versions);
  return versions;
}

const SEEN = 'playbooks-seen';

/** Playbooks read on an earlier day with all that they can read now; notes those that are new so. */
async function knownPlaybooks(
  { state, settings, today }: Run,
  unread: (playbook: Playbook) => string,
): Promise<ReadonlySet<string>> {
  const kept = ((await state.notes.get(SEEN)) ?? {}) as Readonly<Record<string, number>>;
  const names = new Map(
    settings.playbooks.map((playbook) => [playbook.id, `${playbook.id}${unread(playbook)}`]),
  );
  const fresh = [...names.values()].filter((name) => kept[name] === undefined);
  if (fresh.length > 0) {
    const first = fresh.map((name) => [name, today] as const);
    await state.notes.set(SEEN, { ...kept, ...Object.fromEntries(first) });
  }
  return new Set([...names].flatMap(([id, name]) => ((kept[name] ?? today) < today ? [id] : [])));
}

const SALT = 'holdout-salt';

/** Hold-outs must not change when the state moves to another machine: the org itself is the salt. */
async function holdoutSalt(run: Run): Promise<string> {
  const kept = await run.state.notes.get(SALT);
  if (typeof kept === 'string') return kept;
  await run.state.notes.set(SALT, run.org.id);
  return run.org.id;
}
