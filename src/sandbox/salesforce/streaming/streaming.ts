import type { Org } from '../store/org.js';
import { type DeliveryLimit, type StreamClients, startClients } from './clients.js';
import { type EventBus, startEventBus } from './event-bus.js';
import { type Selection, startSelection } from './selection.js';

/** Change Data Capture of the embedded org. */
export interface Streaming {
  readonly org: Org;
  readonly selection: Selection;
  readonly bus: EventBus;
  readonly clients: StreamClients & DeliveryLimit;
}

export function startStreaming(org: Org): Streaming {
  const selection = startSelection(org);
  return { org, selection, bus: startEventBus(org, selection), clients: startClients(org) };
}
