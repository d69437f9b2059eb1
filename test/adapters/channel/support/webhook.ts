import { type WebhookOptions, webhookChannel } from '../../../../src/adapters/channel/webhook/index.js';
import type { Channel } from '../../../../src/ports/marketing.js';
import { type SandboxClock, startClock } from '../../../../src/sandbox/clock.js';
import { startWebhook, type WebhookReceiver } from '../../../../src/sandbox/webhook/start.js';

export const START = Date.UTC(2026, 2, 10, 12);
export const SECRET = 'worthless outside of this test';

export interface WebhookBench {
  readonly channel: Channel;
  readonly receiver: WebhookReceiver;
  readonly clock: SandboxClock;
  /** What was logged, as text. */
  readonly logged: () => string;
}

export async function aWebhookBench(given: Partial<WebhookOptions> = {}): Promise<WebhookBench> {
  const clock = startClock(START, () => 0);
  const receiver = await startWebhook({ seed: 5, clock, secret: SECRET });
  const lines: string[] = [];
  const note = (message: string, particulars?: unknown): void => {
    lines.push(`${message} ${JSON.stringify(particulars)}`);
  };
  const channel = webhookChannel({
    url: `${receiver.url()}/events`,
    secret: SECRET,
    clock: { now: clock.now, sleep: async () => undefined },
    log: { debug: note, info: note, warn: note, error: note },
    timeoutMs: 5000,
    ...given,
  });
  return { channel, receiver, clock, logged: () => lines.join('\n') };
}
