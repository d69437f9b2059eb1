import type { ToolId } from '../../domain/engagement/channel.js';
import type { JobToDo } from '../../ports/job-queue.js';
import type { Asker, Desk } from '../desk.js';

/** Payload of a `read-back` job: whose doings are read, in which tool. */
export interface ReadBackOrder {
  readonly tool: ToolId;
  /** The tool's own ids; empty = of everybody whom we follow. */
  readonly records: readonly string[];
}

/** What one person does in a moment, and what a tool tells of it in several deliveries, is read once. */
const GATHER_MS = 1_500;
/** More than that is no news of somebody any more: everybody is read. */
const MOST_RECORDS = 500;

/** Gathers whom webhooks told of, and asks for them to be read. */
export type PeopleHints = (tool: ToolId, records: readonly string[], asker: Asker) => Promise<void>;

/**
 * Hints live in this process until their job is asked for, a moment later: what is lost with it is found by the next
 * regular reading.
 */
export function peopleHints({ queue, clock, log }: Pick<Desk, 'queue' | 'clock' | 'log'>): PeopleHints {
  const gathered = new Map<ToolId, Set<string>>();
  let turn = 0;
  const handOver = async (tool: ToolId, trace: string): Promise<void> => {
    await clock.sleep(GATHER_MS);
    const records = [...(gathered.get(tool) ?? [])];
    gathered.delete(tool);
    turn += 1;
    await queue.add(
      readBackJob({ tool, records: records.length > MOST_RECORDS ? [] : records }, trace, turn),
    );
  };
  return async (tool, records, { trace }) => {
    const known = gathered.get(tool);
    if (known !== undefined) {
      for (const record of records) known.add(record);
      return;
    }
    gathered.set(tool, new Set(records));
    void handOver(tool, trace).catch((error: unknown) =>
      log.warn('What a webhook told of could not be handed on', { tool, trace, error: String(error) }),
    );
  };
}

function readBackJob(order: ReadBackOrder, trace: string, turn: number): JobToDo {
  return {
    name: 'read-back',
    id: `read-back:${order.tool}:${trace}:${turn}`,
    payload: order,
    delayMs: 0,
    priority: 2,
    trace,
  };
}
