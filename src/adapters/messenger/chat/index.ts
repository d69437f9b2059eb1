import type { Messenger, OutgoingMessage } from '../../../ports/messenger.js';
import { asChatText } from './convert.js';
import { chatUrl, noAnswer, refused } from './errors.js';

export interface ChatOptions {
  /** Incoming webhook: https, or http on this machine. It is the secret; never logged. */
  readonly url: string;
  /** Longest wait for an answer. */
  readonly timeoutMs: number;
}

/** Posts to an incoming webhook as Slack, Teams and Mattermost take it. Throws a Config error where the URL is unfit. */
export function chatMessenger({ url, timeoutMs }: ChatOptions): Messenger {
  const address = chatUrl(url);
  const send = async (message: OutgoingMessage): Promise<void> => {
    const body = JSON.stringify({ text: asChatText(message) });
    const answer = await post(address, body, timeoutMs);
    await answer.body?.cancel();
    if (!answer.ok) throw refused(answer.status);
  };
  return { id: 'chat', send, close: () => undefined };
}

/** A redirect could lead anywhere: none is followed. */
async function post(url: string, body: string, timeoutMs: number): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    // The cause may quote the address, which is the secret.
    throw noAnswer();
  }
}
