import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import type { MarketingTool, PersonToUpsert, UpsertOutcome } from '../ports/marketing.js';
import type { PlanItem } from '../ports/state-store.js';
import { carriedProperties } from './carried.js';
import type { Run } from './context.js';
import { stepOf } from './engagement-item.js';
import { decideAgain, reasonOf, refuseLate } from './engagement-outcomes.js';
import type { Allowed } from './still-allowed.js';

/** A step with the tool's own id of its person. */
export interface Known {
  readonly item: PlanItem;
  readonly recordId: string;
}

/** Contacts whom the channel's tool did not know are created now, and only now; the stamp ties them to Salesforce. */
export async function makeKnown(
  run: Run,
  channel: ChannelId,
  allowed: readonly Allowed[],
): Promise<readonly Known[]> {
  const tool = run.marketing.find(({ id }) => id === CHANNELS[channel].tool);
  if (tool === undefined)
    return allowed.map(({ item }) => ({ item, recordId: stepOf(item).wish.person?.contactId ?? '' }));
  const outcomes = await upsertAll(run, tool, allowed);
  const known: Known[] = [];
  for (const { item } of allowed) {
    const outcome = outcomes.get(stepOf(item).wish.person?.key ?? '');
    if (outcome?.ok) known.push({ item, recordId: outcome.recordId });
    else await notKnown(run, item, outcome);
  }
  return known;
}

async function upsertAll(
  run: Run,
  tool: MarketingTool,
  allowed: readonly Allowed[],
): Promise<ReadonlyMap<string, UpsertOutcome>> {
  const carried = await carriedProperties(
    run,
    tool.id,
    allowed.map(({ item }) => stepOf(item).wish),
  );
  const persons = allowed.flatMap(({ item, email, recordIds }): readonly PersonToUpsert[] => {
    const { person } = stepOf(item).wish;
    if (person === null) return [];
    const { key, contactId } = person;
    const properties = carried.get(contactId) ?? {};
    return [{ person: key, contactId, email, recordId: recordIds[tool.id] ?? null, properties }];
  });
  // Each person once, whatever number of steps they are asked for.
  const each = [...new Map(persons.map((one) => [one.person, one])).values()];
  return new Map((await tool.upsert(each)).map((outcome) => [outcome.person, outcome]));
}

async function notKnown(run: Run, item: PlanItem, outcome: UpsertOutcome | undefined): Promise<void> {
  if (outcome !== undefined && !outcome.ok && !outcome.refusal.retryable) {
    await refuseLate(run, [{ item, refused: reasonOf(outcome.refusal), tryOn: null }]);
    return;
  }
  // Nothing was sent: the key stays open and the next run reads it back and tries again.
  await run.state.plan.setStatus(run.id, [{ seq: item.seq, status: 'unclear' }]);
  await decideAgain(run, [item]);
}
