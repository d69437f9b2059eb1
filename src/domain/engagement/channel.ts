/** Every way in which a step can act. The adapter of each is picked in compose.ts. */
export const CHANNEL_IDS = [
  'hubspot-list',
  'hubspot-sequence',
  'outreach-sequence',
  'salesforce-campaign',
  'salesforce-task',
  'webhook',
] as const;
export type ChannelId = (typeof CHANNEL_IDS)[number];

/** What must be known of a channel to decide who may go through it. */
export interface ChannelNature {
  /** `person`: an automated message to somebody. `owner`: work for one of us, which no consent or cap of the customer's stops. */
  readonly reaches: 'person' | 'owner';
  /** True when it holds a person alone: two steps through it must not overlap. */
  readonly exclusive: boolean;
  /** False when nobody can be taken out again by API: an exit opens a task instead. */
  readonly leavable: boolean;
  /** True when having been in it is worth keeping: nobody is taken out because an episode simply ended well. */
  readonly record: boolean;
  /** The tool whose people it works with; null where the CRM's own contacts serve. */
  readonly tool: ToolId | null;
  /** What `target` names. */
  readonly target: string;
}

/** Marketing tools that have people of their own. */
export const TOOL_IDS = ['hubspot', 'outreach'] as const;
export type ToolId = (typeof TOOL_IDS)[number];

export const CHANNELS: Readonly<Record<ChannelId, ChannelNature>> = {
  'hubspot-list': {
    reaches: 'person',
    exclusive: false,
    leavable: true,
    record: false,
    tool: 'hubspot',
    target: 'the static list whose joining starts a workflow',
  },
  'hubspot-sequence': {
    reaches: 'person',
    exclusive: true,
    leavable: false,
    record: false,
    tool: 'hubspot',
    target: 'the sequence',
  },
  'outreach-sequence': {
    reaches: 'person',
    exclusive: true,
    leavable: true,
    record: false,
    tool: 'outreach',
    target: 'the sequence',
  },
  'salesforce-campaign': {
    reaches: 'person',
    exclusive: false,
    leavable: true,
    record: true,
    tool: null,
    target: 'the campaign',
  },
  'salesforce-task': {
    reaches: 'owner',
    exclusive: false,
    leavable: false,
    record: false,
    tool: null,
    target: 'the subject of the task',
  },
  webhook: {
    reaches: 'person',
    exclusive: false,
    leavable: false,
    record: false,
    tool: null,
    target: 'the event that the receiver gets',
  },
};

/** Automated touches that joining means, spread evenly: `count` of them, the first today, the last `days - 1` days on. */
export interface Touches {
  readonly count: number;
  readonly days: number;
}

/** Where neither the step nor the tool says more. */
export const ONE_TOUCH: Touches = { count: 1, days: 1 };
