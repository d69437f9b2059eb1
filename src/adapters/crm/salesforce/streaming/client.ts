import type { Token } from '../auth.js';
import { parseAnswer } from '../parse.js';
import { answerError } from '../responses.js';
import { exchangeText } from '../transport.js';
import { type Message, messages } from './schema.js';

export interface Wire {
  readonly token: Token;
  readonly apiVersion: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A CometD client as far as change events need it: one message a request, one request at a time. */
export interface StreamClient {
  readonly handshake: () => Promise<Message>;
  /** Retained events after `replayId` come, too; -1 = only new ones. */
  readonly subscribe: (channel: string, replayId: number) => Promise<Message>;
  /** Held by the server until there is something to tell; events come before the answer to the connect itself. */
  readonly connect: (patienceMs: number) => Promise<readonly Message[]>;
  readonly disconnect: () => Promise<void>;
}

const FAREWELL_MS = 2_000;

export function createStreamClient(wire: Wire): StreamClient {
  const cookies = new Map<string, string>();
  let clientId = '';
  const send = async (message: object, also: Partial<Pick<Wire, 'timeoutMs' | 'signal'>> = {}) =>
    exchange({ ...wire, ...also }, cookies, message);
  return {
    handshake: async () => {
      const answer = metaOf(
        await send({
          channel: '/meta/handshake',
          version: '1.0',
          minimumVersion: '1.0',
          supportedConnectionTypes: ['long-polling'],
        }),
        '/meta/handshake',
      );
      clientId = answer.clientId ?? '';
      return answer;
    },
    subscribe: async (subscription, replayId) => {
      const ext = { replay: { [subscription]: replayId } };
      return metaOf(
        await send({ channel: '/meta/subscribe', clientId, subscription, ext }),
        '/meta/subscribe',
      );
    },
    connect: (timeoutMs) =>
      send({ channel: '/meta/connect', clientId, connectionType: 'long-polling' }, { timeoutMs }),
    disconnect: async () => {
      const signal = AbortSignal.timeout(FAREWELL_MS);
      await send({ channel: '/meta/disconnect', clientId }, { timeoutMs: FAREWELL_MS, signal });
    },
  };
}

const OPERATION = 'follow changes';

/** Change events have an allocation of their own: these requests are not counted among the day's API requests. */
async function exchange(
  { token, apiVersion, timeoutMs, signal }: Wire,
  cookies: Map<string, string>,
  message: object,
): Promise<readonly Message[]> {
  const sending = { operation: OPERATION, repeatable: true };
  const answer = await exchangeText(
    {
      url: `${token.instanceUrl}/cometd/${apiVersion}`,
      method: 'POST',
      headers: {
        authorization: `OAuth ${token.accessToken}`,
        'content-type': 'application/json',
        ...cookieHeader(cookies),
      },
      body: JSON.stringify([message]),
    },
    {
      ...sending,
      timeoutMs,
      signal,
      onSend: () => undefined,
      onAnswer: (headers) => keepCookies(cookies, headers),
      toError: (failed) => answerError(failed, sending),
    },
  );
  return parseAnswer(messages, jsonOf(answer.text), OPERATION);
}

/** The server that keeps the subscription is found by its cookies (seen 2026-11). */
function cookieHeader(cookies: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  if (cookies.size === 0) return {};
  return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}

function keepCookies(cookies: Map<string, string>, headers: Headers): void {
  for (const line of headers.getSetCookie()) {
    const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined) cookies.set(name, value ?? '');
  }
}

function metaOf(answers: readonly Message[], channel: string): Message {
  return answers.find((one) => one.channel === channel) ?? { channel, error: 'no answer' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
