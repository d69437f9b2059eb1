import { isObject } from '../rest/body.js';
import { connected, type Message, NO_RECONNECT, refused } from './bayeux.js';
import type { StreamClient } from './clients.js';
import { undelivered } from './deliver.js';
import type { Streaming } from './streaming.js';

/** Answers once there is something to tell, or after the longest wait; at once where the client asks so. Null = the client went away. */
export async function connect(
  streaming: Streaming,
  client: StreamClient,
  { message, gone }: { readonly message: Message; readonly gone: AbortSignal },
): Promise<readonly Message[] | null> {
  const { clients } = streaming;
  const patience = isObject(message.advice) && message.advice.timeout === 0 ? 0 : clients.settings.holdMs;
  try {
    const told = await something(streaming, client, { patience, gone });
    if (told === null) return null;
    if (told === 'limit')
      return [refused(message, '403::Organization total events daily limit exceeded', NO_RECONNECT)];
    return [...told, connected(message, clients.settings.holdMs)];
  } finally {
    client.release = null;
    client.heardAt = streaming.org.clock.now();
  }
}

interface Waiting {
  readonly patience: number;
  readonly gone: AbortSignal;
}

function something(
  { org, bus, clients }: Streaming,
  client: StreamClient,
  { patience, gone }: Waiting,
): Promise<readonly Message[] | 'limit' | null> {
  return new Promise((resolve) => {
    const end = (told: readonly Message[] | 'limit' | null): void => {
      clearTimeout(timer);
      unwatch();
      gone.removeEventListener('abort', leave);
      resolve(told);
    };
    const leave = (): void => end(null);
    const look = (): void => {
      const told = clients.settings.mute ? [] : undelivered(org, bus, { client, clients });
      if (told === 'limit' || told.length > 0) end(told);
    };
    client.release = () => end([]);
    const unwatch = bus.watch(look);
    const timer = setTimeout(() => (clients.settings.mute ? undefined : end([])), patience);
    gone.addEventListener('abort', leave);
    look();
  });
}
