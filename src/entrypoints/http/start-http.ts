import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { IntegrationError } from '../../ports/errors.js';
import { newTrace } from '../../service/trace.js';
import { detailsOf, Problem, type ProblemFields } from './problem.js';

export interface HttpOptions {
  readonly host: string;
  /** 0 = one that is free. */
  readonly port: number;
  /** How long a request may take to arrive whole, its headers alone a third of it; 30 s unless told. */
  readonly patienceMs?: number;
}

export interface RunningHttp {
  readonly port: number;
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Takes nothing new, lets what is under way end, and cuts it off after `graceMs`. */
  readonly close: (graceMs: number) => Promise<void>;
}

const PATIENCE_MS = 30_000;
const KEEP_ALIVE_MS = 5_000;
const MOST_HEADER_BYTES = 16_384;

/** Listens. Throws where the address can't be used. */
export async function startHttp(app: RequestListener, options: HttpOptions): Promise<RunningHttp> {
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const server = createServer(
    {
      requestTimeout: patienceMs,
      headersTimeout: Math.ceil(patienceMs / 3),
      connectionsCheckingInterval: Math.ceil(patienceMs / 6),
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MOST_HEADER_BYTES,
    },
    app,
  );
  server.on('clientError', answerBadClient);
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { port, url: `http://${host}:${port}`, close: (graceMs) => close(server, graceMs) };
}

function listen(server: Server, { host, port }: HttpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, `${host}:${port}`)));
    server.listen(port, host, resolve);
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

type Told = Omit<ProblemFields, 'code' | 'actions'> & { readonly code: string; readonly action: string };

const CLIENT_FAULTS: Readonly<Record<string, Told>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'TOO_SLOW',
    detail: 'The request did not arrive in time.',
    action: 'Send it again, all at once.',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'HEADERS_TOO_LARGE',
    detail: 'The headers are larger than is taken here.',
    action: 'Send fewer or shorter headers and cookies.',
  },
};

const MALFORMED: Told = {
  status: 400,
  code: 'NOT_HTTP',
  detail: 'That is no valid HTTP request.',
  action: 'Send HTTP/1.1, as any HTTP client does.',
};

/** Node answers what never became a request with an empty body; everybody else here is told what is wrong. */
function answerBadClient(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { action, ...told } = CLIENT_FAULTS[error.code ?? ''] ?? MALFORMED;
  const details = detailsOf(new Problem({ ...told, actions: [action] }), newTrace());
  const body = JSON.stringify(details);
  socket.end(
    [
      `HTTP/1.1 ${details.status} ${details.title}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function cannotListen(cause: NodeJS.ErrnoException, where: string): IntegrationError {
  const taken = cause.code === 'EADDRINUSE';
  return new IntegrationError({
    kind: 'Config',
    code: 'CANNOT_LISTEN',
    message: taken
      ? `Another program listens on ${where} already.`
      : `It is not possible to listen on ${where}.`,
    actions: [taken ? 'End that program, or choose another port.' : 'Choose another host or port.'],
    retryable: false,
    provider: 'http',
    operation: 'listen',
    cause,
  });
}
