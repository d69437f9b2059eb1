import { PassThrough } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { Connection } from 'jsforce';
import { IntegrationError } from '../../../ports/errors.js';
import { connectionError, type FailedAnswer, type Sending } from './responses.js';

/**
 * The wire under jsforce and under our own transfers. jsforce's own transport never settles when a
 * connection drops inside a body, cannot be timed out per call and resends consumed bodies
 * (measured on 3.10.26, 2026-11); here every sending ends, in an answer or in an error.
 */
export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Bytes | null;
}

/** Bytes in memory, or made anew for each sending: a body that was consumed is never sent again. */
export type Bytes = Uint8Array<ArrayBuffer> | (() => Iterable<Uint8Array>);

export interface Waiting extends Sending {
  readonly timeoutMs: number;
  /** Ends the wait, and the request with it. */
  readonly signal?: AbortSignal;
}

export interface Exchange extends Waiting {
  readonly onSend: () => void;
  readonly onAnswer: (headers: Headers) => void;
  readonly toError: (answer: FailedAnswer) => IntegrationError;
}

/** Sends once. The answer's body is still to be read, except that of a failure. */
export async function open(outgoing: Outgoing, exchange: Exchange): Promise<Response> {
  return withDeadline(exchange, async (signal) => {
    exchange.onSend();
    const response = await fetch(outgoing.url, {
      method: outgoing.method,
      headers: { ...outgoing.headers },
      ...bodyOf(outgoing.body),
      signal,
    });
    exchange.onAnswer(response.headers);
    if (response.status < 400) return response;
    const body = await response.text();
    throw exchange.toError({ status: response.status, headers: response.headers, body });
  });
}

/** `duplex` is asked for by fetch where a body is streamed; the types of browsers do not know it. */
function bodyOf(body: Outgoing['body']): Pick<RequestInit, 'body'> & { readonly duplex?: 'half' } {
  if (typeof body !== 'function') return { body };
  return { body: ReadableStream.from(body()) as unknown as BodyInit, duplex: 'half' };
}

export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends once and reads the whole answer. */
export async function exchangeText(outgoing: Outgoing, exchange: Exchange): Promise<WholeAnswer> {
  const response = await open(outgoing, exchange);
  const text = await withDeadline(exchange, async (signal) => {
    signal.addEventListener('abort', () => void response.body?.cancel().catch(() => undefined));
    return response.text();
  });
  return { status: response.status, headers: response.headers, text };
}

async function withDeadline<T>(exchange: Waiting, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const reason = new DOMException('No answer in time.', 'TimeoutError');
    controller.abort(reason);
    expired.reject(reason);
  }, exchange.timeoutMs);
  const stop = (): void => {
    controller.abort(exchange.signal?.reason);
    expired.reject(exchange.signal?.reason);
  };
  exchange.signal?.addEventListener('abort', stop, { once: true });
  try {
    exchange.signal?.throwIfAborted();
    return await Promise.race([task(controller.signal), expired.promise]);
  } catch (error) {
    throw error instanceof IntegrationError ? error : connectionError(error, exchange);
  } finally {
    clearTimeout(timer);
    exchange.signal?.removeEventListener('abort', stop);
  }
}

/**
 * The text of an answer as it arrives. Waits at most `timeoutMs` for each piece, however long the
 * reader takes with what it has; a cut connection is an error, never a short text.
 */
export async function* readText(response: Response, exchange: Waiting): AsyncIterable<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const piece = await withDeadline(exchange, () => reader.read());
      if (piece.done) break;
      yield decoder.decode(piece.value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

type JsforceTransport = Connection['_transport'];

/** The same wire in the form that a jsforce `Connection` or `OAuth2` holds. */
export function jsforceTransport(exchange: Exchange): JsforceTransport {
  return {
    httpRequest(request) {
      const outgoing = {
        url: request.url,
        method: request.method,
        headers: withoutLength(request.headers ?? {}),
        body: textOf(request.body),
      };
      const answered = exchangeText(outgoing, exchange).then((answer) => ({
        statusCode: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: answer.text,
      }));
      return Object.assign(answered, { stream: () => new PassThrough() });
    },
    getRequestStreamCreator() {
      throw new TypeError('Streams do not go through jsforce here.');
    },
  };
}

function textOf(body: unknown): string | null {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string') return body;
  throw new TypeError('Only texts go through jsforce here.');
}

/** fetch sets the length itself. */
function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([header]) => header.toLowerCase() !== 'content-length'),
  );
}
